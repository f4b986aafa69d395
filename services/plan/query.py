"""What a reader finds of plans: what the JSON reads answer, and what the pages show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from litestar import Request

from domain.engagement.events import DisclosureConsentGranted, DisclosureConsentWithdrawn, MemberRemoved
from domain.engagement.state import EngagementState
from domain.event import Event
from domain.plan.decide.gate import lints_today
from domain.plan.events import ClientInputRecorded
from domain.plan.smart.verdict import Lint
from domain.plan.state import PlanState
from domain.reminder.events import alone_told
from domain.session.events import SessionRated
from domain.values import Personal
from projections import current
from projections.current import CURRENT, Current
from projections.kpi.objective import progress
from projections.kpi_board import KPI_BOARD, objectives
from projections.members import MEMBERS
from projections.plan_timeline import PLAN_TIMELINE, Happened, happened, persons, sealed, timeline
from projections.snapshot import Snapshot
from services.actor import Actor
from services.plan.answers import PlanAnswer, plan_answer
from services.plan.readiness import Known, ReadinessAnswer, readiness_answer
from services.plan.timeline import TimelineAnswer, told_answer
from services.reading.reads import Found, Look, NotCaughtUp, Reads, names
from services.reading.view import people
from services.wording.spoken import say, spoken

EACH_FOR_THEMSELVES: Final = (ClientInputRecorded, SessionRated, DisclosureConsentGranted, DisclosureConsentWithdrawn)
"""Of these somebody who is coached in a group is not even told that another did it."""


async def find_plan(request: Request[Any, Any, Any], reads: Reads, actor: Actor, id: UUID, action: str = "read_plan") -> Found[PlanAnswer]:
    """A plan as it stands, for the action that shows it: an emergency opens `read_plan` alone.

    Raises `NotFound`, `NotPermitted` and `NotCaughtUp`.
    """
    look = await reads.look(actor, action, "plan", id)
    engagement, known = engagement_and_parties(look)
    async with reads.snapshot(request, actor, CURRENT["plan"], KPI_BOARD, MEMBERS, shown_by=look) as (rows, position):
        found = await current.one(rows, "plan", id, words=look.sight.opens)
        if found is None:
            raise NotCaughtUp
        reached = await progresses(rows, [engagement], look.today)
        named = people(await names(rows, known), look.sight, *known)
    lints = lints_of(found, look, look.engagement)
    answer = plan_answer(found, reached, named, look.sight, reader=actor.person_id, counts=not actor.outsider, lints=lints)
    return Found(answer, position, found.version)


async def find_timeline(request: Request[Any, Any, Any], reads: Reads, actor: Actor, id: UUID) -> Found[TimelineAnswer]:
    """What happened in the plan's engagement. Raises `NotFound` and `NotPermitted`."""
    look = await reads.look(actor, "read_timeline", "plan", id)
    engagement, known = engagement_and_parties(look)
    seen = look.sight
    async with reads.snapshot(request, actor, PLAN_TIMELINE, MEMBERS, shown_by=look) as (rows, position):
        found = [as_told_to(one, look) for one in await happened(rows, engagement, words=seen.opens) if not is_kept_from(one, look)]
        everybody = [*known, *persons(found)]
        called = await names(rows, everybody)
    labels = parties(look) | (readable(called) if seen.names else {})
    items = tuple(told_answer(one, seen) for one in timeline(found, labels, spoken()))
    return Found(TimelineAnswer(plan_id=id, engagement_id=engagement, items=items, people=people(called, seen, *everybody)), position)


async def find_readiness(request: Request[Any, Any, Any], reads: Reads, actor: Actor, id: UUID) -> Found[ReadinessAnswer]:
    """How ready the plan is. Raises `NotFound`, `NotPermitted` and `NotCaughtUp`."""
    look = await reads.look(actor, "read_readiness", "plan", id)
    engagement, _ = engagement_and_parties(look)
    async with reads.snapshot(request, actor, CURRENT["plan"], PLAN_TIMELINE, shown_by=look) as (rows, position):
        found = await current.one(rows, "plan", id, words=False)
        if found is None:
            raise NotCaughtUp
        told = await sealed(rows, engagement)
    return Found(readiness_answer(Known(found.state, lints_of(found, look, look.engagement), told)), position)


def is_kept_from(one: Happened, look: Look) -> bool:
    """Whether it is private to somebody else, of whom the other party of the coaching is not even told that they wrote it.

    Who reads no words is told that something was written, as of everything; but of a reminder that would tell a rating only an
    auditor is, to whom every event is shown.
    """
    if is_of_another(one.event, one.entry.meta.actor, look):
        return True
    if (alone := alone_told(one.event)) is not None:
        return look.actor.role != "auditor" and alone != look.actor.person_id
    is_private = getattr(one.event, "visibility", "shared") != "shared"
    return look.sight.words and is_private and one.entry.meta.actor != look.actor.person_id


def is_of_another(event: Event, actor: UUID, look: Look) -> bool:
    """Whether it is what each who is coached in a group does for themselves, and another than the reader did it."""
    return isinstance(event, EACH_FOR_THEMSELVES) and actor in look.sight.others


def as_told_to(one: Happened, look: Look) -> Happened:
    """Why somebody left a group is between them and who took them out: to who was coached with them its words stay sealed."""
    left = isinstance(one.event, MemberRemoved) and one.event.client_id in look.sight.others
    return one._replace(event=one.entry.event) if left else one


def lints_of(one: Current[PlanState], look: Look, engagement: EngagementState | None) -> dict[UUID, Lint]:
    return lints_today(one.state, look.today, engagement.planned_end if engagement else None)


def engagement_and_parties(look: Look) -> tuple[UUID, list[UUID | None]]:
    state: EngagementState | None = look.engagement
    assert state is not None  # a plan belongs to an engagement
    return state.id, [state.client_id, state.coach_id, state.sponsor_id]


def parties(look: Look) -> dict[UUID, str]:
    """What the parties are called where their names are not for the reader, in the language of the page."""
    sides = look.engagement.facts(look.today).parties if look.engagement else {}
    return {person: say(f"the {party}") for person, party in sides.items()}


def readable(known: Mapping[UUID, Personal[str] | None]) -> dict[UUID, str]:
    """Names as words of a sentence; who was erased is called by their role there."""
    return {id: name.plain() for id, name in known.items() if name is not None and name.is_open}


async def progresses(rows: Snapshot, engagements: Sequence[UUID], today: date) -> Mapping[UUID, Decimal | None]:
    """How far each objective of these engagements has come, by the same formula as the board's."""
    return {id: progress(one, today) for id, one in (await objectives(rows, engagements)).items()}
