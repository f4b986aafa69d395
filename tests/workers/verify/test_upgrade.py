"""Events that an earlier release stored in a form of its own: every reader lifts them, and nothing that is stored changes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import msgspec
import pytest

from domain.event import STORED, Stored
from domain.nouns import NOUNS
from domain.plan.events import ProgressMeasured
from domain.plan.state import PlanState
from infra.eventstore import codec
from infra.eventstore.bridge.replay import Replay
from infra.eventstore.hindsight import At
from infra.eventstore.opening import Opener
from infra.eventstore.store import Store
from infra.eventstore.vault import Vault
from infra.keys import FileKeyProvider
from infra.postgres import pool
from projections.runner import Runner
from tests.database import Database, ask
from tests.infra.plan_told import measured, tell_plan
from tests.infra.told import new_id, record, register
from workers.verify.difference import Findings
from workers.verify.origin import origins
from workers.verify.part import Task, examine, moment

NAME, FORM = STORED[ProgressMeasured]
PLAN: Final = NOUNS["plan"]


def lifted(payload: dict[str, Any]) -> dict[str, Any]:
    """What this release calls `value` was called `reading`, and nobody noted who the source was."""
    return {**payload, "value": payload["reading"], "source": "client"}


def lowered(payload: dict[str, Any]) -> dict[str, Any]:
    return {**{name: value for name, value in payload.items() if name not in ("value", "source")}, "reading": payload["value"]}


class Log:
    """A plan whose measurements an earlier release stored. `before` is its state as it was told."""

    def __init__(self, database: Database, store: Store, tenant: UUID, plan: UUID, before: PlanState) -> None:
        self.database, self.store, self.tenant, self.plan, self.before = database, store, tenant, plan, before

    async def state(self, position: int | None = None) -> PlanState:
        """As it stands, or stood."""
        reading = await (
            self.store.read(self.tenant, self.plan)
            if position is None
            else self.store.read_as_of(self.tenant, At(position=position), self.plan)
        )
        state: PlanState = reading.state(self.plan, "plan")
        return state

    def stored(self) -> list[tuple[Any, ...]]:
        """Position, form and content of the measurements."""
        return ask(self.database.dsn("admin"), f"SELECT position, schema_v, payload FROM es.event WHERE type = '{NAME}' ORDER BY position")


@pytest.fixture
async def log(database: Database, store: Store) -> Log:
    tenant = new_id()
    await register(store, tenant)
    plan = await tell_plan(store, tenant, measurements=12)
    before: PlanState = (await store.read(tenant, plan)).state(plan)
    log = Log(database, store, tenant, plan, before)
    for position, _, payload in log.stored():
        earlier = msgspec.json.encode(lowered(msgspec.json.decode(payload))).hex()
        content = f"decode('{earlier}', 'hex')"
        ask(database.dsn("admin"), f"UPDATE es.event SET payload = {content}, payload_hash = sha256({content}) WHERE position = {position}")
    return log


@pytest.fixture
def newer(log: Log, monkeypatch: pytest.MonkeyPatch) -> Iterator[Log]:
    """A newer release than the one that wrote the log: a measurement has a form more."""
    monkeypatch.setitem(STORED, ProgressMeasured, Stored(NAME, FORM + 1))
    monkeypatch.setitem(codec.UPCASTS, (NAME, FORM), lifted)
    codec.reader.cache_clear()
    yield log
    codec.reader.cache_clear()


async def verified(log: Log, key_file: Path) -> Findings:
    """In this process, which has the form: the command's own would not."""
    async with moment(log.database.dsn("app"), log.tenant) as connection:
        snapshot = await connection.fetchval("SELECT pg_export_snapshot()")
        task = Task(log.database.dsn("app"), key_file, log.tenant, snapshot, 0, 1, True, origins())
        return (await examine(task, lambda events: None)).findings


async def test_a_plan_loads_as_it_was_told_now_and_at_every_moment(newer: Log) -> None:
    first, last = newer.stored()[0][0], newer.stored()[-1][0]
    assert await newer.state() == newer.before
    assert await newer.state(last + 1) == newer.before
    assert await newer.state(first) != await newer.state(last)


async def test_the_second_engine_folds_the_same(newer: Log) -> None:
    with Replay(env={"DATABASE_URL": newer.database.dsn("app"), "BRIDGE_TENANT": str(newer.tenant)}) as replay:
        assert replay.state(newer.plan, PLAN.initial, PLAN.evolve) == newer.before


async def test_both_forms_stand_in_one_stream_and_verify_compares_the_read_models_made_of_them(
    newer: Log, provider: FileKeyProvider
) -> None:
    earlier = newer.stored()
    objective = newer.before.open_objectives[0].id
    await record(newer.store, newer.tenant, newer.plan, [measured(objective, 12)])
    async with await pool(newer.database.dsn("projector")) as connections:
        await Runner(connections, Opener(Vault(provider))).catch_up()
    assert [each.text for each in (await verified(newer, provider.path)).listed()] == []
    assert ([form for _, form, _ in newer.stored()], newer.stored()[:-1]) == ([FORM] * len(earlier) + [FORM + 1], earlier)


async def test_without_the_lift_it_does_not_load(log: Log) -> None:
    """So the tests above fail when nobody lifts."""
    with pytest.raises(ValueError, match="cannot be read"):
        await log.state()
