"""Question 2: who moved this milestone, how often, by how much, why, and whose wish it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Final
from uuid import UUID

from domain.plan.events import MilestoneAdjusted, MilestoneSet, MilestoneWithdrawn
from infra.eventstore.feed import Fed
from services.audit.question.case import Case
from services.audit.question.finding import Finding, finding

SHORTLY: Final = timedelta(days=1)
"""Who moves a milestone this shortly before the day it is due, or later, moves a date that was as good as missed."""
OFTEN: Final = 2
"""From this many moves on a milestone stands out."""


def milestone_moves(case: Case) -> Iterator[Finding]:
    moves: Counter[UUID] = Counter()
    for fed in case.events:
        match fed.event:
            case MilestoneSet() as event:
                yield finding("milestone_set", fed, milestone=event.milestone_id, due_on=event.due_on, set_by=event.set_by)
            case MilestoneAdjusted() as event:
                moves[event.milestone_id] += 1
                yield moved(case, fed, event, moves[event.milestone_id])
            case MilestoneWithdrawn() as event:
                late = case.day(fed.occurred_at) >= event.due_on - SHORTLY
                kind = "milestone_withdrawn_late" if late else "milestone_withdrawn"
                yield finding(kind, fed, stands_out=late, milestone=event.milestone_id, due_on=event.due_on, initiator=event.initiated_by)


def moved(case: Case, fed: Fed, event: MilestoneAdjusted, times: int) -> Finding:
    late = case.day(fed.occurred_at) >= event.from_ - SHORTLY
    kind = "milestone_moved_late" if late else "milestone_moved_often" if times >= OFTEN else "milestone_moved"
    return finding(
        kind,
        fed,
        stands_out=kind != "milestone_moved",
        milestone=event.milestone_id,
        from_=event.from_,
        to=event.to,
        days=event.shift_days,
        times=times,
        moved_on=case.day(fed.occurred_at),
        actor=fed.meta.actor,
        role=fed.meta.role,
        on_behalf_of=fed.meta.on_behalf_of,
        initiator=event.initiated_by,
        reason_code=event.reason_code,
        channel=fed.meta.channel,
    )
