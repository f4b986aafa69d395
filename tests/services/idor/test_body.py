"""An id in a body: of each field of each command, one of another organization is refused like one of nothing."""

from __future__ import annotations

import re
from typing import Any

from litestar import Litestar

from services.permission.table import MAY
from tests.services.idor.route import FIELDS, FORMS, Asked, filled, given, holes, routes
from tests.services.idor.world import CALLERS, Told, World, absent, ask, told

STREAMS = {"engagement_id", "program_id", "subject_id"}
"""Fields that name what a command begins something under, or grants something in."""
BATCH = "execute_batch"
"""Answers with what each of its commands was answered with."""
PEOPLE, NAMED = {"client", "coach", "sponsor"}, re.compile(r"\{(\w+)\}")
"""Who is known to all who run something in the organization; and what a form's field names."""
ITEMS = {"emergency", "objective", "strategy", "action", "milestone", "need", "rater", "change"}
"""What is inside of a plan, an assessment or an engagement: that of another one is not there, either."""


def sender(one: Asked) -> str:
    """Somebody who may send it: the coach, where coaches may."""
    return "coach" if "coach" in MAY[one.action] else next(caller.name for caller in CALLERS if caller.role in MAY[one.action])


async def sent(world: World, one: Asked, body: Any, id: str, caller: str | None = None) -> Told:
    who = caller or sender(one)
    path = one.at(world.own.ids[one.noun]) if one.noun else one.path
    answer = await ask(world.own, who, one.method, path, json=body)
    found = told(answer, id)
    if one.name == BATCH:
        return found._replace(headers=())
    return found if found.status >= 400 else Told(found.status, (), "")  # ids and versions of what was made


async def test_an_id_of_another_organization_is_an_id_of_nothing(app: Litestar, world: World) -> None:
    schemas, tried = app.state.document()["components"]["schemas"], set()
    for one in routes(app):
        for hole in holes(one.schema, schemas) if one.schema else ():
            assert hole.field in FIELDS, f"teach the sweep whose id the field {hole.field} of {one.path} holds"
            noun = FIELDS[hole.field]
            others = {"foreign": world.foreign.ids[noun]} | ({"sibling": world.sibling.ids[noun]} if noun in ITEMS else {})
            nothing = absent()
            never = await sent(world, one, filled(hole.make(nothing), world.own.ids), nothing)
            assert never.status != 403 or '"pointer"' in never.body, (one.path, hole.field, never.body)
            for place, id in others.items():
                found = await sent(world, one, filled(hole.make(id), world.own.ids), id)
                assert found == never, (one.path, hole.field, place)
            tried.add((one.name, hole.field))
    assert len(tried) > 50


async def test_nothing_begins_under_what_one_has_nothing_to_do_with(app: Litestar, world: World) -> None:
    """Neither by a party of another engagement, nor by who runs or audits another program."""
    schemas, tried = app.state.document()["components"]["schemas"], 0
    for one in routes(app):
        for hole in holes(one.schema, schemas) if one.schema and "{" not in one.path else ():
            if hole.field not in STREAMS:
                continue
            for caller in CALLERS:
                if caller.role not in MAY[one.action] or (caller.role in {"program_manager", "auditor"} and not caller.is_narrow):
                    continue
                theirs, nothing = world.sibling.ids[FIELDS[hole.field]], absent()
                found = await sent(world, one, filled(hole.make(theirs), world.own.ids), theirs, caller.name)
                never = await sent(world, one, filled(hole.make(nothing), world.own.ids), nothing, caller.name)
                assert (found, found.status) == (never, 404), (one.path, hole.field, caller.name, found.body)
                tried += 1
    assert tried >= 8


async def test_a_form_names_nothing_of_others(app: Litestar, world: World) -> None:
    """Forms of one's own pages: an id of another organization is one of nothing; to who has nothing to do with it, a sibling's is, too."""
    own, tried = world.own, set()
    for one in routes(app):
        fields = FORMS[one.name].fields.values() if one.name in FORMS else ()
        named = [noun for text in fields for noun in NAMED.findall(text)]
        for caller in CALLERS if named else ():
            path = one.at(own.ids[one.noun]) if one.noun else one.path
            nothing = dict.fromkeys(named, absent())
            never = told(await ask(own, caller.name, one.method, path, **given(one, nothing)), *nothing.values())
            assert never.status in {403, 404, 409, 422}, (one.name, caller, never)
            is_hidden = caller.is_stranger and not PEOPLE & set(named)
            for side in (world.foreign, *([world.sibling] if is_hidden else [])):
                found = await ask(own, caller.name, one.method, path, **given(one, side.ids))
                assert told(found, *(side.ids[noun] for noun in named)) == never, (one.name, caller)
            tried.add((one.name, never.status))
    assert {name for name, status in tried if status != 403} == {name for name, _ in tried}  # each was sent by somebody who may


async def test_a_command_of_a_batch_is_refused_like_one_of_its_own(world: World) -> None:
    """Whatever mode: what is another organization's, or a sibling's, is an id of nothing there, too."""
    body = {"about": "plan", "stance": "agrees", "text": "Shorter meetings"}
    for mode in ("each", "all"):
        for side in (world.foreign, world.sibling):
            answers = []
            for id in (side.ids["plan"], absent()):
                items = [{"command": "record_client_input", "target": id, "body": body}]
                answer = await ask(world.own, "client", "POST", "/v1/batches", json={"items": items, "mode": mode})
                answers.append(told(answer, id)._replace(headers=()))
            assert answers[0] == answers[1], (mode, answers)
            assert '"not_found"' in answers[0].body, (mode, answers)
