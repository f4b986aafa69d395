"""How each event changes an evaluation."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from domain.decider import Evolve
from domain.evaluation.correction import SummaryCorrected, corrected
from domain.evaluation.events import (
    DueDateShifted,
    EvaluationAcknowledged,
    EvaluationCorrected,
    EvaluationRecorded,
    EvaluationScheduled,
)
from domain.evaluation.judgement import Judged
from domain.evaluation.state import EvaluationState
from domain.event import Recorded

evolve: Final[Evolve[EvaluationState]] = Evolve()


@evolve.on(EvaluationScheduled)
def scheduled(state: EvaluationState, recorded: Recorded[EvaluationScheduled]) -> EvaluationState:
    event = recorded.event
    return replace(
        state,
        id=event.evaluation_id,
        engagement_id=event.engagement_id,
        client_id=event.client_id,
        kind=event.kind,
        point=event.point,
        due_on=event.due_on,
        evaluators=event.evaluators,
        scheduled_at=recorded.occurred_at,
    )


@evolve.on(EvaluationRecorded)
def judged(state: EvaluationState, recorded: Recorded[EvaluationRecorded]) -> EvaluationState:
    event, version = recorded.event, recorded.version
    judged = Judged(
        version=version,
        touched=version,
        touched_by=recorded.meta.actor,
        evaluator=event.evaluator,
        plan_version=event.plan_version,
        effectiveness=event.effectiveness,
        ratings=event.ratings,
        levels=event.levels,
        benefits=event.benefits,
        summary=event.summary,
        summary_version=version,
    )
    return replace(state, judgements=(*state.judgements, judged))


@evolve.on(EvaluationCorrected)
def put_right(state: EvaluationState, recorded: Recorded[EvaluationCorrected]) -> EvaluationState:
    event, version = recorded.event, recorded.version

    def after(one: Judged) -> Judged:
        is_summary = isinstance(event.correction, SummaryCorrected)
        since = version if is_summary else one.summary_version
        return replace(corrected(one, event.correction), touched=version, touched_by=recorded.meta.actor, summary_version=since)

    return replace(state, judgements=tuple(after(one) if one.version == event.corrects_version else one for one in state.judgements))


@evolve.on(EvaluationAcknowledged)
def acknowledged(state: EvaluationState, recorded: Recorded[EvaluationAcknowledged]) -> EvaluationState:
    return replace(state, acknowledged=recorded.event.seen)


@evolve.on(DueDateShifted)
def shifted(state: EvaluationState, recorded: Recorded[DueDateShifted]) -> EvaluationState:
    return replace(state, due_on=recorded.event.due_on)
