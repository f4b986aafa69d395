"""Judging the plan, and taking note of how it was judged."""

from __future__ import annotations

from collections.abc import Sequence

from domain.errors import NotPermitted, VersionConflict
from domain.errors.engagement import NotAParty
from domain.errors.evaluation import AlreadyRecorded, NothingRecorded, RatedTwice
from domain.evaluation.commands import AcknowledgeEvaluation, RecordEvaluation
from domain.evaluation.context import EvaluationContext, PlanFacts
from domain.evaluation.decide.table import decide, judged_plan, require_estimates, require_objective, require_version
from domain.evaluation.events import EvaluationAcknowledged, EvaluationRecorded
from domain.evaluation.judgement import ObjectiveRating
from domain.evaluation.state import EvaluationState
from domain.event import Event
from domain.rules import require_occurred_since
from domain.values import OfClient


@decide.on(RecordEvaluation)
def record(state: EvaluationState, command: RecordEvaluation, context: EvaluationContext) -> Sequence[Event]:
    evaluator = context.engagement.parties.get(context.actor)
    if evaluator is None or evaluator not in state.evaluators:
        raise NotAParty("Only those whom the evaluation names as evaluators can record it.")
    if evaluator in state.recorded:
        raise AlreadyRecorded
    plan = judged_plan(context)
    require_version(command.plan_version, plan, at="/plan_version")
    _require_objectives(command, plan)
    _require_rated_once(command)
    for number, benefit in enumerate(command.benefits):
        require_estimates(benefit, at=f"/benefits/{number}")
    assert state.scheduled_at is not None  # it was scheduled, or it would not exist
    require_occurred_since(state.scheduled_at, context)
    return (
        EvaluationRecorded(
            evaluator=evaluator,
            plan_id=plan.id,
            plan_version=command.plan_version,
            effectiveness=command.effectiveness,
            ratings=tuple(
                ObjectiveRating(objective_id=given.objective_id, rating=given.rating, comment=_about_client(given.comment))
                for given in command.ratings
            ),
            levels=command.levels,
            benefits=command.benefits,
            summary=_about_client(command.summary),
        ),
    )


@decide.on(AcknowledgeEvaluation)
def acknowledge(state: EvaluationState, command: AcknowledgeEvaluation, context: EvaluationContext) -> Sequence[Event]:
    """At any time, also after the coaching: what was judged since they read it, they have not taken note of."""
    if context.engagement.parties.get(context.actor) != "client":
        raise NotPermitted("An evaluation is acknowledged by the client, and by nobody else.")
    if not state.judgements:
        raise NothingRecorded
    last = max(state.judgements, key=lambda one: one.touched)
    if last.touched > command.seen:
        raise VersionConflict(pointer="/seen", current=last.touched, changed_by=last.touched_by, changed_at=last.touched)
    if state.is_acknowledged:
        return ()
    return (EvaluationAcknowledged(by="client", seen=last.touched),)


def _require_objectives(command: RecordEvaluation, plan: PlanFacts) -> None:
    named = {f"/ratings/{number}/objective_id": rating.objective_id for number, rating in enumerate(command.ratings)}
    named |= {f"/benefits/{number}/objective_id": benefit.objective_id for number, benefit in enumerate(command.benefits)}
    for pointer, objective_id in named.items():
        require_objective(objective_id, plan, at=pointer)


def _require_rated_once(command: RecordEvaluation) -> None:
    """An objective and a level have one rating each, or a correction would not say which it means."""
    for field, rated in (("ratings", [one.objective_id for one in command.ratings]), ("levels", [one.level for one in command.levels])):
        for number, one in enumerate(rated):
            if one in rated[:number]:
                raise RatedTwice(pointer=f"/{field}/{number}")


def _about_client(text: str | None) -> OfClient[str] | None:
    return None if text is None else OfClient(text)
