"""How evaluations become facts of reminders."""

from __future__ import annotations

from msgspec import structs

from domain.evaluation import events as evaluation
from domain.event import Recorded
from infra.eventstore.feed import Fed
from projections.reminder.facts import Due, Evaluation, Facts
from projections.reminder.follow.table import follow, since


@follow.on(evaluation.DueDateShifted)
def evaluation_shifted(facts: Facts, recorded: Recorded[evaluation.DueDateShifted]) -> Facts:
    due_on = recorded.event.due_on
    assert isinstance(recorded, Fed)
    moved = structs.replace(facts.evaluations[recorded.stream], due=Due(due_on, since(recorded)))
    return structs.replace(facts, evaluations={**facts.evaluations, recorded.stream: moved})


@follow.on(evaluation.EvaluationScheduled)
def evaluation_scheduled(facts: Facts, recorded: Recorded[evaluation.EvaluationScheduled]) -> Facts:
    event = recorded.event
    scheduled = Evaluation(Due(event.due_on, since(recorded)), event.evaluators, event.kind == "follow_up")
    return structs.replace(facts, evaluations={**facts.evaluations, event.evaluation_id: scheduled})


@follow.on(evaluation.EvaluationRecorded)
def evaluation_recorded(facts: Facts, recorded: Recorded[evaluation.EvaluationRecorded]) -> Facts:
    """Which evaluation it was is said by its stream."""
    evaluator = recorded.event.evaluator
    assert isinstance(recorded, Fed)
    scheduled = facts.evaluations[recorded.stream]
    waiting = tuple(party for party in scheduled.waiting if party != evaluator)
    return structs.replace(facts, evaluations={**facts.evaluations, recorded.stream: structs.replace(scheduled, waiting=waiting)})
