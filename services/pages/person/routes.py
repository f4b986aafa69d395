"""The page of one person, and the forms on it, which need no script.

Who left says whom they leave without a coach; who was erased says so, with the receipt, and is offered nothing any more.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple
from uuid import UUID

from litestar import Request, Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from domain.credential import rules_of
from domain.person.state import Membership, PersonState
from projections.members import MEMBERS
from projections.snapshot import Scope
from services.actor import ROLES, Actor
from services.command.execution import Commands
from services.entry.auth import Keys
from services.pages.cast import names_of, programs_of
from services.pages.done import Errand, carried_out, received
from services.pages.form import reasons
from services.pages.hours import BODIES, CALLED, LEVELS
from services.pages.page import page
from services.pages.people import PEOPLE
from services.pages.person.erasure import BASES, REMAINS, erasure_view
from services.pages.person.form import COMMANDS, DONE, OF_ORGANIZATION, command_of, forms_for, place, value_of
from services.pages.person.leaving import left_alone
from services.pages.reader import page_reader
from services.pages.sent import NOTHING_SENT, Sent
from services.pages.sign_in import FORM_BYTES
from services.pages.words import words
from services.permission.table import PUBLIC
from services.person.memberships import find_memberships
from services.reading.reads import Look, NotCaughtUp, Reads
from services.reading.route import get
from services.reading.view import Text
from services.wording.language import LANGUAGES, language_of

ONE: Final = f"{PEOPLE}/{{id:uuid}}"


class Someone(NamedTuple):
    """Whom the page is about, as far as the reader may know it."""

    state: PersonState
    name: Text | None
    email: Text | None
    new_email: Text | None
    held: tuple[Membership, ...]
    is_reader: bool


@get(ONE, name="person_page", opt={"action": "read_person", "page": True})
async def person(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    id: FromPath[UUID],
    done: FromQuery[str] = "",
) -> Response[str]:
    return await person_page(request, reads, actor, id, done=DONE.get(done, ""))


async def person_page(
    request: Request[Any, Any, Any], reads: Reads, actor: Actor, id: UUID, *, sent: Sent = NOTHING_SENT, done: str = ""
) -> Response[str]:
    look = await reads.look(actor, "read_person", "person", id)
    one = await someone(request, reads, look, id)
    forms = forms_for(look, one.state)
    told = (await find_memberships(request, reads, actor, id, None)).answer if "steps" in forms else None
    erasure = await erasure_view(request, reads, look, one.state)
    alone = await left_alone(request, reads, look, one.state)
    steps = told.steps if told is not None else ()
    programs = await programs_of(request, reads, actor, Scope())
    people = [*(step.by for step in steps), *alone.clients, *(erasure.people if erasure is not None else ())]
    return page(
        "person/person.html",
        status=sent.status,
        reader=await page_reader(request, reads, actor),
        here=PEOPLE,
        one=one,
        forms=forms,
        steps=steps,
        erasure=erasure,
        alone=alone,
        names=await names_of(request, reads, actor, people),
        programs=programs,
        attainable=attainable(look),
        roles=[(role, words(role)) for role in ROLES],
        held=[(value_of(role), called_in(role, programs)) for role in one.held],
        reasons=reasons(look.organization.policy.reason_codes),
        organization=look.organization,
        locale=language_of(one.state.locale, look.organization.locale).code,
        today=look.today,
        sent=sent,
        done=done,
        **WORDS,
    )


SPOKEN: Final = {"en": "English", "de": "Deutsch"}
WORDS: Final[dict[str, Any]] = {
    **{"bases": BASES, "remains": REMAINS, "bodies": CALLED, "levels": LEVELS},
    **{"languages": {code: SPOKEN[code] for code in LANGUAGES}},
}
"""What codes are called here."""


def attainable(look: Look) -> list[tuple[str, str]]:
    """What a body can say of a coach, as the form sends it, by the rules of today."""
    found = []
    for code, body in BODIES.items():
        levels = rules_of(body, look.organization.rulesets(look.today)).levels
        found += [(code, f"{CALLED[code]}, in education"), *((f"{code} {one.code}", called(code, one.code)) for one in levels)]
    return found


def called(body: str, level: str) -> str:
    return f"{CALLED[body]}, {LEVELS.get(level) or words(level)}"


def called_in(held: Membership, programs: Mapping[UUID, str]) -> str:
    """A role with where it is held."""
    return words(held.role) + (f" in {programs.get(held.program_id, 'a program')}" if held.program_id else "")


async def someone(request: Request[Any, Any, Any], reads: Reads, look: Look, id: UUID) -> Someone:
    """Raises `NotCaughtUp` of who is too new to be shown."""
    async with reads.snapshot(request, look.actor, MEMBERS, shown_by=look) as (rows, _):
        found = await rows.opened(MEMBERS, "some", keys=[id])
    if not found:
        raise NotCaughtUp
    state: PersonState = found[0].document
    seen = look.sight
    new_email = None if state.address_change is None else seen.name(state.address_change.email)
    return Someone(
        state, seen.name(state.name), seen.name(state.email), new_email, state.memberships_on(look.today), look.actor.person_id == id
    )


@post(ONE, name="change_person", opt={"action": PUBLIC, "page": True}, request_max_body_size=FORM_BYTES * 4)
async def change(
    request: Request[Any, Any, Any],
    keys: NamedDependency[Keys],
    reads: NamedDependency[Reads],
    commands: NamedDependency[Commands],
    id: FromPath[UUID],
) -> Response[Any]:
    """The same commands as over HTTP, by whom the cookie says, from a form of ours only."""
    actor, form = await received(request, keys)
    stream = actor.tenant if form.get("what") in OF_ORGANIZATION else id
    return await carried_out(
        commands,
        actor,
        form,
        lambda: Errand(command_of(COMMANDS, form, id), stream),
        lambda sent: person_page(request, reads, actor, id, sent=sent),
        f"{PEOPLE}/{id}",
        place=place,
    )


ROUTES: Final = (person, change)
