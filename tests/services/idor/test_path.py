"""An id in the path: what is another organization's answers like what never was, and a sibling's like that without a relation."""

from __future__ import annotations

from typing import Any

from litestar import Litestar

from services.permission.table import MAY, WHOLE
from tests.services.idor.route import FORMS, KEPT, NO_ID, Asked, given, is_open, routes
from tests.services.idor.world import CALLERS, PARTIES, Caller, Told, World, absent, ask, told

BY_TICKET = "download_report"
"""Needs no key but what its link holds: `test_link.py` sweeps it."""
NO_RELATION, NOT_THIS, ALLOWED = 404, 403, 200


def with_id(app: Litestar) -> list[Asked]:
    found = [one for one in routes(app) if "{" in one.path and not is_open(one)]
    assert len(found) > 60
    return found


def expected(caller: Caller, one: Asked, place: str) -> int:
    """By the words of the table: what one has nothing to do with is not there; what one's role does not do is not permitted."""
    if one.noun in KEPT.values():
        return of_key(caller, one, place)
    if not relates(caller, one, place):
        return NO_RELATION
    if caller.role not in MAY[one.action]:
        return NOT_THIS
    is_own = place == "own" and one.noun == "person"
    if caller.is_narrow and one.action in WHOLE and one.noun in {"person", "organization"} and not is_own:
        return NOT_THIS
    return ALLOWED


def of_key(caller: Caller, one: Asked, place: str) -> int:
    """What belongs to a person is theirs; of others administrators end it, and administrators and auditors look at it."""
    if caller.role not in MAY[one.action]:
        return NOT_THIS
    looks = {"admin", "auditor"} if one.method == "GET" else {"admin"}
    is_there = place == "own" or (place == "sibling" and caller.role in looks and not caller.is_narrow)
    return ALLOWED if is_there else NO_RELATION


def relates(caller: Caller, one: Asked, place: str) -> bool:
    """Everybody to their organization; parties to their own; who runs or audits, to all of the organization or of the program."""
    if place in {"foreign", "absent"}:
        return False
    if one.noun == "survey" and caller.role in PARTIES:  # it is of the program, and parties answer it by a link that names nobody
        return False
    if one.noun in {"organization", "instrument"} or place == "own":
        return True
    return not caller.is_stranger or (caller.is_narrow and one.noun == "person")


def id_of(world: World, caller: Caller, one: Asked, place: str) -> str:
    """Of people, the own one is who asks."""
    if place == "absent":
        return absent()
    assert one.noun is not None
    if place == "own" and one.noun == "person":
        return world.own.ids[caller.name]
    if place == "own" and one.noun in KEPT.values():
        return world.own.ids[f"{one.noun} of {caller.name}"]
    return world.places[place].ids[one.noun]


def test_every_route_is_asked_or_named(app: Litestar) -> None:
    """A form that names no id, and what is open to everybody, is told by name; so nothing is left out by accident."""
    found = routes(app)
    assert {one.name for one in found if is_open(one)} == OPEN | NO_ID
    assert {one.name for one in found if one.is_form} == {*FORMS, *NO_ID}
    assert all(one.noun is not None for one in with_id(app))


OPEN = {
    *(
        "live",
        "ready",
        "openapi",
        "docs",
        "docs_permissions",
        "docs_permissions_json",
        "docs_style",
        "style",
        "mark",
        "mailbox_page",
        "sign_in_page",
        "list_problems",
    ),
    *("explain_problem", "sign_in_page_of", "mail_link_page", "ask_mail_link", BY_TICKET),
    *(
        "act_page",
        "address_page",
        "rater_page",
        "read_asked",
        "submit_rater_feedback",
        "respondent_page",
        "read_survey_asked",
        "submit_survey_response",
    ),
}
"""What tells nothing of an organization, or asks for a ticket."""


class Nothing:
    """What an id of nothing is answered with: the same to everybody who is answered with the same status, so it is asked once. A page
    names its reader, and a refusal the role."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.known: dict[tuple[str, ...], Told] = {}

    async def told(self, caller: Caller, one: Asked, wanted: int, more: dict[str, Any]) -> Told:
        who = caller.name if not one.operation else caller.role if wanted == NOT_THIS else ""
        key = (one.method, one.path, str(wanted), who)
        if key not in self.known:
            nothing = absent()
            self.known[key] = told(await ask(self.world.own, caller.name, one.method, one.at(nothing), **more), nothing)
        return self.known[key]


async def test_what_is_foreign_answers_like_what_is_absent(app: Litestar, world: World) -> None:
    nothing = Nothing(world)
    for one in with_id(app):
        more = given(one, world.own.ids)
        for caller in CALLERS:
            theirs, wanted = id_of(world, caller, one, "foreign"), expected(caller, one, "foreign")
            foreign = told(await ask(world.own, caller.name, one.method, one.at(theirs), **more), theirs)
            assert foreign == await nothing.told(caller, one, wanted, more), (caller.name, one.method, one.path)
            assert foreign.status == wanted, (caller.name, one.method, one.path, foreign.body)


async def test_a_sibling_is_not_there_without_a_relation_and_forbidden_with_one(app: Litestar, world: World) -> None:
    nothing = Nothing(world)
    for one in with_id(app):
        for caller in CALLERS:
            wanted = expected(caller, one, "sibling")
            if wanted == ALLOWED:
                continue
            id = id_of(world, caller, one, "sibling")
            more = given(one, world.sibling.ids)
            found = told(await ask(world.own, caller.name, one.method, one.at(id), **more), id)
            assert found.status == wanted, (caller.name, one.method, one.path, found.body)
            if wanted == NO_RELATION:
                assert found == await nothing.told(caller, one, wanted, more), (caller.name, one.method, one.path)
