"""Engagements and their evaluations."""

from __future__ import annotations

from msgspec import structs

from domain.engagement import events as engagement
from domain.evaluation import events as evaluation
from domain.event import Recorded
from infra.eventstore.feed import Fed
from projections.kpi.facts import Evaluation, Facts, Judgement
from projections.kpi.follow.table import follow


@follow.on(engagement.EngagementProposed)
def engagement_proposed(facts: Facts, recorded: Recorded[engagement.EngagementProposed]) -> Facts:
    event = recorded.event
    return structs.replace(facts, client_id=event.client_id, sponsor_id=event.sponsor_id, program_id=event.program_id)


@follow.on(engagement.CoachAssigned)
def coach_assigned(facts: Facts, recorded: Recorded[engagement.CoachAssigned]) -> Facts:
    return structs.replace(facts, coach_id=recorded.event.coach_id)


@follow.on(evaluation.EvaluationScheduled)
def evaluation_scheduled(facts: Facts, recorded: Recorded[evaluation.EvaluationScheduled]) -> Facts:
    event = recorded.event
    scheduled = Evaluation(event.due_on, event.evaluators)
    return structs.replace(facts, evaluations={**facts.evaluations, event.evaluation_id: scheduled})


@follow.on(evaluation.EvaluationRecorded)
def evaluation_recorded(facts: Facts, recorded: Recorded[evaluation.EvaluationRecorded]) -> Facts:
    """Which evaluation it was is said by its stream."""
    evaluator, at = recorded.event.evaluator, recorded.occurred_at
    assert isinstance(recorded, Fed)
    judgement = Judgement(evaluator, at, None if recorded.meta.channel == "import" else recorded.recorded_at)
    scheduled = facts.evaluations[recorded.stream]
    done = structs.replace(scheduled, judgements=(*scheduled.judgements, judgement))
    return structs.replace(facts, evaluations={**facts.evaluations, recorded.stream: done})
