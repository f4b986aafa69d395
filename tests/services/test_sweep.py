"""What works through many engagements does so one at a time, few wait for it, and each key once; others are answered meanwhile."""

from __future__ import annotations

import asyncio
from uuid import UUID

import pytest
from litestar import Litestar
from uuid_utils.compat import uuid7

from services.actor import Actor
from services.reading.reads import Reads
from services.reading.sweep import MOST, MOST_OF_ONE, Sweep
from tests.services.firm import Firm
from tests.waiting import PATIENCE_SECONDS

HEAVY = "/v1/audit/stalled-objectives"


@pytest.fixture
def reads(app: Litestar, address: str) -> Reads:
    found: Reads = app.state.reads
    return found


def somebody(tenant: UUID | None = None) -> Actor:
    return Actor(tenant or uuid7(), uuid7(), "auditor", uuid7())


async def waiting(sweep: Sweep, count: int) -> None:
    """Until so many are answered or wait."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while len(sweep.asking) < count:  # noqa: ASYNC110 - it says nothing when somebody comes
            await asyncio.sleep(0.001)


@pytest.mark.parametrize("path", [HEAVY, "/v1/board/as-of?position={position}", "/v1/ledger?format=csv"])
async def test_one_at_a_time_goes_through_all_engagements(reads: Reads, planned: Firm, path: str) -> None:
    shown = await planned.get("auditor", "/v1/me")
    at = path.format(position=shown.headers["Throughline-Position"])
    await planned.runner.catch_up()
    async with reads.sweep.turn(somebody()):
        asked = asyncio.create_task(planned.get("auditor", at))
        await waiting(reads.sweep, 2)
        about = f"{HEAVY}?about={planned.ids['plan']}"
        for other in (about, "/v1/board", "/v1/ledger", "/health/live", "/health/ready"):
            assert (await planned.get("auditor", other)).status_code == 200
        assert not asked.done()
    assert (await asked).status_code == 200


async def test_who_may_not_ask_is_told_so_at_once_and_keeps_no_place(reads: Reads, planned: Firm) -> None:
    async with reads.sweep.turn(somebody()), asyncio.timeout(PATIENCE_SECONDS):
        assert (await planned.get("sponsor", HEAVY)).status_code == 403
        for who in ("client", "coach", "sponsor"):
            assert (await planned.get(who, "/v1/ledger?format=csv")).status_code == 403


async def test_a_key_that_waits_for_an_answer_is_told_to_wait_before_it_asks_again(reads: Reads, planned: Firm) -> None:
    await planned.runner.catch_up()
    async with reads.sweep.turn(somebody()):
        first = asyncio.create_task(planned.get("auditor", HEAVY))
        await waiting(reads.sweep, 2)
        for again in (HEAVY, "/v1/audit/altered-history", "/v1/ledger?format=csv"):
            refused = await planned.get("auditor", again)
            assert (refused.status_code, refused.json()["code"], refused.headers["Retry-After"]) == (429, "asked_already", "5")
        other = asyncio.create_task(planned.get("program_manager", HEAVY))
        await waiting(reads.sweep, 3)
    assert [(await one).status_code for one in (first, other)] == [200, 200]
    assert (await planned.get("auditor", HEAVY)).status_code == 200


async def test_of_many_at_once_one_key_gets_one_answer_and_none_an_error(reads: Reads, planned: Firm) -> None:
    await planned.runner.catch_up()
    async with reads.sweep.turn(somebody()):
        asked = [asyncio.create_task(planned.get("auditor", HEAVY)) for _ in range(8)]
        await asyncio.wait(asked, return_when=asyncio.FIRST_COMPLETED)
        small = [asyncio.create_task(planned.get("auditor", path)) for path in ("/health/live", "/v1/me", "/v1/plans") * 4]
        assert {(await one).status_code for one in small} == {200}
    assert sorted([(await one).status_code for one in asked]) == [200, *[429] * 7]
    assert reads.sweep.asking == {}


async def test_the_queue_is_bounded_and_one_organization_does_not_fill_it(reads: Reads, planned: Firm) -> None:
    turns = [reads.sweep.turn(somebody(planned.tenant)) for _ in range(MOST_OF_ONE)]
    entering = [asyncio.create_task(turn.__aenter__()) for turn in turns]
    await waiting(reads.sweep, MOST_OF_ONE)
    refused = await planned.get("auditor", HEAVY)
    assert (refused.status_code, refused.json()["code"], refused.headers["Retry-After"]) == (429, "too_many_ask", "15")
    turns += (others := [reads.sweep.turn(somebody()) for _ in range(MOST - MOST_OF_ONE)])
    entering += [asyncio.create_task(turn.__aenter__()) for turn in others]
    await waiting(reads.sweep, MOST)
    last = Firm(planned.client, planned.runner, planned.commands, planned.issuer)
    await last.open()
    assert (await last.get("auditor", HEAVY)).status_code == 429
    for turn, entered in zip(turns, entering, strict=True):
        await entered
        await turn.__aexit__(None, None, None)
    assert (await last.get("auditor", HEAVY)).status_code == 200


async def test_one_who_goes_away_leaves_the_queue(reads: Reads) -> None:
    who = somebody()
    async with reads.sweep.turn(somebody()):
        gone = asyncio.create_task(reads.sweep.turn(who).__aenter__())
        await waiting(reads.sweep, 2)
        gone.cancel()
        await asyncio.wait([gone])
        assert who.key_id not in reads.sweep.asking
