"""One organization's lock is held, and its requests pile up: everybody else is served meanwhile, and nothing breaks."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import NamedTuple
from uuid import UUID

import asyncpg
from httpx import ASGITransport, AsyncClient, Response
from litestar import Litestar
from msgspec.structs import replace
from uuid_utils.compat import uuid7

from domain.organization.commands import RegisterOrganization
from domain.person.commands import RegisterPerson
from infra.metrics import POSTPONED
from infra.postgres import Pool
from infra.pressure import Pressure
from infra.settings import Settings
from services.wiring import create_app, pool_of
from tests.database import Database
from tests.waiting import PATIENCE_SECONDS
from workers.founding import found

POOL = 4
LOCK = "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))"
WAITING = """
SELECT count(*) FROM pg_locks l CROSS JOIN pg_sleep(0.01)
 WHERE l.locktype = 'advisory' AND NOT l.granted AND l.database = (SELECT oid FROM pg_database WHERE datname = $1)
"""


class House(NamedTuple):
    """The application on a small pool, and one who may hold locks."""

    app: Litestar
    client: AsyncClient
    admin: asyncpg.Connection
    name: str

    @property
    def pool(self) -> Pool:
        found: Pool = self.app.state.reads.connections
        return found

    async def waits(self, number: int) -> None:
        """Until so many sessions wait for an organization's lock."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while await self.admin.fetchval(WAITING, self.name) < number:
                continue


class Firm(NamedTuple):
    """An organization with an administrator, who registers people."""

    house: House
    tenant: UUID
    key: str

    async def write(self, number: int) -> Response:
        body = {"name": f"Person {number}", "email": f"p{number}@example.org"}
        return await self.house.client.post("/v1/people", json=body, headers=self.headers)

    async def read(self) -> Response:
        return await self.house.client.get("/v1/me", headers=self.headers)

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key}"}

    @asynccontextmanager
    async def locked(self) -> AsyncIterator[None]:
        """Somebody else is in the middle of an append, and does not get on."""
        async with self.house.admin.transaction():
            await self.house.admin.execute(LOCK, str(self.tenant))
            yield


@asynccontextmanager
async def running(settings: Settings, house: Database) -> AsyncIterator[House]:
    """The application's life begins and ends in the test's own task, which a fixture's does not."""
    async with AsyncExitStack() as stack:
        app = create_app(replace(settings, pool_size=POOL, lock_seconds=1))
        await stack.enter_async_context(app.lifespan())
        transport = ASGITransport(app, raise_app_exceptions=False)
        client = await stack.enter_async_context(AsyncClient(transport=transport, base_url="http://throughline.test"))
        admin = await asyncpg.connect(house.dsn("admin"))
        stack.push_async_callback(admin.close)
        yield House(app, client, admin, house.name)


async def opened(house: House) -> Firm:
    tenant = uuid7()
    organization = RegisterOrganization(name="Northlight", slug=f"firm-{tenant.hex[-12:]}", time_zone="Etc/UTC")
    state = house.app.state
    founded = await found(state.commands, state.api_keys, tenant, organization, RegisterPerson(name="Ada", email="ada@example.org"))
    return Firm(house, tenant, founded.key)


def begun(requests: list[Awaitable[Response]]) -> list[asyncio.Task[Response]]:
    return [asyncio.ensure_future(one) for one in requests]


def told(small: House) -> dict[tuple[str, ...], float]:
    """What monitoring is told, by name and labels."""
    families = [*Pressure(lambda: pool_of(small.app)).collect(), *POSTPONED.collect()]
    return {(sample.name, *sample.labels.values()): sample.value for family in families for sample in family.samples}


def postponed(answer: Response) -> bool:
    """Told to come back, by whom it is understood: `busy`, and when."""
    return (answer.status_code, answer.json()["code"]) == (503, "busy") and int(answer.headers["retry-after"]) >= 1


async def test_who_waits_for_their_own_lock_leaves_connections_to_others(settings: Settings, house: Database) -> None:
    async with running(settings, house) as small:
        stuck, other = await opened(small), await opened(small)
        async with stuck.locked():
            waiting = begun([stuck.write(number) for number in range(40)])
            await small.waits(POOL // 2)
            answers = [await other.write(number) for number in range(5)] + [await other.read()]
            assert [answer.status_code for answer in answers] == [201] * 5 + [200]
            assert small.pool.gate is not None
            assert small.pool.gate.held[stuck.tenant] <= POOL // 2
            assert not any(one.done() and one.result().is_success for one in waiting)
        for answer in await asyncio.gather(*waiting):
            assert answer.status_code == 201 or postponed(answer)
        assert (await stuck.write(41)).status_code == 201


async def test_a_lock_that_is_held_for_long_is_told_to_that_organization_only(settings: Settings, house: Database) -> None:
    async with running(settings, house) as small:
        stuck, other = await opened(small), await opened(small)
        async with stuck.locked():
            assert postponed(await stuck.write(1))
            assert (await stuck.read()).status_code == 200  # a client's reading needs no lock, nor does one's own
            assert (await other.write(1)).status_code == 201
        assert (await stuck.write(1)).status_code == 201


async def test_more_than_can_wait_are_refused_health_is_answered_and_all_recovers(settings: Settings, house: Database) -> None:
    async with running(settings, house) as small:
        stuck, other = await opened(small), await opened(small)
        async with stuck.locked():
            many = begun([stuck.write(number) for number in range(200)])
            while not told(small)["throughline_pool_waiting",]:
                await small.waits(1)
            under_way = told(small)
            health = await asyncio.gather(*(small.client.get(path) for path in ("/health/live", "/health/ready")))
            assert [answer.status_code for answer in health] == [200, 200]
            assert (await other.read()).status_code == 200
            answers = await asyncio.gather(*many)  # none waits for the lock to be let go
            assert all(postponed(answer) for answer in answers)
        assert (await stuck.write(200)).status_code == 201
        gate = small.pool.gate
        assert gate is not None
        assert (gate.free, gate.waiting, +Counter(gate.held)) == (POOL, 0, Counter())
        assert under_way["throughline_pool_connections", "used"] >= 1
        after = told(small)
        assert after["throughline_pool_refused_total",] + after["throughline_postponed_total", "LockNotAvailableError"] >= 200
        assert (after["throughline_pool_connections", "used"], after["throughline_pool_waiting",]) == (0, 0)


async def test_as_many_stuck_organizations_as_connections_leave_nothing_broken(settings: Settings, house: Database) -> None:
    """Who comes then is told to come back, too; as soon as one gets on, everybody does."""
    async with running(settings, house) as small:
        firms = [await opened(small) for _ in range(POOL)]
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(small.admin.transaction())
            for firm in firms:
                await small.admin.execute(LOCK, str(firm.tenant))
            answers = await asyncio.gather(
                *(firm.write(number) for firm in firms for number in range(10)), small.client.get("/health/ready")
            )
            assert all(postponed(answer) for answer in answers[:-1])
            assert answers[-1].status_code == 200
        answers = await asyncio.gather(*(firm.write(1) for firm in firms))
        assert [answer.status_code for answer in answers] == [201] * POOL
