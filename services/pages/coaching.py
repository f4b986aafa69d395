"""The pages of coaching sessions: which there are, and one of them by its protocol, with forms that need no script."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from litestar import Request, Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from projections import current
from projections.current import CURRENT
from services.actor import Actor
from services.entry.auth import Keys
from services.execution import Commands
from services.listing import Page
from services.pages.cast import names_of
from services.pages.filter import chosen
from services.pages.page import HEADERS, page
from services.pages.protocol import COMMANDS, DONE, command_of
from services.pages.reader import page_reader
from services.pages.session import FORM_BYTES, SEE_OTHER, sender
from services.permission import MAY, PUBLIC
from services.plan.item import ActionAnswer
from services.plan.query import find_plan
from services.problems import snake
from services.read import get
from services.reading import Reads
from services.session.answers import SessionAnswer, SessionContentAnswer
from services.session.query import Sought, find_session, find_sessions
from services.view import disclosed

SESSIONS: Final = "/sessions"
ONE: Final = "/sessions/{id:uuid}"
A_PAGE: Final = 50


class Promises(NamedTuple):
    """The plan of the engagement with all that was promised in it."""

    session: SessionContentAnswer
    plan: UUID | None
    every: Sequence[ActionAnswer]

    @property
    def here(self) -> Sequence[ActionAnswer]:
        """What was promised in this session."""
        return [one for one in self.every if one.session_id == self.session.id]

    @property
    def before(self) -> Sequence[ActionAnswer]:
        """What is open from elsewhere, and was not reviewed in this session."""
        reviewed = {one.action_id for one in self.session.reviews}
        others = (one for one in self.every if one.session_id != self.session.id and one.id not in reviewed)
        return [one for one in others if one.completed is None and not one.dropped]


@get(SESSIONS, name="sessions_page", opt={"action": "list_sessions", "page": True})
async def sessions(request: Request[Any, Any, Any], actor: NamedDependency[Actor], reads: NamedDependency[Reads]) -> Response[str]:
    """Those to come, the next one first, with those of which nobody said yet what became of them; then those that were."""
    look, now = await reads.look(actor, "list_sessions"), reads.clock()
    ahead = (await find_sessions(request, reads, actor, Sought(stage="scheduled", sort="starts_at"), Page(A_PAGE))).answer.items
    past = (await find_sessions(request, reads, actor, Sought(high=now, sort="-starts_at"), Page(A_PAGE))).answer.items
    people = [person for one in (*ahead, *past) for person in (one.client_id, one.coach_id)]
    return page(
        "sessions.html",
        reader=await page_reader(request, reads, actor),
        here=SESSIONS,
        ahead=ahead,
        past=[one for one in past if one.stage != "scheduled"],
        with_whom=with_whom(actor),
        names=await names_of(request, reads, actor, people),
        now=now,
        zone=look.organization.zone,
    )


def with_whom(actor: Actor) -> Callable[[SessionAnswer], Sequence[UUID]]:
    """Whom a session is with, for the reader: the other one of the two, or both."""

    def others(one: SessionAnswer) -> Sequence[UUID]:
        return [person for person in (one.client_id, one.coach_id) if person != actor.person_id]

    return others


@get(ONE, name="session_page", opt={"action": "read_session", "page": True})
async def session(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    id: FromPath[UUID],
    done: FromQuery[str] = "",
) -> Response[str]:
    shown = (await find_session(request, reads, actor, id)).answer
    look = await reads.look(actor, "read_session", "session", id)
    promises = await promises_of(request, reads, actor, shown)
    writers = [*(one.author for one in shown.insights), *(one.author for one in (*shown.notes, *shown.reflections))]
    return page(
        "session.html",
        reader=await page_reader(request, reads, actor),
        here=SESSIONS,
        one=shown,
        ends=ended(shown, reads.clock()),
        own="private_client" if actor.role == "client" else "private_coach",
        promises=promises,
        titles={action.id: action.text for action in promises.every},
        may=frozenset(what for what, command in COMMANDS.items() if actor.role in MAY[snake(command.__name__)]),
        rated={one.instrument for one in shown.ratings},
        codes=look.organization.policy.reason_codes,
        names=await names_of(request, reads, actor, [shown.client_id, shown.coach_id, *writers]),
        zone=look.organization.zone,
        done=DONE.get(done, ""),
    )


def ended(shown: SessionContentAnswer, now: datetime) -> bool:
    """Whether its time has come, so that it can be said what became of it."""
    return shown.starts_at <= now


async def promises_of(request: Request[Any, Any, Any], reads: Reads, actor: Actor, shown: SessionContentAnswer) -> Promises:
    """Of the plan as its own page shows it."""
    async with reads.snapshot(request, actor, CURRENT["plan"]) as (rows, _):
        plans = await current.of_engagement(rows, "plan", shown.engagement_id)
    if not plans:
        return Promises(shown, None, ())
    plan = (await find_plan(request, reads, actor, plans[-1])).answer
    return Promises(shown, plan.id, disclosed(plan.actions) or ())


@post(ONE, name="change_session", opt={"action": PUBLIC, "page": True}, request_max_body_size=FORM_BYTES * 8)
async def change(
    request: Request[Any, Any, Any], keys: NamedDependency[Keys], commands: NamedDependency[Commands], id: FromPath[UUID]
) -> Redirect:
    """The same commands as over HTTP, by whom the cookie says, from a form of ours only. A commitment is one of the plan."""
    actor = await sender(request, keys)
    form = await request.form()
    what = str(form.get("what", ""))
    command = command_of(what, form)
    stream = chosen("plan", str(form.get("plan", ""))) if what == "commit" else id
    await commands.execute(actor, command, stream)
    return Redirect(f"{SESSIONS}/{id}?done={what}", status_code=SEE_OTHER, headers=HEADERS)


ROUTES: Final = (sessions, session, change)
