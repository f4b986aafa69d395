"""An evaluation as the API shows it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from msgspec import UNSET, Struct, UnsetType

from domain.evaluation.judgement import Benefit, Judged, LevelRating
from domain.evaluation.state import EvaluationState
from domain.glossary import EvaluationKind, Party
from domain.values import Code
from projections.current import Current
from services.actor import Actor
from services.reading.view import INSIDE, WITHHELD, Hidden, Sight, Text


class RatingAnswer(Struct, frozen=True, kw_only=True):
    """How far an objective was furthered, 1 not at all to 5 fully."""

    objective_id: UUID
    rating: int
    comment: Text | None


class JudgementAnswer(Struct, frozen=True, kw_only=True):
    """One evaluator's judgement of one version of the plan, with its corrections in it; to a sponsor all but effectiveness and
    summary is left out of what others judged.

    `version` is what a correction names, `corrected` whether there was one; `touched` is the version that changed it last, which a
    correction of the summary names as `seen`.
    """

    version: int | UnsetType = UNSET
    evaluator: Party
    plan_version: int | UnsetType = UNSET
    effectiveness: int
    summary: Text | None
    ratings: tuple[RatingAnswer, ...] | UnsetType = UNSET
    levels: tuple[LevelRating, ...] | UnsetType = UNSET
    benefits: tuple[Benefit, ...] | UnsetType = UNSET
    corrected: bool | UnsetType = UNSET
    touched: int | UnsetType = UNSET


class EvaluationAnswer(Struct, frozen=True, kw_only=True):
    """A scheduled point with its judgements, which are withheld from a sponsor without consent, but for their own. An empty list: there is none.

    `acknowledged`: the client took note of all of them as they are now.
    """

    id: UUID
    version: int | UnsetType = UNSET
    engagement_id: UUID
    client_id: UUID
    kind: EvaluationKind
    point: Code
    due_on: date
    evaluators: tuple[Party, ...]
    recorded: tuple[Party, ...]
    judgements: tuple[JudgementAnswer, ...] | Hidden
    acknowledged: bool | UnsetType = UNSET


def evaluation_answer(current: Current[EvaluationState], seen: Sight, *, counts: bool, reader: Actor | None = None) -> EvaluationAnswer:
    """`counts`: the reader may know the stream's version. Of a `reader` their own judgement is shown whole, whatever others consent to."""
    state = current.state
    return EvaluationAnswer(
        id=state.id,
        version=current.version if counts else UNSET,
        engagement_id=state.engagement_id,
        client_id=state.client_id,
        kind=state.kind,
        point=state.point,
        due_on=state.due_on,
        evaluators=state.evaluators,
        recorded=state.recorded,
        judgements=judgements(state, seen, reader),
        acknowledged=state.is_acknowledged if seen.drafts else UNSET,
    )


def judgements(state: EvaluationState, seen: Sight, reader: Actor | None) -> tuple[JudgementAnswer, ...] | Hidden:
    """Those that consent discloses, and what the reader judged themselves."""
    disclosed = "evaluation_summary" in seen.classes
    shown = [one for one in state.judgements if disclosed or is_own(one, reader)]
    told = tuple(judgement_answer(one, INSIDE if is_own(one, reader) else seen) for one in shown)
    return told if told or disclosed else WITHHELD


def is_own(one: Judged, reader: Actor | None) -> bool:
    """A sponsor's words are theirs to read and correct: nobody but its evaluator ever touches a judgement."""
    return reader is not None and reader.role == one.evaluator == "sponsor" and one.touched_by == reader.person_id


def judgement_answer(one: Judged, seen: Sight) -> JudgementAnswer:
    summary = seen.text(one.summary, "evaluation_summary")
    if not seen.drafts:
        return JudgementAnswer(evaluator=one.evaluator, effectiveness=one.effectiveness, summary=summary)
    return JudgementAnswer(
        version=one.version,
        evaluator=one.evaluator,
        plan_version=one.plan_version,
        effectiveness=one.effectiveness,
        summary=summary,
        ratings=tuple(
            RatingAnswer(objective_id=rating.objective_id, rating=rating.rating, comment=seen.text(rating.comment))
            for rating in one.ratings
        ),
        levels=one.levels,
        benefits=one.benefits,
        corrected=one.is_corrected,
        touched=one.touched,
    )
