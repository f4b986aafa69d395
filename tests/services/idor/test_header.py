"""What a header names: tags, idempotency keys and positions of others open nothing, and tell nothing."""

from __future__ import annotations

from litestar import Litestar

from services.permission.table import MAY
from tests.services.firm import Firm
from tests.services.idor.route import KEPT, given
from tests.services.idor.test_path import with_id
from tests.services.idor.world import PARTIES, World, absent, ask, told

NOT_YET = "read_assessment_results"
"""Nothing is shown, and so nothing has a tag, before the coach releases them."""


async def test_a_tag_of_others_is_never_an_answer(app: Litestar, world: World) -> None:
    """Neither to who has nothing to do with it, nor to who sees another representation of it."""
    tagged = 0
    for one in with_id(app):
        if one.method != "GET" or "coach" not in MAY[one.action] or one.noun == "person":
            continue
        assert one.noun is not None
        id, more = own(world.own, one.noun, "coach"), given(one, world.own.ids)
        mine = await ask(world.own, "coach", "GET", one.at(id), **more)
        if one.name == NOT_YET:
            assert mine.status_code == 409, mine.text
            continue
        assert mine.status_code in {200, 303}, (one.path, mine.text)
        tag = mine.headers.get("etag")
        if tag is None:  # a page
            continue
        again = await ask(world.own, "coach", "GET", one.at(id), headers={"If-None-Match": tag}, **more)
        assert again.status_code == 304, one.path
        nothing = absent()
        for named in (tag, "*"):
            foreign = await ask(world.foreign, "coach", "GET", one.at(id), headers={"If-None-Match": named}, **more)
            never = await ask(world.foreign, "coach", "GET", one.at(nothing), headers={"If-None-Match": named}, **more)
            assert told(foreign, id) == told(never, nothing), one.path
            assert foreign.status_code == 404, one.path
        for who in PARTIES:
            theirs = await ask(world.foreign, who, "GET", one.at(own(world.foreign, one.noun, who)), headers={"If-None-Match": tag}, **more)
            assert theirs.status_code == (200 if who in MAY[one.action] else 403), (one.path, who)
        tagged += 1
    assert tagged > 8


def own(side: Firm, noun: str, who: str) -> str:
    return side.ids[f"{noun} of {who}"] if noun in KEPT.values() else side.ids[noun]


async def test_a_version_is_told_to_nobody_whose_it_is_not(app: Litestar, world: World) -> None:
    """What is not there is not at another version, either."""
    for one in with_id(app):
        if one.schema is None:
            continue
        assert one.noun is not None
        more = given(one, world.own.ids) | {"headers": {"If-Match": '"v999"'}}
        id, nothing = world.own.ids[one.noun], absent()
        for who in ("coach", "client", "program_manager", "admin"):
            found = told(await ask(world.foreign, who, one.method, one.at(id), **more), id)
            assert found == told(await ask(world.foreign, who, one.method, one.at(nothing), **more), nothing), (one.path, who)
            assert found.status == 404, (one.path, who)


async def test_an_idempotency_key_opens_no_answer_of_others(world: World) -> None:
    at, body = f"/v1/plans/{world.own.ids['plan']}/record-client-input", {"about": "plan", "stance": "agrees", "text": "Shorter meetings"}
    once = {"Idempotency-Key": "the-same-for-all"}
    sent = await ask(world.own, "client", "POST", at, json=body, headers=once)
    again = await ask(world.own, "client", "POST", at, json=body, headers=once)
    assert (sent.status_code, again.status_code, again.headers["idempotency-replayed"]) == (200, 200, "true"), sent.text
    for side, who, status in (
        (world.own, "coach", 200),
        (world.own, "admin", 403),
        (world.own, "stranger", 404),
        (world.sibling, "client", 404),
        (world.foreign, "client", 404),
    ):
        other = await ask(side, who, "POST", at, json=body, headers=once)
        assert (other.status_code, "idempotency-replayed" in other.headers) == (status, False), (who, other.text)


async def test_a_position_of_another_organization_is_a_number(world: World) -> None:
    """A log that is not as long answers the same to any position beyond it."""
    answers = []
    for position in (10**6, 10**6 + 1):
        answer = await ask(world.own, "client", "GET", "/v1/plans", headers={"Throughline-Min-Position": str(position)})
        assert answer.status_code == 503, answer.text
        answers.append(told(answer))
    assert answers[0] == answers[1]
