"""The page of who there is, and of who comes: a list to search, and a form that adds somebody without a script."""

from __future__ import annotations

from typing import Any, Final, NamedTuple
from uuid import UUID

import msgspec
from litestar import Request, Response, post
from litestar.di import NamedDependency
from litestar.params import FromQuery

from domain.person.commands import RegisterPerson
from domain.person.state import Membership, PersonState
from projections.members import MEMBERS
from projections.snapshot import Row, Scope
from services.actor import Actor
from services.command.execution import Commands
from services.entry.auth import Keys
from services.entry.body import decode
from services.pages.cast import programs_of
from services.pages.done import Errand, carried_out, received
from services.pages.filter import chosen
from services.pages.form import filled
from services.pages.page import page
from services.pages.reader import page_reader
from services.pages.sent import NOTHING_SENT, Sent
from services.pages.sign_in import FORM_BYTES
from services.permission.table import MAY, PUBLIC
from services.reading.reads import PROFILE, Look, Reads
from services.reading.route import get
from services.reading.view import Text, sight

PEOPLE: Final = "/people"
A_PAGE: Final = 50


class Someone(NamedTuple):
    """A person in the list."""

    id: UUID
    name: Text | None
    email: Text | None
    held: tuple[Membership, ...]


@get(PEOPLE, name="people_page", opt={"action": "list_people", "page": True})
async def people(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    name: FromQuery[str] = "",
    after: FromQuery[str] = "",
) -> Response[str]:
    """`name` is a part of the name or the address; names are sealed, so all are looked through."""
    return await people_page(request, reads, actor, name, chosen("after", after))


async def people_page(
    request: Request[Any, Any, Any], reads: Reads, actor: Actor, name: str = "", beyond: UUID | None = None, *, sent: Sent = NOTHING_SENT
) -> Response[str]:
    look = await reads.look(actor, "list_people")
    async with reads.snapshot(request, actor, MEMBERS, shown_by=look) as (rows, _):
        found = await rows.opened(MEMBERS, "page", after=beyond, at_most=None)
    every = [someone for row in found if fits(someone := shown(row, look), name)]
    listed = every[:A_PAGE]
    await reads.note(look, [(one.id, PROFILE) for one in listed])
    return page(
        "people.html",
        status=sent.status,
        reader=await page_reader(request, reads, actor),
        here=PEOPLE,
        people=listed,
        programs=await programs_of(request, reads, actor, Scope()),
        sought=name,
        may_register=look.actor.role in MAY["register_person"],
        following=listed[-1].id if len(every) > A_PAGE else "",
        sent=sent,
    )


def shown(row: Row[PersonState], look: Look) -> Someone:
    seen = sight(look.actor)
    return Someone(row.key, seen.name(row.document.name), seen.name(row.document.email), row.document.memberships_on(look.today))


def fits(one: Someone, sought: str) -> bool:
    texts = [text.casefold() for text in (one.name, one.email) if isinstance(text, str)]
    return not sought.strip() or any(sought.strip().casefold() in text for text in texts)


@post(PEOPLE, name="register_somebody", opt={"action": PUBLIC, "page": True}, request_max_body_size=FORM_BYTES)
async def register_somebody(
    request: Request[Any, Any, Any], keys: NamedDependency[Keys], reads: NamedDependency[Reads], commands: NamedDependency[Commands]
) -> Response[Any]:
    """Leads to the page on which they are given a role."""
    actor, form = await received(request, keys)
    body = {name: text for name, text in filled(form).items() if name in ("name", "email")}
    return await carried_out(
        commands,
        actor,
        form,
        lambda: Errand(decode(RegisterPerson, msgspec.json.encode(body))),
        lambda sent: people_page(request, reads, actor, sent=sent),
        lambda made: f"{PEOPLE}/{made.id}",
        done="register",
    )


ROUTES: Final = (people, register_somebody)
