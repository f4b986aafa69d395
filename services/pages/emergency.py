"""The pages of emergencies: which there are, and of one engagement all of it, with forms that ask, answer and end, without a script."""

from __future__ import annotations

from typing import Any, Final, NamedTuple
from uuid import UUID

from litestar import Request, Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from domain.command import Command
from domain.engagement.commands import ApproveEmergencyAccess, DeclineEmergencyAccess, EndEmergencyAccess, RequestEmergencyAccess
from domain.engagement.emergency import Emergency
from domain.engagement.state import EngagementState
from projections import current
from projections.current import CURRENT
from services.actor import Actor
from services.command.execution import Commands
from services.engagement.emergency import EmergencyAnswer, find_emergencies
from services.entry.auth import Keys
from services.pages.cast import names_of
from services.pages.done import Errand, carried_out, received
from services.pages.form import command_of
from services.pages.page import page
from services.pages.plan import named
from services.pages.reader import page_reader
from services.pages.sent import NOTHING_SENT, Sent
from services.pages.sign_in import FORM_BYTES
from services.permission import policy
from services.permission.table import PUBLIC
from services.reading.reads import Reads
from services.reading.route import get

EMERGENCIES: Final = "/emergencies"
OF_ENGAGEMENT: Final = "/engagements/{id:uuid}/emergencies"
DONE: Final = {
    "ask": "Asked for. Give the address of this page to a second person: an administrator, or another program manager.",
    "approve": "Approved: the words of the plan are open to who asked, and client and coach are told.",
    "decline": "Declined: nothing is opened.",
    "end": "Ended: the words of the plan are withheld again.",
}
"""What a form did, by its name."""
COMMANDS: Final[dict[str, type[Command]]] = {
    "ask": RequestEmergencyAccess,
    "approve": ApproveEmergencyAccess,
    "decline": DeclineEmergencyAccess,
    "end": EndEmergencyAccess,
}


class Row(NamedTuple):
    """An engagement in which somebody asked, and the latest that was asked for."""

    engagement: EngagementState
    last: Emergency


@get(EMERGENCIES, name="emergencies_page", opt={"action": "read_emergency_accesses", "page": True})
async def emergencies(request: Request[Any, Any, Any], actor: NamedDependency[Actor], reads: NamedDependency[Reads]) -> Response[str]:
    """Every engagement of the reader's in which somebody asked, the latest first; as each stands at this moment."""
    look = await reads.look(actor, "read_emergency_accesses")
    async with reads.snapshot(request, actor, CURRENT["engagement"], shown_by=look) as (rows, _):
        known = await current.listed(rows, "engagement", policy.scope(look.actor), after=None, limit=None, words=False)
    seen = await reads.sights(look, [one.id for one in known if one.state.emergencies])
    found = [Row(one.engagement, one.engagement.emergencies[-1]) for one in seen.values()]
    people = [person for row in found for person in (row.engagement.client_id, row.last.asker_id)]
    return page(
        "emergencies.html",
        reader=await page_reader(request, reads, actor),
        here=EMERGENCIES,
        rows=sorted(found, key=lambda row: row.last.asked_at, reverse=True),
        names=await names_of(request, reads, actor, people),
        now=reads.clock(),
        zone=look.organization.zone,
    )


@get(OF_ENGAGEMENT, name="emergency_page", opt={"action": "read_emergency_accesses", "page": True})
async def emergency(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    id: FromPath[UUID],
    done: FromQuery[str] = "",
) -> Response[str]:
    return await emergency_page(request, reads, actor, id, done=DONE.get(done, ""))


async def emergency_page(
    request: Request[Any, Any, Any], reads: Reads, actor: Actor, id: UUID, *, sent: Sent = NOTHING_SENT, done: str = ""
) -> Response[str]:
    told = (await find_emergencies(request, reads, actor, id)).answer
    look = await reads.look(actor, "read_emergency_accesses", "engagement", id)
    assert look.engagement is not None  # it is one that was looked at
    async with reads.snapshot(request, actor, CURRENT["plan"], shown_by=look) as (rows, _):
        plans = await current.of_engagement(rows, "plan", id)
    may = policy.actions(look.actor.role, look.actor.scopes)
    client = look.engagement.client_id
    return page(
        "emergency.html",
        status=sent.status,
        reader=await page_reader(request, reads, actor),
        here="",
        id=id,
        client=client,
        plans=plans if "read_plan" in may else (),
        items=[(one, answers_to(one, look.actor, may)) for one in told.items],
        asks="request_emergency_access" in may and not any(one.standing in {"waiting", "open"} for one in told.items),
        names={**await names_of(request, reads, actor, [client]), **named(told.people)},
        zone=look.organization.zone,
        sent=sent,
        done=done,
    )


def answers_to(one: EmergencyAnswer, reader: Actor, may: frozenset[str]) -> tuple[str, ...]:
    """The forms that the reader gets beside it. Who asked may take it back, and never approves it."""
    if "approve_emergency_access" not in may:
        return ()
    if one.standing == "waiting":
        return ("decline",) if one.asker_id == reader.person_id else ("approve", "decline")
    has_part = reader.role == "admin" or reader.person_id in {one.asker_id, one.answered_by}
    return ("end",) if one.standing == "open" and has_part else ()


@post(OF_ENGAGEMENT, name="answer_emergency", opt={"action": PUBLIC, "page": True}, request_max_body_size=FORM_BYTES * 4)
async def answer(
    request: Request[Any, Any, Any],
    keys: NamedDependency[Keys],
    reads: NamedDependency[Reads],
    commands: NamedDependency[Commands],
    id: FromPath[UUID],
) -> Response[Any]:
    """The same commands as over HTTP, by whom the cookie says, from a form of ours only."""
    actor, form = await received(request, keys)
    return await carried_out(
        commands,
        actor,
        form,
        lambda: Errand(command_of(COMMANDS, form), id),
        lambda sent: emergency_page(request, reads, actor, id, sent=sent),
        f"/engagements/{id}/emergencies",
    )


ROUTES: Final = (emergencies, emergency, answer)
