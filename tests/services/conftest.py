"""The real application over HTTP, on one database, with an organization of its own for each test."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
import uvicorn
from httpx import AsyncClient
from litestar import Litestar

from infra.eventstore.opening import Opener
from infra.eventstore.vault import Vault
from infra.keys import FileKeyProvider
from infra.postgres import pool
from infra.settings import Settings
from projections.runner import Runner
from services.wiring import create_app
from tests.database import Database
from tests.listing.witness import WITNESS
from tests.services.desk import Desk
from tests.services.firm import Firm
from tests.services.glass import TITLE, Glass
from tests.waiting import PATIENCE_SECONDS
from workers.port import listening


@pytest.fixture(scope="session")
def house(make_database: Callable[[], Database]) -> Database:
    """The database of the application under test."""
    return make_database()


@pytest.fixture(scope="session")
def settings(house: Database, provider: FileKeyProvider, folder: Path) -> Settings:
    environment = {"DATABASE_URL": house.dsn("app"), "THROUGHLINE_KEY_FILE": str(provider.path), "THROUGHLINE_DATA": str(folder)}
    environment |= {"THROUGHLINE_REQUESTS_PER_MINUTE": "1000000", "THROUGHLINE_ORGANIZATION_REQUESTS_PER_MINUTE": "1000000"}
    return Settings.from_env(environment)


@pytest.fixture(scope="session")
def app(settings: Settings) -> Iterator[Litestar]:
    """One that waits for its charts as long as tests do: a page without them is what a reader gets on a machine that is too slow."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("services.pages.chart.PATIENCE", float(PATIENCE_SECONDS))
        yield create_app(settings)


@pytest.fixture(scope="session")
async def address(app: Litestar) -> AsyncIterator[str]:
    """Where a server of the tests' own event loop answers."""
    calm = {"timeout_graceful_shutdown": 1, "timeout_keep_alive": 60}  # a slow machine does not lose a connection while it sends
    server = uvicorn.Server(uvicorn.Config(app, lifespan="on", log_config=None, access_log=False, **calm))
    with listening("127.0.0.1", 0) as bound:
        serving = asyncio.create_task(server.serve(sockets=[bound]))
        while not server.started:
            assert not serving.done(), "the server did not start"
            await asyncio.sleep(0.01)
        yield "http://{}:{}".format(*bound.getsockname())
        server.should_exit = True
        await serving


@pytest.fixture(scope="session")
async def client(address: str) -> AsyncIterator[AsyncClient]:
    async with AsyncClient(base_url=address, timeout=PATIENCE_SECONDS, event_hooks={"response": [WITNESS.answered]}) as client:
        yield client


@pytest.fixture(scope="session")
async def runner(house: Database, provider: FileKeyProvider) -> AsyncIterator[Runner]:
    """The projector, which the tests start when they want to see what they did."""
    connections = await pool(house.dsn("projector"), size=2)
    yield Runner(connections, Opener(Vault(provider)), patience=0.0)
    await connections.close()


@pytest.fixture
async def firm(app: Litestar, client: AsyncClient, runner: Runner) -> Firm:
    """An organization with one person in each role."""
    firm = Firm(client, runner, app.state.commands, app.state.api_keys)
    await firm.open()
    return firm


@pytest.fixture
async def engaged(firm: Firm) -> Firm:
    """The same with an active engagement of its client, coach and sponsor; no consent is granted."""
    await firm.engage()
    return firm


@pytest.fixture
async def planned(engaged: Firm) -> Firm:
    """The same with a draft of a plan that has one objective, called `Meet`."""
    await engaged.plan("Meet")
    return engaged


@pytest.fixture
def desk(app: Litestar, planned: Firm) -> Desk:
    """Where reports are asked for, made and fetched."""
    return Desk(app, planned)


@pytest.fixture
async def glass(firm: Firm) -> Glass:
    await firm.engage()
    await firm.plan(TITLE)
    await firm.enter("deputy", "program_manager")
    return Glass(firm)
