"""Reads of people: oneself, the list, and one."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Final, cast
from uuid import UUID

import msgspec
from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter

from domain.errors import NotPermitted
from domain.glossary import Role
from domain.person.state import PersonState
from projections.members import MEMBERS
from services.actor import Actor
from services.permission import policy
from services.person.address import holder
from services.person.answers import MeAnswer, MembershipsAnswer, PeopleAnswer, PersonAnswer, person_answer
from services.person.credential.routes import ROUTES as CREDENTIAL_ROUTES
from services.person.memberships import find_memberships
from services.person.receipt import ErasureAnswer, find_receipt
from services.reading.caching import Tags
from services.reading.listing import SORT, Made, Page, page_of
from services.reading.reads import PROFILE, Look, NotCaughtUp, Reads
from services.reading.route import read, shown
from services.reading.view import sight


@read("/v1/me", "read_me", MeAnswer, "Who you are here.\n\nThe person and role of your key, and the actions that it may ask for.")
async def read_me(
    request: Request[Any, Any, Any], actor: NamedDependency[Actor], reads: NamedDependency[Reads], tags: NamedDependency[Tags]
) -> Response[bytes | None]:
    look = await reads.look(actor, "read_me")
    async with reads.snapshot(request, actor, MEMBERS, shown_by=look) as (rows, position):
        found = await rows.opened(MEMBERS, "some", keys=[actor.person_id])
    state: PersonState = found[0].document if found else look.reading.state(actor.person_id, "person")
    answer = MeAnswer(
        person=person_answer(state, sight(actor)._replace(names=bool(found))),
        organization_id=actor.tenant,
        organization=look.organization.name,
        time_zone=look.organization.time_zone,
        role=cast(Role, look.actor.role),
        programs=tuple(sorted(look.actor.programs)) if look.actor.programs is not None else None,
        may=tuple(sorted(policy.actions(actor.role, actor.scopes))),
    )
    return await shown(request, tags, actor, answer, position)


ROLE: Final = QueryParameter(description="Only those with this role, or who had it until its last day.")
MEMBER_OF: Final = QueryParameter(description="Only those with a role in exactly this program.")

ADDRESS: Final = QueryParameter(description="Only who has this mail address, in whichever case it is written: one person, or nobody.")


@read(
    "/v1/people",
    "list_people",
    PeopleAnswer,
    "List people.\n\nEveryone of the organization with their roles, oldest first.",
    given={"page": page_of},
)
async def list_people(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    tags: NamedDependency[Tags],
    page: NamedDependency[Page],
    role: Annotated[Role | None, ROLE] = None,
    program: Annotated[UUID | None, MEMBER_OF] = None,
    email: Annotated[str | None, ADDRESS] = None,
    sort: Annotated[Made, SORT] = "created",
) -> Response[bytes | None]:
    look = await reads.look(actor, "list_people")
    if email is not None:
        return await shown(request, tags, actor, *await find_by_address(request, reads, look, email, role, program))
    async with reads.snapshot(request, actor, MEMBERS, shown_by=look) as (rows, position):
        statement = "holding_down" if sort == "-created" else "holding_up"
        found = await rows.opened(MEMBERS, statement, holding=memberships(role, program), after=page.after, at_most=page.limit + 1)
    seen = sight(actor)
    await reads.note(look, [(row.key, PROFILE) for row in page.cut(found)])
    items = tuple(person_answer(row.document, seen) for row in found)
    answer = PeopleAnswer(items=tuple(page.cut(items)), next_cursor=page.following(items))
    return await shown(request, tags, actor, answer, position)


async def find_by_address(
    request: Request[Any, Any, Any], reads: Reads, look: Look, address: str, role: Role | None, program: UUID | None
) -> tuple[PeopleAnswer, int]:
    """Nobody, or the one person. Raises `NotPermitted` for who sees no addresses, `NotCaughtUp` of who is too new to be shown."""
    if not sight(look.actor).names:
        raise NotPermitted("You see no addresses, and so find nobody by one.", pointer="/query/email")
    person = await holder(reads, look, address)
    async with reads.snapshot(request, look.actor, MEMBERS, shown_by=look) as (rows, position):
        found = await rows.opened(MEMBERS, "some", keys=[] if person is None else [person])
    if person is not None and not found:
        raise NotCaughtUp
    items = tuple(person_answer(row.document, sight(look.actor)) for row in found if has(row.document, role, program))
    await reads.note(look, [(one.id, PROFILE) for one in items])
    return PeopleAnswer(items=items), position


def has(person: PersonState, role: Role | None, program: UUID | None) -> bool:
    """By the same rule as `memberships`."""
    return (role is None and program is None) or any(
        (role is None or one.role == role) and (program is None or one.program_id == program) for one in person.memberships
    )


def memberships(role: Role | None, program: UUID | None) -> str:
    """What the row of somebody with such a membership holds."""
    one: dict[str, str] = {"role": role} if role is not None else {}
    one |= {"program_id": str(program)} if program is not None else {}
    return msgspec.json.encode({"memberships": [one]} if one else {}).decode()


@read("/v1/people/{id:uuid}", "read_person", PersonAnswer, "Look at a person.\n\nYourself, or anyone when you run the organization.")
async def read_person(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    tags: NamedDependency[Tags],
    id: FromPath[UUID],
) -> Response[bytes | None]:
    look = await reads.look(actor, "read_person", "person", id)
    async with reads.snapshot(request, actor, MEMBERS, shown_by=look) as (rows, position):
        found = await rows.opened(MEMBERS, "some", keys=[id])
    if not found:
        raise NotCaughtUp
    return await shown(request, tags, actor, person_answer(found[0].document, look.sight), position)


ON: Final = QueryParameter(description="The day at whose end it stood so, 2026-03-01; today when it is left out.")


@read(
    "/v1/people/{id:uuid}/memberships",
    "read_memberships",
    MembershipsAnswer,
    "Read how somebody came by their roles.\n\nWho granted, changed and revoked them, when and why, up to the end of a day, and which "
    "were held on it. The words of why are for administrators and for the person; an auditor sees their code.",
)
async def read_memberships(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    tags: NamedDependency[Tags],
    id: FromPath[UUID],
    on: Annotated[date | None, ON] = None,
) -> Response[bytes | None]:
    return await shown(request, tags, actor, *await find_memberships(request, reads, actor, id, on))


@read(
    "/v1/people/{id:uuid}/erasure",
    "read_erasure",
    ErasureAnswer,
    "Read the receipt of an erasure.\n\nWho asked for it, why and by when; which keys were destroyed, and when; what forbids it, or "
    "what remains. For who has to show that it was carried out fully and on time.",
)
async def read_erasure(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    tags: NamedDependency[Tags],
    id: FromPath[UUID],
) -> Response[bytes | None]:
    return await shown(request, tags, actor, *await find_receipt(reads, actor, id))


ROUTES: Final = (read_me, list_people, read_person, read_memberships, read_erasure, *CREDENTIAL_ROUTES)
