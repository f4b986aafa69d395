"""Question 17: which objectives stood still, and nobody did anything about it?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final, NamedTuple
from uuid import UUID

from domain.plan.events import ActionCommitted, MilestoneSet, ObjectiveConcluded, ObjectiveDefined, PlanActivated, PlanReviewed
from domain.reminder.events import ReminderSent
from infra.eventstore.feed import Fed
from services.audit.question.case import Case
from services.audit.question.finding import Finding, finding
from services.audit.question.reminder import mentions

STILL: Final = timedelta(days=30)
"""An objective about which nothing happens for longer than this stands still."""


def stalled_objectives(case: Case) -> Iterator[Finding]:
    """From when the plan is in force, until an objective is concluded or the question is asked."""
    start = next((fed for fed, _ in case.of(PlanActivated)), None)
    if start is None:
        return
    happened, items = mentions(case), items_of(case)
    care = Care([fed for fed, _ in case.of(PlanReviewed)], [(fed, event) for fed, event in case.of(ReminderSent)])
    for defined, event in case.of(ObjectiveDefined):
        objective = event.objective_id
        touched = list({fed.position: fed for item in items[objective] for fed in happened[item]}.values())
        end = next((fed for fed in touched if isinstance(fed.event, ObjectiveConcluded)), None)
        begin = max(start, defined, key=lambda fed: fed.occurred_at)
        stops = {begin.occurred_at: begin}
        for fed in touched:
            if fed.occurred_at > begin.occurred_at and (end is None or fed.occurred_at <= end.occurred_at):
                stops.setdefault(fed.occurred_at, fed)
        for since, until in pairwise(sorted({*stops, case.now} if end is None else stops)):
            if until - since > STILL:
                yield stalled(case, objective, stops[since], until, care)


def items_of(case: Case) -> dict[UUID, list[UUID]]:
    """Each objective with its milestones and its actions: what happens to them happens to it."""
    found = {event.objective_id: [event.objective_id] for _, event in case.of(ObjectiveDefined)}
    for _, milestone in case.of(MilestoneSet):
        found[milestone.objective_id].append(milestone.milestone_id)
    for _, action in case.of(ActionCommitted):
        if action.objective_id is not None:
            found[action.objective_id].append(action.action_id)
    return found


class Care(NamedTuple):
    """What somebody did about plans: reviews, and reminders, which are no progress."""

    reviews: Sequence[Fed]
    reminders: Sequence[tuple[Fed, ReminderSent]]


def stalled(case: Case, objective: UUID, last: Fed, until: datetime, care: Care) -> Finding:
    """With what was done meanwhile: reminders about the objective, and reviews of the plan."""
    reviews = [fed for fed in care.reviews if last.occurred_at < fed.occurred_at < until]
    reminders = [
        fed
        for fed, event in care.reminders
        if last.occurred_at < fed.occurred_at < until and event.key.subject_id in (objective, last.stream)
    ]
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
