"""How each event changes an evaluation."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from domain.decider import Evolve
from domain.evaluation.events import DueDateShifted, EvaluationRecorded, EvaluationScheduled
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
    return replace(state, judgements=(*state.judgements, recorded.event))


@evolve.on(DueDateShifted)
def shifted(state: EvaluationState, recorded: Recorded[DueDateShifted]) -> EvaluationState:
    return replace(state, due_on=recorded.event.due_on)
