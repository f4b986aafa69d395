"""Which due dates of milestones wait for a verdict: a row an engagement, found by the earliest of them.

Whether the verdict falls is asked when the plan is read (`domain/plan/decide/milestone.py`); a row only says where to look.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID

from msgspec import Struct, structs

from domain.decider import Evolve
from domain.engagement import events as engagement
from domain.event import Recorded
from domain.plan import events as plan
from infra.eventstore.feed import Fed
from projections.projection import Projection
from projections.snapshot import Snapshot


class Milestone(Struct, frozen=True, kw_only=True):
    """A milestone and its due date. Of those that are `settled` there is nothing more to say."""

    due_on: date
    is_open: bool = True
    settled: tuple[date, ...] = ()

    @property
    def waits(self) -> bool:
        return self.is_open and self.due_on not in self.settled


class Deadlines(Struct, frozen=True, kw_only=True):
    """The milestones of an engagement's plan. `next_on` is the earliest due date that waits.

    None when there is none, or the plan is not active, or the engagement `rests` or is over.
    """

    plan_id: UUID | None = None
    active: bool = False
    rests: bool = False
    milestones: dict[UUID, Milestone] = {}
    next_on: date | None = None


class Waiting(NamedTuple):
    """A due date that has passed."""

    plan: UUID
    milestone: UUID
    due_on: date


follow: Final[Evolve[Deadlines]] = Evolve()


def put(deadlines: Deadlines, key: UUID, milestone: Milestone) -> Deadlines:
    return structs.replace(deadlines, milestones={**deadlines.milestones, key: milestone})


def settled(recorded: Recorded[Any], due_on: date) -> tuple[date, ...]:
    """The date itself, when it had passed before it was imported: what became of it then is for the import to say."""
    assert isinstance(recorded, Fed)
    return (due_on,) if recorded.meta.channel == "import" and due_on < recorded.recorded_at.date() else ()


def stopped(deadlines: Deadlines, recorded: Recorded[Any]) -> Deadlines:
    return structs.replace(deadlines, rests=True)


for kind in (
    engagement.EngagementPaused,
    engagement.EngagementCompleted,
    engagement.EngagementEndedEarly,
    engagement.EngagementCancelled,
):
    follow.on(kind)(stopped)


@follow.on(engagement.EngagementResumed)
def engagement_resumed(deadlines: Deadlines, recorded: Recorded[engagement.EngagementResumed]) -> Deadlines:
    return structs.replace(deadlines, rests=False)


@follow.on(plan.PlanDrafted)
def plan_drafted(deadlines: Deadlines, recorded: Recorded[plan.PlanDrafted]) -> Deadlines:
    return structs.replace(deadlines, plan_id=recorded.event.plan_id)


@follow.on(plan.PlanActivated)
def plan_activated(deadlines: Deadlines, recorded: Recorded[plan.PlanActivated]) -> Deadlines:
    return structs.replace(deadlines, active=True)


@follow.on(plan.MilestoneSet)
def milestone_set(deadlines: Deadlines, recorded: Recorded[plan.MilestoneSet]) -> Deadlines:
    event = recorded.event
    return put(deadlines, event.milestone_id, Milestone(due_on=event.due_on, settled=settled(recorded, event.due_on)))


@follow.on(plan.MilestoneAdjusted)
def milestone_adjusted(deadlines: Deadlines, recorded: Recorded[plan.MilestoneAdjusted]) -> Deadlines:
    event = recorded.event
    before = deadlines.milestones[event.milestone_id]
    after = structs.replace(before, due_on=event.to, settled=before.settled + settled(recorded, event.to))
    return put(deadlines, event.milestone_id, after)


@follow.on(plan.DueDatesShifted)
def due_dates_shifted(deadlines: Deadlines, recorded: Recorded[plan.DueDatesShifted]) -> Deadlines:
    by = timedelta(days=recorded.event.days)
    for id in recorded.event.milestones:
        deadlines = put(deadlines, id, structs.replace(deadlines.milestones[id], due_on=deadlines.milestones[id].due_on + by))
    return deadlines


@follow.on(plan.MilestoneMissed)
def milestone_missed(deadlines: Deadlines, recorded: Recorded[plan.MilestoneMissed]) -> Deadlines:
    """Once a due date, also when somebody takes the note back."""
    event = recorded.event
    before = deadlines.milestones[event.milestone_id]
    return put(deadlines, event.milestone_id, structs.replace(before, settled=(*before.settled, event.due_on)))


@follow.on(plan.MilestoneReached)
def milestone_reached(deadlines: Deadlines, recorded: Recorded[plan.MilestoneReached]) -> Deadlines:
    return marked(deadlines, recorded.event.milestone_id, is_open=False)


@follow.on(plan.MilestoneWithdrawn)
def milestone_withdrawn(deadlines: Deadlines, recorded: Recorded[plan.MilestoneWithdrawn]) -> Deadlines:
    return marked(deadlines, recorded.event.milestone_id, is_open=False)


@follow.on(plan.EntryWithdrawn)
def entry_withdrawn(deadlines: Deadlines, recorded: Recorded[plan.EntryWithdrawn]) -> Deadlines:
    """A milestone that was not reached after all is open again."""
    event = recorded.event
    return marked(deadlines, event.item_id, is_open=True) if event.entry == "milestone_reached" else deadlines


def marked(deadlines: Deadlines, key: UUID, *, is_open: bool) -> Deadlines:
    return put(deadlines, key, structs.replace(deadlines.milestones[key], is_open=is_open))


def key(fed: Fed) -> UUID | None:
    return (fed.engagement_id or fed.stream) if type(fed.event) in follow.table else None


def apply(before: Deadlines | None, fed: Fed) -> Deadlines:
    after = follow(before or Deadlines(), fed)
    waiting = [milestone.due_on for milestone in after.milestones.values() if milestone.waits]
    next_on = min(waiting, default=None) if after.active and not after.rests else None
    return after if after.next_on == next_on else structs.replace(after, next_on=next_on)


MILESTONES_DUE: Final = Projection(
    __file__, name="milestones_due", version=4, document=Deadlines, reads=follow.table, key=key, apply=apply, personal=None
)


async def waiting(snapshot: Snapshot, today: date) -> list[Waiting]:
    """The due dates before a day that wait for a verdict, the plan with the earliest first."""
    return [
        Waiting(row.document.plan_id, id, milestone.due_on)
        for row in await snapshot.sealed(MILESTONES_DUE, "due", today=today.isoformat())
        for id, milestone in row.document.milestones.items()
        if row.document.plan_id is not None and milestone.waits and milestone.due_on < today
    ]
