"""The page of one coaching session, by its protocol, with forms that need no script; one that is refused is shown again as it was sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from litestar import Request, Response, post
from litestar.datastructures import FormMultiDict
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from projections import current
from projections.current import CURRENT
from services.actor import Actor
from services.command.execution import Commands
from services.entry.auth import Keys
from services.pages.booking import LOCAL, SESSIONS
from services.pages.cast import names_of
from services.pages.done import Errand, carried_out, received
from services.pages.filter import chosen
from services.pages.form import allowed, reasons
from services.pages.page import page
from services.pages.protocol import COMMANDS, DONE, command_of, place
from services.pages.rating import CALLED, open_instruments
from services.pages.reader import page_reader
from services.pages.sent import NOTHING_SENT, Sent
from services.pages.sign_in import FORM_BYTES
from services.permission.relation import facts_of
from services.permission.table import PUBLIC
from services.plan.item import ActionAnswer
from services.plan.query import find_plan
from services.reading.reads import Look, Reads
from services.reading.route import get
from services.reading.view import disclosed
from services.session.answers import SessionContentAnswer
from services.session.query import find_session

ONE: Final = "/sessions/{id:uuid}"


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


@get(ONE, name="session_page", opt={"action": "read_session", "page": True})
async def session(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    id: FromPath[UUID],
    done: FromQuery[str] = "",
) -> Response[str]:
    return await session_page(request, reads, actor, id, done=DONE.get(done, ""))


async def session_page(
    request: Request[Any, Any, Any], reads: Reads, actor: Actor, id: UUID, *, sent: Sent = NOTHING_SENT, done: str = ""
) -> Response[str]:
    shown = (await find_session(request, reads, actor, id)).answer
    look = await reads.look(actor, "read_session", "session", id)
    promises = await promises_of(request, reads, look, shown)
    writers = [*(one.author for one in shown.insights), *(one.author for one in (*shown.notes, *shown.reflections))]
    return page(
        "session.html",
        status=sent.status,
        reader=await page_reader(request, reads, actor),
        here=SESSIONS,
        one=shown,
        me=actor.person_id,
        promises=promises,
        titles={action.id: action.text for action in promises.every},
        names=await names_of(request, reads, actor, [shown.client_id, shown.coach_id, *writers, *coached_at(look, shown)]),
        sent=sent,
        done=done,
        **asked_of(look, shown, reads.clock()),
    )


def asked_of(look: Look, shown: SessionContentAnswer, now: datetime) -> dict[str, Any]:
    """What the forms offer, by the reader's role and by what the session's time allows."""
    role, zone = look.actor.role, look.organization.zone
    terms = look.engagement.agreement.terms if look.engagement and look.engagement.agreement else None
    may = allowed(look.actor, COMMANDS, facts_of(look.reading, shown.id))
    return {
        "ends": shown.starts_at <= now,
        "own": "private_client" if role == "client" else "private_coach",
        "may": may,
        "rates": open_instruments(shown.ratings) if "rate" in may and shown.stage == "completed" else (),
        "called": CALLED,
        "wishes": (("coach", "Mine"), ("client", "The client's")) if role == "coach" else (),
        "reasons": reasons(look.organization.policy.reason_codes),
        "starts": f"{shown.starts_at.astimezone(zone):{LOCAL}}",
        "notice": terms.cancellation_hours if terms else 0,
        "together": coached_at(look, shown),
        "owners": promising(look, shown),
        "zone": zone,
    }


def coached_at(look: Look, shown: SessionContentAnswer) -> list[UUID]:
    """Of a group who is coached in it on the day of the session, its first client first; of one person nobody."""
    state = look.engagement
    if state is None or state.kind == "individual":
        return []
    there = state.coached_on(look.organization.day(shown.starts_at))
    return [one for one in dict.fromkeys((state.client_id, *(member.client_id for member in state.members))) if one in there]


def promising(look: Look, shown: SessionContentAnswer) -> list[UUID]:
    """Who may be named as who promises something in a group's session: by its first client and its coach anybody, by a member themselves."""
    together, reader = coached_at(look, shown), look.actor.person_id
    return [reader] if look.engagement is not None and reader in look.engagement.present_members else together


async def promises_of(request: Request[Any, Any, Any], reads: Reads, look: Look, shown: SessionContentAnswer) -> Promises:
    """Of the plan as its own page shows it."""
    async with reads.snapshot(request, look.actor, CURRENT["plan"], shown_by=look) as (rows, _):
        plans = await current.of_engagement(rows, "plan", shown.engagement_id)
    if not plans:
        return Promises(shown, None, ())
    plan = (await find_plan(request, reads, look.actor, plans[-1])).answer
    return Promises(shown, plan.id, disclosed(plan.actions) or ())


@post(ONE, name="change_session", opt={"action": PUBLIC, "page": True}, request_max_body_size=FORM_BYTES * 8)
async def change(
    request: Request[Any, Any, Any],
    keys: NamedDependency[Keys],
    reads: NamedDependency[Reads],
    commands: NamedDependency[Commands],
    id: FromPath[UUID],
) -> Response[Any]:
    """The same commands as over HTTP, by whom the cookie says, from a form of ours only."""
    actor, form = await received(request, keys)
    zone = (await reads.look(actor, "read_session", "session", id)).organization.zone
    return await carried_out(
        commands,
        actor,
        form,
        lambda: Errand(command_of(form, zone), stream_of(form, id)),
        lambda sent: session_page(request, reads, actor, id, sent=sent),
        f"{SESSIONS}/{id}",
        place=place,
    )


def stream_of(form: FormMultiDict, session: UUID) -> UUID | None:
    """A commitment is made in the plan. Raises `Unreadable`."""
    return chosen("plan", str(form.get("plan", ""))) if form.get("what") == "commit" else session


ROUTES: Final = (session, change)
