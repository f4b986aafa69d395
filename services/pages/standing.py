"""The page of a plan: as it stands, and as it stood at a moment of its past."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from domain.errors import NotFound
from domain.plan.smart.rules import SAYS
from services.actor import Actor
from services.audit.moment import Moment
from services.audit.then import find_engagement_as_of, find_plan_as_of
from services.engagement.emergency import find_emergencies
from services.engagement.query import find_engagement
from services.errors import NotBegun
from services.pages.page import page
from services.pages.plan import PlanView, named, plan_view
from services.pages.planning.form import DONE
from services.pages.planning.offer import offer
from services.pages.reader import page_reader
from services.pages.sent import NOTHING_SENT, Sent
from services.pages.slider import CLOCKS, Past, asked_moment, past, slider
from services.permission import policy
from services.permission.relation import of_engagement
from services.plan.query import find_plan, find_readiness, find_timeline
from services.plan.timeline import TimelineAnswer
from services.reading.reads import Look, Reads
from services.reading.route import get

A_PLAN: Final = "/plans/{id:str}"


@get(A_PLAN, name="plan_page", opt={"action": "read_plan", "page": True})
async def plan(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    id: FromPath[str],
    as_of: FromQuery[str] = "",
    clock: FromQuery[str] = "recorded",
    done: FromQuery[str] = "",
) -> Response[str]:
    """`as_of` is a day on the clock that stands beside it, or a moment as the JSON reads take one."""
    return await plan_page(request, reads, actor, stream_id(id), as_of, clock, done=DONE.get(done, ""))


async def plan_page(
    request: Request[Any, Any, Any],
    reads: Reads,
    actor: Actor,
    plan_id: UUID,
    as_of: str = "",
    clock: str = "recorded",
    *,
    sent: Sent = NOTHING_SENT,
    done: str = "",
) -> Response[str]:
    """The past has no forms."""
    asked = asked_moment(as_of, clock, "as_of")
    look = await reads.look(actor, "read_plan" if asked is None else "read_as_of", "plan", plan_id)
    zone, now = look.organization.zone, reads.clock()
    may = policy.actions_on(look.actor, facts_of(look))
    told = (await find_timeline(request, reads, actor, plan_id)).answer if "read_timeline" in may else None
    then: Past | None
    if asked is not None:
        view, then = await stood(request, reads, actor, plan_id, told, asked, now, zone)
    else:
        view, then = await standing(request, reads, actor, plan_id, told, now, zone), None
    offers = await offer(request, reads, look, view, may, sent) if view and then is None else None
    return page(
        "plan.html" if view else "not_begun.html",
        status=sent.status if view else 404,
        reader=await page_reader(request, reads, actor),
        here="",
        view=view,
        plan_id=plan_id,
        readiness=(await find_readiness(request, reads, actor, plan_id)).answer if offers and "read_readiness" in may else None,
        smart=SAYS,
        **await glass(request, reads, look, may),
        past=then,
        slider=slider(told, then, now, zone, as_of) if told and "read_as_of" in may else None,
        clocks=CLOCKS,
        zone=zone,
        about=about(look) if told else None,
        audits="open_audit" in may,
        dated=dated_before(told, then),
        asks="request_report" in may,
        offers=offers,
        sent=sent,
        done=done,
    )


def facts_of(look: Look) -> policy.Facts:
    assert look.engagement is not None  # a plan belongs to one
    return of_engagement(look.engagement)


async def glass(request: Request[Any, Any, Any], reads: Reads, look: Look, may: frozenset[str]) -> dict[str, Any]:
    """The emergencies of the plan's engagement with their people, for who may know of them; and whether the reader may ask for one."""
    shown: dict[str, Any] = {"emergencies": None, "emergency_names": {}, "breaks_glass": "request_emergency_access" in may}
    if look.engagement is not None and "read_emergency_accesses" in may:
        found = (await find_emergencies(request, reads, look.actor, look.engagement.id)).answer
        shown |= {"emergencies": found, "emergency_names": named(found.people)}
    return shown


def dated_before(told: TimelineAnswer | None, shown: Past | None) -> date | None:
    """The day that is shown, where nothing was recorded of the plan by then, but something is dated to before it."""
    if told is None or shown is None or not told.items or shown.clock == "occurred":
        return None
    is_dated = min(one.occurred_at for one in told.items) <= shown.at < min(one.recorded_at for one in told.items)
    return shown.on if is_dated else None


def about(look: Look) -> UUID | None:
    """Whose plan it is, for who may read who saw what about them."""
    client = look.engagement.client_id if look.engagement else None
    may = client and policy.decide(look.actor, "read_accesses", policy.Facts.of_person(client))
    return client if isinstance(may, policy.Allow) else None


async def standing(
    request: Request[Any, Any, Any], reads: Reads, actor: Actor, id: UUID, told: TimelineAnswer | None, now: datetime, zone: ZoneInfo
) -> PlanView:
    found = await find_plan(request, reads, actor, id)
    engagement = await find_engagement(request, reads, actor, found.answer.engagement_id)
    position = None if actor.outsider else found.position
    return plan_view(found.answer, engagement.answer, told, at=now, today=now.astimezone(zone).date(), zone=zone, position=position)


async def stood(
    request: Request[Any, Any, Any],
    reads: Reads,
    actor: Actor,
    id: UUID,
    told: TimelineAnswer | None,
    asked: Moment,
    now: datetime,
    zone: ZoneInfo,
) -> tuple[PlanView | None, Past]:
    """No view where the plan had not begun: then too the line stays, to choose another moment."""
    try:
        found = (await find_plan_as_of(request, reads, actor, id, asked)).answer
        engagement = (await find_engagement_as_of(request, reads, actor, found.plan.engagement_id, asked)).answer
    except NotBegun:
        return None, past(asked, None, now, zone)
    moment = found.moment
    shown = past(asked, moment, now, zone)
    until = told.until(moment.position, moment.occurred_until) if told else None
    return plan_view(found.plan, engagement.engagement, until, at=shown.at, today=shown.on, zone=zone, position=moment.position), shown


def stream_id(given: str) -> UUID:
    """What is no id is the id of nothing: `NotFound`."""
    try:
        return UUID(given)
    except ValueError:
        raise NotFound from None
