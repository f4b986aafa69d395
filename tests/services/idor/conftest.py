"""The world that is swept: one for all that only asks, and another where what is allowed happens."""

from __future__ import annotations

import pytest
from httpx import AsyncClient
from litestar import Litestar

from projections.runner import Runner
from tests.services.firm import Firm
from tests.services.idor.world import World, built


@pytest.fixture(scope="package")
async def world(app: Litestar, client: AsyncClient, runner: Runner) -> World:
    firm = Firm(client, runner, app.state.commands, app.state.api_keys)
    await firm.open()
    return await built(app, firm)


@pytest.fixture
async def fresh(app: Litestar, firm: Firm) -> World:
    return await built(app, firm)
