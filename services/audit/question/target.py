"""Question 4: was a target lowered after results came in?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from uuid import UUID

from msgspec import Struct

from domain.plan.events import (
    BaselineRecorded,
    DueRefined,
    MeasureReplaced,
    ObjectiveDefined,
    ObjectiveRefined,
    ProgressMeasured,
    TargetRefined,
)
from infra.eventstore.feed import Fed
from services.audit.question.case import Case
from services.audit.question.finding import Finding, Given, finding


class Course(Struct):
    """An objective on its way: where it began, where it is to arrive, and what was measured last, by which event."""

    direction: str | None
    baseline: Decimal | None
    target: Decimal | None
    due_on: date | None
    since: date
    value: Decimal | None = None
    measured: Fed | None = None

    @property
    def results(self) -> tuple[Fed, ...]:
        return () if self.measured is None else (self.measured,)

    def lowered(self, to: Decimal | None) -> bool:
        """Whether the new target is easier: nearer in the direction of the measure, or none any more."""
        if self.target is None:
            return False
        if to is None:
            return True
        return to > self.target if self.direction == "decrease" else to < self.target

    def pace(self, today: date) -> Decimal | None:
        """Progress by the share of the time that is over: 1 is on course. None where either cannot be told."""
        if self.baseline is None or self.target is None or self.value is None or self.due_on is None or self.baseline == self.target:
            return None
        progress = (self.value - self.baseline) / (self.target - self.baseline)
        elapsed, whole = (today - self.since).days, (self.due_on - self.since).days
        return None if elapsed <= 0 or whole <= 0 else round(progress / (Decimal(min(elapsed, whole)) / whole), 2)


def lowered_targets(case: Case) -> Iterator[Finding]:
    courses: dict[UUID, Course] = {}
    for fed in case.events:
        match fed.event:
            case ObjectiveDefined() as event:
                courses[event.objective_id] = begun(event, case.day(fed.occurred_at))
            case BaselineRecorded() as event:
                courses[event.objective_id].baseline = event.baseline.value
            case ProgressMeasured() as event:
                courses[event.objective_id].value, courses[event.objective_id].measured = event.value, fed
            case ObjectiveRefined() as event:
                yield from refined(case, fed, event, courses[event.objective_id])


def begun(event: ObjectiveDefined, on: date) -> Course:
    terms = event.terms
    return Course(
        direction=terms.measure.direction if terms.measure else None,
        baseline=terms.baseline.value if terms.baseline else None,
        target=terms.target,
        due_on=terms.due_on,
        since=on,
    )


def refined(case: Case, fed: Fed, event: ObjectiveRefined, course: Course) -> Iterator[Finding]:
    about: dict[str, Given] = {
        **{"objective": event.objective_id, "value": course.value, "pace": course.pace(case.day(fed.occurred_at))},
        **{"refined_by": event.refined_by, "actor": fed.meta.actor, "reason_code": event.reason_code, "change": event.change_id},
    }
    late = course.measured is not None
    match event.refinement:
        case TargetRefined() as change:
            lowered = late and course.lowered(change.to)
            kind = "target_lowered_after_results" if lowered else "target_changed"
            yield finding(kind, *course.results, fed, stands_out=lowered, from_=change.from_, to=change.to, about=about)
            course.target = change.to
        case MeasureReplaced() as change:
            kind = "measure_replaced_after_results" if late else "measure_replaced"
            yield finding(kind, *course.results, fed, stands_out=late, from_=course.target, to=change.target, about=about)
            course.direction, course.target = change.to.direction, change.target
            course.baseline = change.baseline.value if change.baseline else None
            course.value, course.measured = None, None
        case DueRefined() as change:
            course.due_on = change.to
