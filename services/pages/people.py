"""The pages of administrators: who there is and who comes, and one person's roles, with forms that give, change and take them without a script."""

from __future__ import annotations

from typing import Any, Final, NamedTuple
from uuid import UUID

import msgspec
from litestar import Request, Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from domain.command import Command
from domain.person.commands import ChangeMembershipRole, GrantMembership, RegisterPerson, RevokeMembership
from domain.person.state import Membership, PersonState
from projections import current
from projections.current import CURRENT
from projections.members import MEMBERS
from projections.snapshot import Row, Scope
from services.actor import ROLES, Actor
from services.entry.auth import Keys
from services.entry.body import decode
from services.execution import Commands
from services.pages.cast import names_of
from services.pages.filter import chosen
from services.pages.form import asked_for, filled
from services.pages.page import HEADERS, page
from services.pages.reader import page_reader
from services.pages.session import FORM_BYTES, SEE_OTHER, sender
from services.permission import MAY, PUBLIC
from services.person.memberships import find_memberships
from services.read import get
from services.reading import PROFILE, Look, Reads
from services.view import Text, sight

PEOPLE: Final = "/people"
A_PAGE: Final = 50
DONE: Final = {
    "register": "Registered. With a role they can sign in by mail.",
    "grant": "The role is granted.",
    "change": "The role is changed.",
    "revoke": "The role is revoked, at once.",
}
"""What a form did, by its name."""
COMMANDS: Final[dict[str, type[Command]]] = {"grant": GrantMembership, "change": ChangeMembershipRole, "revoke": RevokeMembership}


class Someone(NamedTuple):
    """A person in the list; `value` of a held role is what a form sends for it."""

    id: UUID
    name: Text | None
    email: Text | None
    held: tuple[Membership, ...]


def value_of(held: Membership) -> str:
    return f"{held.role} {held.program_id or ''}".strip()


@get(PEOPLE, name="people_page", opt={"action": "list_people", "page": True})
async def people(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    name: FromQuery[str] = "",
    after: FromQuery[str] = "",
) -> Response[str]:
    """`name` is a part of the name or the address; names are sealed, so all are looked through."""
    look, beyond = await reads.look(actor, "list_people"), chosen("after", after)
    async with reads.snapshot(request, actor, MEMBERS) as (rows, _):
        found = await rows.opened(MEMBERS, "page", after=beyond, at_most=None)
    every = [someone for row in found if fits(someone := shown(row, look), name)]
    listed = every[:A_PAGE]
    await reads.note(look, [(one.id, PROFILE) for one in listed])
    return page(
        "people.html",
        reader=await page_reader(request, reads, actor),
        here=PEOPLE,
        people=listed,
        programs=await programs_of(request, reads, look),
        sought=name,
        may_register=look.actor.role in MAY["register_person"],
        following=listed[-1].id if len(every) > A_PAGE else "",
    )


def shown(row: Row[PersonState], look: Look) -> Someone:
    seen = sight(look.actor)
    return Someone(row.key, seen.name(row.document.name), seen.name(row.document.email), row.document.memberships_on(look.today))


def fits(one: Someone, sought: str) -> bool:
    texts = [text.casefold() for text in (one.name, one.email) if isinstance(text, str)]
    return not sought.strip() or any(sought.strip().casefold() in text for text in texts)


async def programs_of(request: Request[Any, Any, Any], reads: Reads, look: Look) -> dict[UUID, str]:
    async with reads.snapshot(request, look.actor, CURRENT["program"]) as (rows, _):
        listed = await current.listed(rows, "program", Scope(), after=None, limit=None, words=False)
    return {one.id: one.state.name for one in listed}


@post(PEOPLE, name="register_somebody", opt={"action": PUBLIC, "page": True}, request_max_body_size=FORM_BYTES)
async def register_somebody(request: Request[Any, Any, Any], keys: NamedDependency[Keys], commands: NamedDependency[Commands]) -> Redirect:
    """Leads to the page on which they are given a role."""
    actor = await sender(request, keys)
    body = {name: text for name, text in filled(await request.form()).items() if name in ("name", "email")}
    made = await commands.execute(actor, decode(RegisterPerson, msgspec.json.encode(body)))
    return Redirect(f"{PEOPLE}/{made.id}?done=register", status_code=SEE_OTHER, headers=HEADERS)


@get(f"{PEOPLE}/{{id:uuid}}", name="person_page", opt={"action": "read_memberships", "page": True})
async def person(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    id: FromPath[UUID],
    done: FromQuery[str] = "",
) -> Response[str]:
    told = (await find_memberships(request, reads, actor, id, None)).answer
    look = await reads.look(actor, "read_me")
    async with reads.snapshot(request, actor, MEMBERS) as (rows, _):
        found = await rows.opened(MEMBERS, "some", keys=[id])
    return page(
        "person.html",
        reader=await page_reader(request, reads, actor),
        here=PEOPLE,
        one=shown(found[0], look) if found else Someone(id, None, None, ()),
        told=told,
        names=await names_of(request, reads, actor, [step.by for step in told.steps]),
        programs=await programs_of(request, reads, look),
        roles=ROLES,
        codes=look.organization.policy.reason_codes,
        may_change=look.actor.role in MAY["change_membership_role"],
        zone=look.organization.zone,
        today=look.today,
        value_of=value_of,
        done=DONE.get(done, ""),
    )


@post(f"{PEOPLE}/{{id:uuid}}", name="change_roles", opt={"action": PUBLIC, "page": True}, request_max_body_size=FORM_BYTES)
async def change_roles(
    request: Request[Any, Any, Any], keys: NamedDependency[Keys], commands: NamedDependency[Commands], id: FromPath[UUID]
) -> Redirect:
    """The same commands as over HTTP, by whom the cookie says, from a form of ours only."""
    actor = await sender(request, keys)
    sent = filled(await request.form())
    command = asked_for(what := sent.pop("what", ""), COMMANDS)
    await commands.execute(actor, decode(command, msgspec.json.encode(body_of(what, sent))), id)
    return Redirect(f"{PEOPLE}/{id}?done={what}", status_code=SEE_OTHER, headers=HEADERS)


def body_of(what: str, sent: dict[str, str]) -> dict[str, str]:
    """The fields of a form as those of its command; what was left open is left out."""
    held, _, program = sent.get("held", "").partition(" ")
    why = {"reason_code": sent.get("reason_code"), "reason": sent.get("reason")}
    body = {
        "grant": {"role": sent.get("role"), "program_id": sent.get("program"), "until": sent.get("until")},
        "change": {"from": held, "to": sent.get("role"), "program_id": program, **why},
        "revoke": {"role": held, "program_id": program, **why},
    }[what]
    return {name: value for name, value in body.items() if value}


ROUTES: Final = (people, register_somebody, person, change_roles)
