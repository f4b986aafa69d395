"""`throughline rebuild` of many organizations: broken off and gone on with, by several processes, past what cannot be built."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import psycopg
import pytest

from infra.eventstore.opening import Opener
from infra.eventstore.store import Store
from infra.eventstore.vault import Vault
from infra.keys import FileKeyProvider
from infra.postgres import pool
from projections.members import MEMBERS
from projections.runner import Runner
from tests.database import Database, ask
from tests.infra.told import new_id, register
from tests.projections.story import tell
from tests.waiting import until
from tests.workers.installation import exists, surroundings, throughline
from workers.cli.exit import Exit

ROWS = f"SELECT t::text FROM rm.members_g{MEMBERS.version} t ORDER BY 1"
DONE = "SELECT count(*) FROM es.checkpoint WHERE projection = 'members' AND rebuilt_at IS NOT NULL"
HOLD = "SELECT FROM es.checkpoint WHERE tenant_id = %s AND projection = 'members' FOR UPDATE"


@pytest.fixture
async def tenants(store: Store, database: Database, provider: FileKeyProvider) -> list[UUID]:
    """Five organizations whose read models are up to their logs; the first has the longest."""
    tenants = [new_id() for _ in range(5)]
    for tenant in tenants:
        await register(store, tenant)
        await tell(store, tenant)
    await tell(store, tenants[0])
    async with await pool(database.dsn("projector")) as connections:
        await Runner(connections, Opener(Vault(provider))).catch_up()
    return tenants


class Rebuilding:
    """The command in a process of its own."""

    def __init__(self, database: Database, provider: FileKeyProvider, home: Path) -> None:
        urls = {"PROJECTOR_DATABASE_URL": database.dsn("projector"), "DATABASE_URL": database.dsn("app")}
        self.environment = surroundings(**urls, THROUGHLINE_KEY_FILE=str(provider.path), THROUGHLINE_DATA=str(home))

    def start(self, *options: str) -> subprocess.Popen[str]:
        command = throughline("rebuild", "members", "--json", *options)
        return subprocess.Popen(command, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.fixture
def rebuilding(database: Database, provider: FileKeyProvider, home: Path) -> Rebuilding:
    return Rebuilding(database, provider, home)


@pytest.fixture
def held(database: Database, tenants: list[UUID]) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """Somebody has the lease of the first organization."""
    with psycopg.connect(database.dsn("admin")) as connection:
        connection.execute(HOLD, [tenants[0]])
        yield connection


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def test_killed_halfway_it_goes_on_with_what_is_not_done(
    tenants: list[UUID], database: Database, rebuilding: Rebuilding, held: psycopg.Connection[tuple[object, ...]]
) -> None:
    """By two processes, one of which cannot begin its organization: the others are done when the command is killed, and not
    done again afterwards. Nothing of the killed one stays behind."""
    before = ask(database.dsn("admin"), ROWS)
    ask(database.dsn("admin"), f"UPDATE rm.members_g{MEMBERS.version} SET doc = doc || '{{\"name\": null}}'")
    killed = rebuilding.start("--jobs", "2")
    until(lambda: ask(database.dsn("admin"), DONE) == [(4,)])
    family = children(killed.pid)
    killed.kill()
    killed.communicate()
    until(lambda: not any(exists(pid) for pid in family))
    held.rollback()
    again = rebuilding.start("--jobs", "2")
    said, told = again.communicate()
    assert again.returncode == Exit.OK, told
    assert list(json.loads(said)["organizations"]) == [str(tenants[0])]
    assert ask(database.dsn("admin"), ROWS) == before
    last = json.loads(told.splitlines()[-1])["progress"]
    assert (last["organizations"], last["events"]) == (1, last["of_events"])
    third = rebuilding.start()
    said, told = third.communicate()
    assert len(json.loads(said)["organizations"]) == len(tenants), "a rebuild that ended is over: the next one does all"


def test_what_cannot_be_built_in_one_organization_stays_as_it_was_and_the_others_are_built(
    tenants: list[UUID], database: Database, rebuilding: Rebuilding
) -> None:
    """Called again, it tries that one only, unless it is to begin afresh. The fault names the event."""
    broken = tenants[1]
    before = ask(database.dsn("admin"), f"{ROWS[:-11]} WHERE tenant_id = '{broken}' ORDER BY 1")
    where = f"tenant_id = '{broken}' AND type = 'person.person_registered' AND version = 1"
    ask(database.dsn("admin"), f"UPDATE es.event SET payload = '{{}}' WHERE {where}")
    said, _ = (failing := rebuilding.start("--jobs", "3")).communicate()
    assert failing.returncode == Exit.FAILED
    answer = json.loads(said)
    assert set(answer["organizations"]) == {str(each) for each in tenants if each != broken}
    assert list(answer["failed"]) == [str(broken)]
    assert ask(database.dsn("admin"), f"{ROWS[:-11]} WHERE tenant_id = '{broken}' ORDER BY 1") == before
    assert "version 1 at position" in answer["failed"][str(broken)]
    said, _ = rebuilding.start().communicate()
    assert (json.loads(said)["organizations"], list(json.loads(said)["failed"])) == ({}, [str(broken)])
    said, _ = rebuilding.start("--afresh").communicate()
    assert set(json.loads(said)["organizations"]) == set(answer["organizations"])
