"""Assessments: whom they asked, how many answered, and what was released of the answers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from msgspec import structs

from domain.assessment import events as assessment
from domain.event import Recorded
from infra.eventstore.feed import Fed
from projections.kpi.coaching import Assessment
from projections.kpi.facts import Facts
from projections.kpi.follow.table import Applied, follow


def stream_of(recorded: Applied) -> UUID:
    """Which assessment it was is said by its stream."""
    assert isinstance(recorded, Fed)
    return recorded.stream


def with_assessment(facts: Facts, id: UUID, **fields: Any) -> Facts:
    return structs.replace(facts, assessments={**facts.assessments, id: structs.replace(facts.assessments[id], **fields)})


@follow.on(assessment.NeedsAssessmentLaunched)
def launched(facts: Facts, recorded: Recorded[assessment.NeedsAssessmentLaunched]) -> Facts:
    event = recorded.event
    asked = Assessment(instrument=event.instrument, scale_version=event.scale_version)
    return structs.replace(facts, assessments={**facts.assessments, event.assessment_id: asked})


@follow.on(assessment.AssessmentClosed)
def closed(facts: Facts, recorded: Recorded[assessment.AssessmentClosed]) -> Facts:
    event = recorded.event
    asked = sum(group.asked for group in event.groups)
    return with_assessment(facts, stream_of(recorded), closed_at=recorded.occurred_at, asked=asked, answered=event.answered)


@follow.on(assessment.AssessmentResultsReleased)
def released(facts: Facts, recorded: Recorded[assessment.AssessmentResultsReleased]) -> Facts:
    return with_assessment(facts, stream_of(recorded), released_at=recorded.occurred_at, results=recorded.event.results)
