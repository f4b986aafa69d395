"""Organizations with a history, and what their clients can report today."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from decimal import Decimal
from itertools import count, cycle
from typing import NamedTuple
from uuid import UUID

import asyncpg

from domain.plan.commands import MeasureProgress
from domain.plan.state import PlanState
from infra import postgres
from infra.eventstore.store import Store
from infra.eventstore.vault import Vault
from infra.keys import FileKeyProvider
from infra.settings import Settings
from services.actor import Actor
from services.command.execution import Commands, utc_now
from services.directory import Directory
from services.entry.auth import Keys
from tests.bench.stage import Stage
from tests.database import Database
from workers.demo import keys
from workers.demo.history.load import loading
from workers.demo.history.size import Size

ACTIVE = "SELECT stream_id FROM es.event WHERE tenant_id = $1 AND type = 'plan.plan_activated' ORDER BY stream_id"


class Measured(NamedTuple):
    """A plan under way with an objective that its client measures, and the client's key."""

    client: Actor
    key: str
    plan: UUID
    objective: UUID


class Coached(NamedTuple):
    """An organization with a history: its director's key, and its plans that are under way."""

    tenant: UUID
    director: str
    plans: list[Measured]


class Office:
    """The product's own writer and reader in this process, on as many connections as an API process has."""

    def __init__(self, settings: Settings, database: Database, pool: asyncpg.Pool) -> None:
        self.settings = settings
        self.database = database
        self.store = Store(pool, Vault(FileKeyProvider(settings.key_file)))
        self.commands = Commands(self.store, Directory(pool))
        self.keys = Keys(pool, utc_now)

    async def coached(self, size: Size) -> Coached:
        """Writes a history of this size, up to today."""
        await loading(self.settings, size, lambda said: None, datetime.now(UTC).date())
        named = await self.commands.directory.find(size.slug)
        if named is None:
            raise LookupError(f"{size.slug} was not written")
        plans = [plan async for plan in self.plans(named.tenant)]
        return Coached(named.tenant, keys.of(self.settings, size.slug)[0].key, plans)

    async def plans(self, tenant: UUID) -> AsyncIterator[Measured]:
        connection = await asyncpg.connect(self.database.dsn("admin"))
        try:
            streams = [row["stream_id"] for row in await connection.fetch(ACTIVE, tenant)]
        finally:
            await connection.close()
        for stream in streams:
            plan: PlanState = (await self.store.read(tenant, stream)).state(stream, "plan")
            measured = [one.id for one in plan.open_objectives if one.terms.measure and one.terms.measure.kind == "numeric"]
            if plan.status == "active" and measured:
                made = await self.keys.create(tenant, plan.client_id, "client")
                yield Measured(Actor(tenant, plan.client_id, "client", made.key_id), made.key, stream, measured[0])


@asynccontextmanager
async def office(stage: Stage) -> AsyncIterator[Office]:
    """On a database of its own."""
    database = stage.database()
    values = {
        "DATABASE_URL": database.dsn("app"),
        "THROUGHLINE_KEY_FILE": str(stage.provider.path),
        "THROUGHLINE_DATA": str(stage.folder),
    }
    settings = Settings.from_env(values)
    pool = await postgres.pool(database.dsn("app"), size=settings.pool_size)
    made = Office(settings, database, pool)
    try:
        yield made
        await made.store.settle()
    finally:
        await pool.close()


class Report(NamedTuple):
    """A measurement that is still to be reported."""

    of: Measured
    command: MeasureProgress

    @property
    def path(self) -> str:
        return f"/v1/plans/{self.of.plan}/measure-progress"

    @property
    def body(self) -> object:
        return {"objective_id": self.command.objective_id, "value": self.command.value, "source": self.command.source}


class Reporter:
    """Reports on plans that nobody else reports on, one after the other; never the same twice."""

    def __init__(self, plans: Sequence[Measured]) -> None:
        self.plans = cycle(plans)
        self.numbers = count(1)

    def next(self) -> Report:
        plan, number = next(self.plans), next(self.numbers)
        return Report(plan, MeasureProgress(objective_id=plan.objective, value=Decimal(number), source="bench"))


def reporters(coached: Sequence[Coached], number: int) -> list[Reporter]:
    """So many, who share all plans among them. Raises `ValueError` when there are not enough plans."""
    plans = [plan for one in coached for plan in one.plans]
    if len(plans) < number:
        raise ValueError(f"{len(plans)} plans are not enough for {number} reporters")
    return [Reporter(plans[place::number]) for place in range(number)]
