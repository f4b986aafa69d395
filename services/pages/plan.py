"""What a plan's page shows, made of the answers that the JSON reads give to the same reader."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Final, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from msgspec import UNSET, Raw, Struct, UnsetType

from domain.assessment.events import NeedsAssessmentLaunched, RaterFeedbackSubmitted
from domain.event import STORED
from domain.plan.state import PlanStatus
from projections.kpi.value import HUNDRED
from services.engagement.answers import EngagementAnswer
from services.pages.axis import Axis, Lane, axis, is_open
from services.pages.objective import ObjectiveView, objective_view
from services.pages.shift import Shift, shift
from services.pages.words import NOTHING, number
from services.plan.answers import PlanAnswer
from services.plan.item import ChangeAnswer, MilestoneAnswer
from services.plan.timeline import TimelineAnswer, ToldAnswer
from services.reading.view import Hidden, Named, Text, disclosed
from services.wording.spoken import say, spoken

LAUNCHED: Final = STORED[NeedsAssessmentLaunched].name
UNTOLD: Final = frozenset({STORED[RaterFeedbackSubmitted].name})
"""What the story leaves out: an answer that is nobody's, of which there are as many as people answered. The closing is told."""


class Reached(Struct, frozen=True, kw_only=True):
    """Of an objective of a list's plan how far it has come."""

    progress: Decimal | UnsetType | None = UNSET


class ListedPlan(Struct, frozen=True, kw_only=True):
    """What a list shows of a plan, as the JSON list answers it."""

    id: UUID
    client_id: UUID
    status: PlanStatus | Hidden
    plan_version: int | Hidden
    activated_at: datetime | Hidden | None
    objectives: tuple[Reached, ...] | Hidden


LISTED: Final = frozenset(ListedPlan.__struct_fields__)


class PlanRow(NamedTuple):
    """A plan in a list: the mean progress of its objectives, None where it is not disclosed, and since when it is active."""

    shown: ListedPlan
    progress: str | None
    since: date | None


def plan_row(item: Raw, zone: ZoneInfo) -> PlanRow:
    plan = msgspec.json.decode(item, type=ListedPlan)
    objectives = disclosed(plan.objectives)
    known = [one.progress for one in objectives or () if one.progress is not UNSET]
    reached = [one for one in known if one is not None]
    progress: str | None = f"{number(HUNDRED * sum(reached) / len(reached), 0)} %" if reached else NOTHING
    if objectives is None or len(known) < len(objectives):
        progress = None
    since = disclosed(plan.activated_at)
    return PlanRow(plan, progress, since.astimezone(zone).date() if since else None)


class MilestoneView(NamedTuple):
    """A milestone with its place on the axis, and the number of its objective."""

    shown: MilestoneAnswer
    lane: Lane
    objective: int | None
    state: str
    late: bool


class Waiting(NamedTuple):
    """A change that waits for an answer, as its proposal was told."""

    shown: ChangeAnswer
    told: ToldAnswer | None


class Event(NamedTuple):
    """One event of the timeline; `late` is the day on which it was recorded, where that is another one."""

    told: ToldAnswer
    shift: Shift | None
    recorded: date | None


class Month(NamedTuple):
    label: str
    events: Sequence[Event]


class PlanView(NamedTuple):
    """The whole page; `numbers` are those by which it calls the objectives.

    `timeline` is None for readers who may not see it, `position` for those who may not count. `assessments` are the launches of
    needs assessments that it tells of: from nowhere else a link leads to one.
    """

    plan: PlanAnswer
    engagement: EngagementAnswer
    names: Mapping[UUID, Text | None]
    at: datetime
    zone: ZoneInfo
    position: int | None
    objectives: Sequence[ObjectiveView]
    numbers: Mapping[UUID, int]
    axis: Axis
    milestones: Sequence[MilestoneView]
    waiting: Sequence[Waiting]
    assessments: Sequence[ToldAnswer]
    timeline: Sequence[Month] | None


def plan_view(
    plan: PlanAnswer,
    engagement: EngagementAnswer,
    told: TimelineAnswer | None,
    *,
    at: datetime,
    today: date,
    zone: ZoneInfo,
    position: int | None,
) -> PlanView:
    """`today` is the day that counts as such: of a plan as it stood, the day of then."""
    verdicts = told is not None or any(consent.subject == "attainment" for consent in engagement.consents)
    objectives, milestones = disclosed(plan.objectives) or (), disclosed(plan.milestones) or ()
    numbers = {one.id: n for n, one in enumerate(objectives, 1)}
    drawn = axis(milestones, today)
    return PlanView(
        plan=plan,
        engagement=engagement,
        names=named(plan.people, engagement.people, told.people if told else ()),
        at=at,
        zone=zone,
        position=position,
        objectives=[objective_view(numbers[one.id], one, verdicts=verdicts) for one in objectives],
        numbers=numbers,
        axis=drawn,
        milestones=[
            milestone_view(one, lane, numbers.get(one.objective_id), today) for one, lane in zip(milestones, drawn.lanes, strict=True)
        ],
        waiting=[Waiting(one, proposal(one, plan.id, told)) for one in disclosed(plan.changes) or ()],
        assessments=[one for one in told.items if one.kind == LAUNCHED] if told else (),
        timeline=list(months(told, zone)) if told else None,
    )


def named(*lists: Sequence[Named]) -> dict[UUID, Text | None]:
    return {one.id: one.name for people in lists for one in people}


def milestone_view(one: MilestoneAnswer, lane: Lane, objective: int | None, today: date) -> MilestoneView:
    late = is_open(one) and one.due_on < today
    return MilestoneView(one, lane, objective, milestone_state(one, late), late)


def milestone_state(one: MilestoneAnswer, late: bool) -> str:
    if one.reached_on is not None:
        return say("Reached")
    if one.withdrawn:
        return say("Withdrawn")
    if one.missed:
        return say("Missed")
    return say("Overdue") if late else say("Open")


def proposal(change: ChangeAnswer, plan_id: UUID, told: TimelineAnswer | None) -> ToldAnswer | None:
    """Where the timeline tells of it."""
    if told is None or change.version is UNSET:
        return None
    return next((one for one in told.items if (one.stream_id, one.version) == (plan_id, change.version)), None)


def months(told: TimelineAnswer, zone: ZoneInfo) -> Iterator[Month]:
    """Newest first by when it happened: what is imported is recorded long after, in whatever order it comes."""
    items = [one for one in told.items if one.kind not in UNTOLD]
    newest = sorted(items, key=lambda one: (one.occurred_at, one.position), reverse=True)
    for label, month in groupby(newest, key=lambda one: spoken().month(one.occurred_at.astimezone(zone))):
        yield Month(label, [event(one, zone) for one in month])


def event(one: ToldAnswer, zone: ZoneInfo) -> Event:
    occurred, recorded = (instant.astimezone(zone).date() for instant in (one.occurred_at, one.recorded_at))
    return Event(one, shift(one.event), recorded if recorded != occurred else None)
