"""Question 17: which objectives stood still, and nobody did anything about it?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final
from uuid import UUID

from domain.plan.events import ActionCommitted, MilestoneSet, ObjectiveConcluded, ObjectiveDefined, PlanActivated, PlanReviewed
from domain.reminder.events import ReminderSent
from infra.eventstore.feed import Fed
from services.audit.question.case import Case
from services.audit.question.finding import Finding, finding
from services.audit.question.reminder import is_about

STILL: Final = timedelta(days=30)
"""An objective about which nothing happens for longer than this stands still."""


def stalled_objectives(case: Case) -> Iterator[Finding]:
    """From when the plan is in force, until an objective is concluded or the question is asked."""
    start = next((fed for fed, _ in case.of(PlanActivated)), None)
    if start is None:
        return
    for defined, event in case.of(ObjectiveDefined):
        objective = event.objective_id
        touched = touches(case, objective)
        end = next((fed for fed in touched if isinstance(fed.event, ObjectiveConcluded)), None)
        begin = max(start, defined, key=lambda fed: fed.occurred_at)
        stops = [
            begin,
            *(fed for fed in touched if fed.occurred_at > begin.occurred_at and (end is None or fed.occurred_at <= end.occurred_at)),
        ]
        moments = sorted({fed.occurred_at for fed in stops} | (set() if end is not None else {case.now}))
        for since, until in pairwise(moments):
            if until - since > STILL:
                last = next(fed for fed in stops if fed.occurred_at == since)
                yield stalled(case, objective, last, until)


def touches(case: Case, objective: UUID) -> list[Fed]:
    """What happened to the objective, its milestones and its actions; a reminder is not progress."""
    items = {objective}
    items |= {event.milestone_id for _, event in case.of(MilestoneSet) if event.objective_id == objective}
    items |= {event.action_id for _, event in case.of(ActionCommitted) if event.objective_id == objective}
    return [fed for fed in case.events if any(is_about(fed, item) for item in items)]


def stalled(case: Case, objective: UUID, last: Fed, until: datetime) -> Finding:
    """With what was done meanwhile: reminders about the objective, and reviews of the plan."""
    during = [fed for fed in case.events if last.occurred_at < fed.occurred_at < until]
    reviews = [fed for fed in during if isinstance(fed.event, PlanReviewed)]
    reminders = [fed for fed in during if isinstance(fed.event, ReminderSent) and fed.event.key.subject_id in (objective, last.stream)]
    kind = "stalled_but_reviewed" if reviews else "stalled_but_reminded" if reminders else "stalled_and_nobody_acted"
    return finding(
        kind,
        last,
        *reminders,
        *reviews,
        stands_out=not reviews,
        objective=objective,
        since=case.day(last.occurred_at),
        until=case.day(until),
        days=case.day(until) - case.day(last.occurred_at),
        reminders=len(reminders),
        reviews=len(reviews),
    )
