"""How assessments become facts of reminders: those that wait for the client's own answers.

Of raters there are none: whether one was reminded would say when they answered (`workers/assessment/tending.py`).
"""

from __future__ import annotations

from msgspec import structs

from domain.assessment import events as assessment
from domain.event import Recorded
from infra.eventstore.feed import Fed
from projections.reminder.facts import Facts, SelfAssessment
from projections.reminder.follow.table import follow, since, without


@follow.on(assessment.NeedsAssessmentLaunched)
def launched(facts: Facts, recorded: Recorded[assessment.NeedsAssessmentLaunched]) -> Facts:
    event = recorded.event
    waits = SelfAssessment(event.opens_on, event.closes_on, since(recorded))
    return structs.replace(facts, self_assessments={**facts.self_assessments, event.assessment_id: waits})


@follow.on(assessment.SelfAssessmentSubmitted)
def submitted(facts: Facts, recorded: Recorded[assessment.SelfAssessmentSubmitted]) -> Facts:
    assert isinstance(recorded, Fed)
    return structs.replace(facts, self_assessments=without(facts.self_assessments, recorded.stream))


@follow.on(assessment.AssessmentClosed)
def closed(facts: Facts, recorded: Recorded[assessment.AssessmentClosed]) -> Facts:
    assert isinstance(recorded, Fed)
    return structs.replace(facts, self_assessments=without(facts.self_assessments, recorded.stream))
