"""Putting right what one said: an evaluator, of their own judgement."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import asdict

from domain.errors import VersionConflict
from domain.errors.engagement import NotAParty
from domain.errors.plan import NotItsEntry
from domain.evaluation.commands import CorrectBenefit, CorrectEvaluation, CorrectionBody, CorrectPlanVersion, CorrectRating, CorrectSummary
from domain.evaluation.context import EvaluationContext
from domain.evaluation.correction import BenefitCorrected, Correction, SummaryCorrected, Worth, value_of
from domain.evaluation.decide.table import decide, require_estimates, require_objective, require_version
from domain.evaluation.events import EvaluationCorrected
from domain.evaluation.judgement import Judged
from domain.evaluation.state import EvaluationState
from domain.event import Event
from domain.rules import require_reason
from domain.values import OfClient, of_author


@decide.on(CorrectEvaluation)
def correct(state: EvaluationState, command: CorrectEvaluation, context: EvaluationContext) -> Sequence[Event]:
    """Also of one that was acknowledged: the client then has something new to take note of."""
    require_reason(command.reason_code, command.reason, context.policy)
    judged = next((one for one in state.judgements if one.version == command.corrects_version), None)
    if judged is None:
        raise NotItsEntry("No judgement of this evaluation stands at that version.", pointer="/corrects_version")
    if context.engagement.parties.get(context.actor) != judged.evaluator:
        raise NotAParty("A judgement is corrected by the one whose it is.")
    _require_known(command.correction, context)
    correction = _checked(judged, command.correction)
    if correction is None:
        return ()
    return (
        EvaluationCorrected(
            evaluator=judged.evaluator,
            corrects_version=judged.version,
            correction=correction,
            reason_code=command.reason_code,
            reason=of_author(command.reason),
        ),
    )


def _require_known(body: CorrectionBody, context: EvaluationContext) -> None:
    """What is named in place of what was said is there."""
    assert context.plan is not None  # nobody judges before there is one
    match body:
        case CorrectPlanVersion(to=version):
            require_version(version, context.plan, at="/correction/to")
        case CorrectRating(objective_id=objective) | CorrectBenefit(objective_id=objective):
            require_objective(objective, context.plan, at="/correction/objective_id")
    if isinstance(body, CorrectBenefit) and body.to is not None:
        require_estimates(body.to, at="/correction/to")


def _checked(judged: Judged, body: CorrectionBody) -> Correction | None:
    """The correction, if it replaces what its sender read; None where nothing would change by it. Raises `VersionConflict`."""
    if isinstance(body, CorrectSummary):
        if judged.summary_version > body.seen:
            raise _conflict(judged, None, "/correction/seen")
        return SummaryCorrected(to=None if body.to is None else OfClient(body.to), replaces=judged.summary_version)
    correction = _stored(body) if isinstance(body, CorrectBenefit) else body
    current = value_of(judged, correction)
    if current == correction.to:
        return None
    if current != correction.from_:
        raise _conflict(judged, current, "/correction/from")
    return correction


def _stored(body: CorrectBenefit) -> BenefitCorrected:
    """As it stands in the log: what is sent equals nothing that is stored, as it is of another type."""
    before, to = (None if one is None else Worth(**asdict(one)) for one in (body.from_, body.to))
    return BenefitCorrected(objective_id=body.objective_id, from_=before, to=to)


def _conflict(judged: Judged, current: object, pointer: str) -> VersionConflict:
    return VersionConflict(pointer=pointer, current=current, changed_by=judged.touched_by, changed_at=judged.touched)
