"""The page of coaching sessions: which are to come and which were, and a form that books one or a series, without a script."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from litestar import Request, Response, post
from litestar.datastructures import FormMultiDict
from litestar.di import NamedDependency
from litestar.params import FromQuery

from domain.command import Command
from domain.session.commands import ScheduleSession
from projections.current import CURRENT
from projections.ordered import ordered
from services.actor import Actor
from services.command.execution import Commands
from services.entry.auth import Keys
from services.entry.body import decode
from services.pages.cast import names_of
from services.pages.done import Errand, carried_out, received
from services.pages.form import filled, number, reasons
from services.pages.page import page
from services.pages.reader import page_reader
from services.pages.sent import NOTHING_SENT, Sent
from services.pages.sign_in import FORM_BYTES
from services.permission import policy
from services.permission.table import MAY, PUBLIC
from services.reading.listing import Page, like
from services.reading.reads import Look, Reads
from services.reading.route import get
from services.session.answers import SessionAnswer
from services.session.query import Sought, find_sessions

SESSIONS: Final = "/sessions"
A_PAGE: Final = 50
MOST_COACHED: Final = 300
"""Engagements to choose from; who has more books over the API, or from a session."""
KINDS: Final = (
    ("coaching", "Coaching"),
    ("kick_off", "Kick-off"),
    ("alignment", "Aligning with the sponsor"),
    ("closing", "Closing"),
)
RHYTHMS: Final = (
    ("", "Once"),
    ("week", "Every week"),
    ("two_weeks", "Every two weeks"),
    ("month", "Every month"),
    ("cadence", "As often as was agreed"),
)
DONE: Final = {"book": "It is booked.", "series": "The series is booked, all of it."}
PLACES: Final = {"repeat": "starts_at", "repeat/every": "every", "repeat/times": "times"}
"""Fields of the form, by those of the command that they make."""
WORDS: Final = ("engagement_id", "kind", "reason_code", "reason")
"""Fields that the command has as the form does."""
LOCAL: Final = "%Y-%m-%dT%H:%M"
"""How a browser's field holds a day with a time of the clock."""


class Coached(NamedTuple):
    """A coaching that goes on, and who is on its other side."""

    id: UUID
    with_whom: UUID | None


@get(SESSIONS, name="sessions_page", opt={"action": "list_sessions", "page": True})
async def sessions(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    done: FromQuery[str] = "",
    engagement: FromQuery[str] = "",
) -> Response[str]:
    """`engagement` is the one that the form begins with."""
    return await sessions_page(request, reads, actor, done=DONE.get(done, ""), chosen=engagement)


async def sessions_page(
    request: Request[Any, Any, Any], reads: Reads, actor: Actor, *, sent: Sent = NOTHING_SENT, done: str = "", chosen: str = ""
) -> Response[str]:
    """Those to come, the next one first, with those of which nobody said yet what became of them; then those that were."""
    look, now = await reads.look(actor, "list_sessions"), reads.clock()
    ahead = (await find_sessions(request, reads, actor, Sought(stage="scheduled", sort="starts_at"), Page(A_PAGE))).answer.items
    past = (await find_sessions(request, reads, actor, Sought(high=now, sort="-starts_at"), Page(A_PAGE))).answer.items
    coached = await coached_by(request, reads, look)
    people = [person for one in (*ahead, *past) for person in (one.client_id, one.coach_id)]
    return page(
        "sessions.html",
        status=sent.status,
        reader=await page_reader(request, reads, actor),
        here=SESSIONS,
        ahead=ahead,
        past=[one for one in past if one.stage != "scheduled"],
        with_whom=with_whom(actor),
        coached=coached,
        chosen=chosen,
        kinds=KINDS,
        rhythms=RHYTHMS,
        reasons=reasons(look.organization.policy.reason_codes) if actor.role == "coach" else (),
        sent=sent,
        done=done,
        names=await names_of(request, reads, actor, [*people, *(one.with_whom for one in coached)]),
        now=now,
        zone=look.organization.zone,
    )


def with_whom(actor: Actor) -> Callable[[SessionAnswer], Sequence[UUID]]:
    """Whom a session is with, for the reader: the other one of the two, or both."""

    def others(one: SessionAnswer) -> Sequence[UUID]:
        return [person for person in (one.client_id, one.coach_id) if person != actor.person_id]

    return others


async def coached_by(request: Request[Any, Any, Any], reads: Reads, look: Look) -> Sequence[Coached]:
    """What the reader may book for: their own coachings, as far as they go on."""
    if look.actor.role not in MAY["schedule_session"]:
        return ()
    async with reads.snapshot(request, look.actor, CURRENT["engagement"], shown_by=look) as (rows, _):
        scope, active = policy.scope(look.actor), like(stage="active")
        found = await ordered(rows, "engagement", scope, holding=active, after=None, limit=MOST_COACHED, words=False)
    return [Coached(one.id, one.coach_id if look.actor.role == "client" else one.client_id) for one in found]


@post(SESSIONS, name="book_session", opt={"action": PUBLIC, "page": True}, request_max_body_size=FORM_BYTES)
async def book(
    request: Request[Any, Any, Any], keys: NamedDependency[Keys], reads: NamedDependency[Reads], commands: NamedDependency[Commands]
) -> Response[Any]:
    """The same command as over HTTP, by whom the cookie says, from a form of ours only."""
    actor, form = await received(request, keys)
    zone = (await reads.look(actor, "list_sessions")).organization.zone
    return await carried_out(
        commands,
        actor,
        form,
        lambda: Errand(booking(form, zone)),
        lambda sent: sessions_page(request, reads, actor, sent=sent),
        SESSIONS,
        place=place,
        done="series" if form.get("every") else "book",
    )


def booking(form: FormMultiDict, zone: ZoneInfo) -> Command:
    """Raises `Unreadable`."""
    sent = filled(form)
    body: dict[str, Any] = {name: sent[name] for name in WORDS if name in sent}
    if "starts_at" in sent:
        body["starts_at"] = instant_of(sent["starts_at"], zone)
    if "minutes" in sent:
        body["minutes"] = number("minutes", sent["minutes"])
    if "every" in sent:
        body["repeat"] = {"every": sent["every"], "times": number("times", sent.get("times", ""))}
    return decode(ScheduleSession, msgspec.json.encode(body))


def instant_of(text: str, zone: ZoneInfo) -> str:
    """A time by the organization's clock as an instant; what is none stays, to be refused where it stands."""
    try:
        return datetime.strptime(text, LOCAL).replace(tzinfo=zone).isoformat()
    except ValueError:
        return text


def place(field: str) -> str:
    """The field of the form that a field of its command comes from."""
    return PLACES.get(field, field)


ROUTES: Final = (sessions, book)
