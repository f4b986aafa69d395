"""An organization is ended: at once nobody can read it, and after its grace nothing of it is left but a receipt."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import asyncpg
import psycopg
import pytest
from click.testing import CliRunner

from domain.errors import NotFound
from domain.event import Event
from domain.organization.commands import RegisterOrganization
from domain.person.commands import RegisterPerson
from infra.blobs import Folder
from infra.eventstore.errors import UnknownTenant
from infra.eventstore.opening import Opener
from infra.eventstore.reading import Reading
from infra.eventstore.store import Intent, Store
from infra.eventstore.vault import Vault
from infra.keys import FileKeyProvider
from infra.postgres import pool
from infra.settings import Misconfigured, Settings
from projections.runner import Runner
from tests.database import Database, ask
from tests.infra.told import new_id, person, policy, record, recording
from workers.cli.demo import demo
from workers.demo import keys
from workers.demo.story import playing
from workers.ending import end
from workers.office import office

GRACE = timedelta(days=30)


@pytest.fixture
def environment(database: Database, provider: FileKeyProvider, home: Path) -> dict[str, str]:
    return {
        "DATABASE_URL": database.dsn("app"),
        "MIGRATION_DATABASE_URL": database.dsn("owner"),
        "THROUGHLINE_KEY_FILE": str(provider.path),
        "THROUGHLINE_DATA": str(home),
    }


@pytest.fixture
def settings(environment: dict[str, str]) -> Settings:
    return Settings.from_env(environment)


@pytest.fixture
async def runner(database: Database, provider: FileKeyProvider) -> AsyncIterator[Runner]:
    connections = await pool(database.dsn("projector"), size=2)
    yield Runner(connections, Opener(Vault(provider)), patience=0.0)
    await connections.close()


async def founded(settings: Settings, slug: str) -> UUID:
    """An organization as an operator makes one, with its administrator and their key."""
    async with office(settings) as staff:
        firm = RegisterOrganization(name=slug, slug=slug, time_zone="Etc/UTC")
        made = await staff.create_tenant(new_id(), firm, RegisterPerson(name="Ann Lind", email=f"ann@{slug}.example"))
    return made.tenant


def rows_of(database: Database, tenant: UUID) -> dict[str, int]:
    """Table -> how many rows the tenant has there, where it has any, but for the receipt."""
    found = ask(
        database.dsn("admin"),
        """SELECT c.oid::regclass::text FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
            WHERE a.attname = 'tenant_id' AND c.relkind = 'r' AND c.relnamespace::regnamespace::text IN ('es', 'rm', 'directory')""",
    )
    tables = sorted({row[0] for row in found} - {"directory.ended"})
    counts = {name: ask(database.dsn("admin"), f"SELECT count(*) FROM {name} WHERE tenant_id = '{tenant}'")[0][0] for name in tables}
    return {name: count for name, count in counts.items() if count}


async def test_at_once_nobody_reads_it_and_after_the_grace_only_a_receipt_is_left(
    settings: Settings, database: Database, provider: FileKeyProvider, app_pool: asyncpg.Pool, runner: Runner
) -> None:
    blobs, owner = Folder(settings.blobs), database.dsn("owner")
    mine, other = await founded(settings, "mine"), await founded(settings, "other")
    await runner.catch_up()
    key, before = blobs.put(mine, b"a report"), rows_of(database, other)

    ended = await end(owner, "mine", GRACE, blobs)
    assert (ended.tenant, ended.keys > 0, ended.emptied, ended.rows) == (mine, True, False, 0)
    left = rows_of(database, mine)
    assert left["es.event"] == ended.position
    assert not {"es.tenant_head", "es.tenant_key", "directory.api_key", "directory.organization"} & left.keys()
    with pytest.raises(UnknownTenant):
        await Store(app_pool, Vault(provider)).execute(mine, [mine], recording(mine, policy()))
    await runner.catch_up()  # which finds nothing to follow

    assert not (await end(owner, "mine", GRACE, blobs)).emptied
    ask(database.dsn("admin"), f"UPDATE directory.ended SET ended_at = ended_at - interval '{GRACE.days} days'")
    gone = await end(owner, "mine", GRACE, blobs)
    assert (gone.emptied, gone.rows, gone.keys) == (True, sum(left.values()), ended.keys)
    assert rows_of(database, mine) == {}
    assert not (settings.blobs / str(mine) / key).exists()
    again = await end(owner, "mine", GRACE, blobs)
    assert (again.emptied, again.ended_at, again.rows) == (True, gone.ended_at, 0)
    assert rows_of(database, other) == before


async def test_what_is_being_decided_when_it_is_ended_is_refused_as_unknown(
    settings: Settings, database: Database, provider: FileKeyProvider, app_pool: asyncpg.Pool
) -> None:
    """Between load and append: a change of the organization itself, words sealed with a key that was remembered, or with a new one."""
    blobs, owner, log = Folder(settings.blobs), database.dsn("owner"), Store(app_pool, Vault(provider))
    for number, what in enumerate(("itself", "somebody known", "somebody new")):
        tenant, somebody = await founded(settings, f"firm-{number}"), new_id()
        await record(log, tenant, somebody, [person(somebody)])
        stream = {"itself": tenant, "somebody known": somebody, "somebody new": new_id()}[what]
        event = policy() if stream == tenant else person(stream, email="new@example.org")

        async def attempt(reading: Reading, name: str = f"firm-{number}", stream: UUID = stream, event: Event = event) -> Intent:
            await end(owner, name, GRACE, blobs)
            return await recording(stream, event)(reading)

        before = rows_of(database, tenant)["es.event"]
        with pytest.raises(UnknownTenant):
            await log.execute(tenant, [stream], attempt)
        assert rows_of(database, tenant)["es.event"] == before
        assert "es.tenant_head" not in rows_of(database, tenant)


async def test_a_name_that_is_free_again_may_be_ended_again(settings: Settings, database: Database) -> None:
    blobs, owner = Folder(settings.blobs), database.dsn("owner")
    first = await founded(settings, "mine")
    await end(owner, "mine", GRACE, blobs)
    second = await founded(settings, "mine")
    assert (await end(owner, "mine", timedelta(0), blobs)).tenant == second != first
    assert rows_of(database, first) == rows_of(database, second) == {}


async def test_a_name_that_nobody_has_is_refused(settings: Settings, database: Database) -> None:
    with pytest.raises(NotFound, match="nobody"):
        await end(database.dsn("owner"), "nobody", GRACE, Folder(settings.blobs))


async def test_rows_of_a_living_organization_are_not_dropped(settings: Settings, database: Database) -> None:
    tenant = await founded(settings, "mine")
    with pytest.raises(psycopg.Error, match="was not ended"):
        ask(database.dsn("owner"), f"SELECT es.drop_rows('{tenant}', 'es.event')")


@pytest.mark.parametrize("role", ["app", "projector", "worker"])
def test_no_process_may_end_one(database: Database, role: str) -> None:
    with pytest.raises(psycopg.Error, match="permission denied"):
        ask(database.dsn(role), "SELECT * FROM es.end_tenant('mine')")


def test_the_demo_removes_what_it_brought(settings: Settings, database: Database, environment: dict[str, str]) -> None:
    asyncio.run(playing(settings, environment["DATABASE_URL"]))
    other = asyncio.run(founded(settings, "other"))
    done = CliRunner().invoke(demo, ["--remove"], env=environment, catch_exceptions=False)
    assert (done.exit_code, done.output.startswith("demo: ")) == (0, True)
    assert ask(database.dsn("admin"), "SELECT DISTINCT tenant_id FROM es.event") == [(other,)]
    assert not keys.path(settings).exists()


def test_the_demo_removes_nobody_else_of_the_same_name(settings: Settings, database: Database, environment: dict[str, str]) -> None:
    firm = asyncio.run(founded(settings, "demo"))
    keys.write(settings, "demo", [keys.DemoKey(who="Dana Whitfield", role="program_manager", key="tl_of_another_database")])
    before = rows_of(database, firm)
    done = CliRunner().invoke(demo, ["--remove"], env=environment)
    assert isinstance(done.exception, Misconfigured)
    assert "tenant delete demo" in str(done.exception)
    assert rows_of(database, firm) == before
    assert keys.path(settings).exists()
