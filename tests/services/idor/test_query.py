"""An id in the query, and a cursor: another organization's answers like that of nothing, and so does a sibling's to its stranger."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from uuid import UUID, uuid5

import pytest
from litestar import Litestar

from services.permission.table import MAY
from services.reading.route import query_fields
from tests.services.idor.route import CURSORS, PLAIN, QUERY, TICKET, Asked, given, is_open, routes
from tests.services.idor.world import CALLERS, Caller, Told, World, absent, ask, told

BY_SLUG = "audit_page"
"""Shows an answer only where a question is named."""


class Place(NamedTuple):
    """A parameter of a route, and the noun of the id that it gets."""

    one: Asked
    parameter: str
    noun: str


def places(app: Litestar) -> Iterator[Place]:
    for one in routes(app):
        for name in query_fields(one.handler):
            assert name in {*QUERY, *PLAIN, *CURSORS, TICKET}, f"teach the sweep what the parameter {name} of {one.path} holds"
            for noun in QUERY.get(name, ()):
                yield Place(one, name, noun)


def askers(one: Asked) -> list[Caller]:
    """Who may ask: everyone who has to do with a part, and of those who have to do with all, the first."""
    may = [caller for caller in CALLERS if caller.role in MAY[one.action]]
    return [caller for caller in may if caller.is_stranger] + [caller for caller in may if not caller.is_stranger][:1]


async def asked(world: World, caller: Caller, place: Place, id: str) -> Told:
    one = place.one
    path = one.at(world.own.ids[one.noun]) if one.noun else one.path
    more = {"question": "signed-content"} if one.name == BY_SLUG else {}
    more |= {"limit": "2"} if "limit" in query_fields(one.handler) else {}
    return told(await ask(world.own, caller.name, one.method, path, **given(one, world.own.ids, **{place.parameter: id}, **more)), id)


async def test_an_id_of_another_organization_is_an_id_of_nothing(app: Litestar, world: World) -> None:
    tried = 0
    for place in places(app):
        for caller in askers(place.one):
            found = await asked(world, caller, place, world.foreign.ids[place.noun])
            assert found == await asked(world, caller, place, absent()), (caller.name, place.one.path, place.parameter, place.noun)
            tried += 1
    assert tried > 80


async def test_a_sibling_without_a_relation_is_an_id_of_nothing(app: Litestar, world: World) -> None:
    """To parties, and to who runs or audits another program."""
    tried = 0
    for place in places(app):
        for caller in askers(place.one):
            is_there = place.noun == "organization" or (caller.is_narrow and place.noun in {"person", "coach"})
            if is_there or not caller.is_stranger:
                continue
            found = await asked(world, caller, place, world.sibling.ids[place.noun])
            assert found == await asked(world, caller, place, absent()), (caller.name, place.one.path, place.parameter, place.noun)
            tried += 1
    assert tried > 20


@pytest.mark.parametrize("by_each", [False, pytest.param(True, marks=pytest.mark.soak)])
async def test_a_cursor_of_others_leads_nowhere_that_ones_own_does_not(app: Litestar, world: World, by_each: bool) -> None:
    """It is a place in an order and no key: it tells no more than the id beside it, of which there is nothing. Each is tried by
    somebody, and at length by each who may ask."""
    tried = 0
    for one in routes(app):
        parameter = next(iter(CURSORS.keys() & query_fields(one.handler).keys()), None)
        if parameter is None or is_open(one):
            continue
        for number, caller in enumerate(askers(one)):
            for side in (world.foreign, world.sibling) if caller.is_stranger else (world.foreign,):
                ids = list(known(side))
                for id in ids if by_each else ids[number % len(ids) :: len(ids)]:
                    beside = UUID(int=id.int + 1)
                    answers = [await asked(world, caller, Place(one, parameter, ""), CURSORS[parameter](place)) for place in (id, beside)]
                    assert answers[0] == answers[1], (caller.name, one.path, id)
                    assert not [noun for noun, other in world.foreign.ids.items() if other in answers[0].body], (caller.name, one.path)
                    tried += 1
    assert tried > 60


def known(side: object) -> Iterator[UUID]:
    ids: dict[str, str] = side.ids  # type: ignore[attr-defined]
    yield from (UUID(ids[noun]) for noun in ("person", "plan"))
    yield uuid5(UUID(ids["plan"]), "9")
