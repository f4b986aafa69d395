"""What works through many engagements does so one at a time, so that others are answered meanwhile."""

from __future__ import annotations

import asyncio

import pytest
from litestar import Litestar

from tests.services.firm import Firm


@pytest.mark.parametrize("path", ["/v1/audit/stalled-objectives", "/v1/board/as-of?position={position}", "/v1/ledger?format=csv"])
async def test_one_at_a_time_goes_through_all_engagements(app: Litestar, planned: Firm, path: str) -> None:
    shown = await planned.get("auditor", "/v1/me")
    at = path.format(position=shown.headers["Throughline-Position"])
    await planned.runner.catch_up()
    async with app.state.reads.sweep:
        asked = asyncio.create_task(planned.get("auditor", at))
        about = f"/v1/audit/stalled-objectives?about={planned.ids['plan']}"
        for other in (about, "/v1/board", "/v1/ledger"):
            assert (await planned.get("auditor", other)).status_code == 200
        assert not asked.done()
    assert (await asked).status_code == 200
