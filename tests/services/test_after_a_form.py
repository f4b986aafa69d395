"""The page that follows a form shows what the form did: it waits for its rows, and says so when they are not there in time."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID

import pytest
from litestar import Request

from infra.postgres import Pool
from projections.projection import Projection
from services.reading.following import follow
from tests.services.firm import Firm
from tests.services.test_booking_page import asked
from tests.services.test_session_page import browser

LATER = "What you did is recorded, and shows here in a moment."
BOOKED = "4 Mar 2198, 10:00"


async def test_the_page_after_a_form_waits_for_the_projector(engaged: Firm, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The projector begins when the page is waiting already."""
    waits = asyncio.Event()

    async def told(connections: Pool, request: Request[Any, Any, Any], tenant: UUID, *shown: Projection[Any]) -> None:
        waits.set()
        await follow(connections, request, tenant, *shown)

    async with browser(engaged, address, "coach") as coach:
        await engaged.runner.catch_up()
        leads = (await asked(coach)).headers["location"]
        monkeypatch.setattr("services.reading.reads.follow", told)
        page = asyncio.create_task(coach.client.get(leads))
        await waits.wait()
        await engaged.runner.catch_up()
        shown = (await page).text
    assert (BOOKED in shown, LATER in shown) == (True, False)


async def test_a_projector_that_is_held_back_is_not_waited_for_longer_than_a_second_in_all(engaged: Firm, address: str) -> None:
    async with browser(engaged, address, "coach") as coach:
        await engaged.runner.catch_up()
        assert (await asked(coach)).status_code == 303
        late = await coach.client.get("/sessions?done=book")
        assert (late.status_code, BOOKED in late.text, LATER in late.text, "It is booked." in late.text) == (200, False, True, True)
        assert LATER not in (await coach.client.get("/sessions")).text, "who comes without a form waits for nothing"
        shown = await coach.shown("/sessions?done=book")
        assert (BOOKED in shown.words, LATER in shown.words) == (True, False)
