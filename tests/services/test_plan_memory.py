"""An item of the list of plans is encoded once, and again as soon as it could be another one; words are never remembered."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import msgspec
import pytest
from litestar import Litestar
from msgspec import Raw

from infra.eventstore.opening import Opener
from infra.eventstore.vault import Vault
from infra.keys import FileKeyProvider
from projections.catalogue import PROJECTIONS
from projections.kpi_board import KPI_BOARD
from projections.rebuild import purge
from projections.runner import Runner
from services.plan.memory import Item, Memory, Place, gap, with_gaps
from services.reading.view import INSIDE, NONE
from tests.services.firm import Firm
from tests.services.test_execution import active

PLACE = Place(UUID(int=1), UUID(int=2), 7, date(2026, 11, 22), None, INSIDE, UUID(int=3), True, None)
TEXT = "ab" * 16
ITEM = with_gaps("draft", {"title": gap(TEXT), "n": 1}, {TEXT})


async def listed(firm: Firm, who: str, query: str = "") -> dict[str, Any]:
    (plan,) = (await firm.seen(who, f"/v1/plans{query}"))["items"]
    found: dict[str, Any] = plan
    return found


def kept(app: Litestar, firm: Firm) -> dict[Place, Item]:
    memory: Memory = app.state.plans
    return {place: item for place, item in memory.kept.items() if place.tenant == firm.tenant}


async def test_an_item_is_looked_up_until_something_happens(planned: Firm, app: Litestar) -> None:
    before = await listed(planned, "coach")
    [(place, item)] = kept(app, planned).items()
    app.state.plans.kept[place] = with_gaps("draft", {"remembered": gap(item.gaps[0])}, item.words)
    assert (await listed(planned, "coach")).keys() == {"remembered"}
    assert (await listed(planned, "coach", "?fields=status")).keys() == {"id", "status"}, "another question"
    assert await listed(planned, "program_manager") != before, "another reader"
    await planned.done("coach", f"/v1/plans/{planned.ids['plan']}/acknowledge-win", {"what": "Asked before answering"})
    after = await listed(planned, "coach")
    assert [one["what"] for one in after["wins"]] == ["Asked before answering"]
    assert after | {"wins": [], "version": before["version"]} == before


async def test_what_is_told_again_is_byte_for_byte_what_was_told(planned: Firm) -> None:
    said = 'Say "no" \\ / to\tit;\nthen éàß 測試 😀 \u2028 </b> \\u0041'
    await planned.done("coach", f"/v1/plans/{planned.ids['plan']}/acknowledge-win", {"what": said})
    await planned.runner.catch_up()
    first, again = [(await planned.get("coach", "/v1/plans")).content for _ in range(2)]
    whole = msgspec.json.decode((await planned.get("coach", f"/v1/plans/{planned.ids['plan']}")).content)
    (item,) = msgspec.json.decode(first)["items"]
    assert item | {"people": whole["people"]} == whole
    assert first == again == msgspec.json.encode({"items": [item]})


async def test_no_words_are_remembered_and_what_is_erased_is_gone_at_once(planned: Firm, app: Litestar) -> None:
    title = (await listed(planned, "coach"))["objectives"][0]["title"]
    assert title == "Meet"
    [item] = kept(app, planned).values()
    assert len(item.words) >= len(set(item.gaps)) >= 3
    assert b"Meet" not in b"".join(item.parts)
    await purge(planned.runner.connections, planned.tenant, subject=UUID(planned.ids["client"]))
    assert (await listed(planned, "coach"))["objectives"][0]["title"] == {"erased": True}


async def test_a_consent_that_is_withdrawn_is_over_for_what_is_remembered(planned: Firm) -> None:
    await active(planned)
    await planned.consent(("objective_titles", "progress"))
    granted = [await listed(planned, "sponsor") for _ in range(2)]
    assert [one["objectives"][0]["title"] for one in granted] == ["Meet", "Meet"]
    await planned.consent(("objective_titles", "progress"), grant=False)
    assert (await listed(planned, "sponsor"))["objectives"] == {"withheld": True}
    assert (await planned.seen("sponsor", "/v1/plans?status=active"))["items"] == [], "nor does a filter tell it"


async def test_progress_that_is_still_to_be_followed_is_not_remembered(planned: Firm, provider: FileKeyProvider) -> None:
    await active(planned)
    at = f"/v1/plans/{planned.ids['plan']}/measure-progress"
    await planned.done("client", at, {"objective_id": planned.ids["Meet"], "value": "7", "source": "calendar"})
    followed = [one for one in PROJECTIONS if one is not KPI_BOARD]
    await Runner(planned.runner.connections, Opener(Vault(provider)), followed, patience=0.0).catch_up()
    (item,) = (await planned.get("coach", "/v1/plans")).json()["items"]
    assert item["objectives"][0]["progress"] is None
    assert (await listed(planned, "coach"))["objectives"][0]["progress"] == "0.5"


def test_an_item_of_which_a_text_is_gone_is_forgotten() -> None:
    memory = Memory()
    memory.keep(PLACE, ITEM)
    assert memory.whole(PLACE, {TEXT: Raw(b'"x"')}) is ITEM
    assert memory.size == ITEM.size
    assert memory.whole(PLACE, {}) is None
    assert memory.size == 0


@pytest.mark.parametrize(
    "other",
    [
        PLACE._replace(tenant=UUID(int=9)),
        PLACE._replace(plan=UUID(int=9)),
        PLACE._replace(position=8),
        PLACE._replace(today=date(2026, 11, 23)),
        PLACE._replace(planned_end=date(2026, 12, 1)),
        PLACE._replace(sight=INSIDE._replace(classes=NONE)),
        PLACE._replace(sight=INSIDE._replace(kept=frozenset({b"x"}))),
        PLACE._replace(reader=UUID(int=9)),
        PLACE._replace(counts=False),
        PLACE._replace(fields=frozenset({"status"})),
    ],
)
def test_another_question_is_not_answered_by_it(other: Place) -> None:
    memory = Memory()
    memory.keep(PLACE, ITEM)
    assert memory.whole(other, {TEXT: Raw(b'"x"')}) is None
