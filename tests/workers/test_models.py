"""`throughline rebuild` and `throughline projections`: what an operator does for read models."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

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
from workers.cli.exit import Exit
from workers.cli.main import run

ROWS = f"SELECT t::text FROM rm.members_g{MEMBERS.version} t ORDER BY 1"
Call = Callable[..., Any]


@pytest.fixture
async def tenant(store: Store, database: Database, provider: FileKeyProvider) -> UUID:
    """An organization with two people, known as aurora, whose read models are up to its log."""
    tenant = new_id()
    await register(store, tenant)
    await tell(store, tenant)
    ask(database.dsn("admin"), f"INSERT INTO directory.organization (slug, tenant_id, state) VALUES ('aurora', '{tenant}', 'active')")
    async with await pool(database.dsn("projector")) as connections:
        await Runner(connections, Opener(Vault(provider))).catch_up()
    return tenant


@pytest.fixture
def call(database: Database, provider: FileKeyProvider, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """Runs a command with `--json`, and returns its answer."""
    monkeypatch.setenv("DATABASE_URL", database.dsn("app"))
    monkeypatch.setenv("PROJECTOR_DATABASE_URL", database.dsn("projector"))
    monkeypatch.setenv("THROUGHLINE_KEY_FILE", str(provider.path))

    def called(*arguments: str, ends_with: Exit = Exit.OK) -> Any:
        capsys.readouterr()
        assert run([*arguments, "--json"]) == ends_with
        return json.loads(capsys.readouterr().out)

    return called


def park(database: Database, tenant: UUID, projection: str) -> None:
    """As the projector does when an event cannot be taken in."""
    parked = "failures = 6, retry_at = 'infinity', last_error = 'KeyError', position = 4"
    ask(database.dsn("admin"), f"UPDATE es.checkpoint SET {parked} WHERE tenant_id = '{tenant}' AND projection = '{projection}'")


@pytest.mark.parametrize("only", [[], ["--tenant", "aurora"]])
def test_a_rebuild_mends_rows(tenant: UUID, database: Database, call: Call, only: list[str]) -> None:
    before = ask(database.dsn("admin"), ROWS)
    ask(database.dsn("admin"), f"UPDATE rm.members_g{MEMBERS.version} SET doc = doc || '{{\"name\": null}}'")
    said = call("rebuild", "members", *only)
    assert ask(database.dsn("admin"), ROWS) == before
    ((position,),) = ask(database.dsn("admin"), "SELECT position FROM es.tenant_head")
    assert said == {"projection": "members", "organizations": {str(tenant): position}, "failed": {}}


def test_a_rebuild_that_fails_leaves_the_rows_and_says_of_whom(tenant: UUID, database: Database, call: Call) -> None:
    before = ask(database.dsn("admin"), ROWS)
    ask(database.dsn("admin"), "DELETE FROM es.event WHERE position = 5")
    said = call("rebuild", "members", ends_with=Exit.FAILED)
    assert (said["organizations"], list(said["failed"])) == ({}, [str(tenant)])
    assert ask(database.dsn("admin"), ROWS) == before


@pytest.mark.usefixtures("call")
def test_a_rebuild_of_what_there_is_not_is_refused() -> None:
    assert run(["rebuild", "nothing"]) == run(["projections", "unpark", "nothing"]) == Exit.USAGE
    assert run(["rebuild", "members", "--tenant", "nobody"]) == Exit.REFUSED


def test_the_role_that_writes_read_models_has_to_be_named(
    call: Call, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("PROJECTOR_DATABASE_URL")
    for command in (["rebuild", "members"], ["projections", "list"], ["projections", "unpark"]):
        assert run(command) == Exit.CONFIGURATION
        assert "throughline_projector" in capsys.readouterr().err


def test_the_list_says_who_is_behind_and_why(tenant: UUID, database: Database, call: Call) -> None:
    said = call("projections", "list")
    assert {each["behind"] for each in said["projections"]} == {0}
    assert said["failing"] == []
    park(database, tenant, "members")
    said = call("projections", "list")
    ((head,),) = ask(database.dsn("admin"), "SELECT position FROM es.tenant_head")
    behind = {each["projection"]: (each["behind"], each["events"]) for each in said["projections"] if each["behind"]}
    assert behind == {"members": (1, head - 4)}
    (failing,) = said["failing"]
    assert (failing["tenant_id"], failing["parked"], failing["last_error"]) == (str(tenant), True, "KeyError")


@pytest.mark.parametrize("which", [[], ["members"], ["members", "--tenant", "aurora"]])
def test_what_is_unparked_is_tried_again(tenant: UUID, database: Database, call: Call, which: list[str]) -> None:
    park(database, tenant, "members")
    assert call("projections", "unpark", "kpi_board") == {"unparked": []}
    assert call("projections", "unpark", *which) == {"unparked": [{"projection": "members", "tenant_id": str(tenant)}]}
    waiting = f"SELECT failures, retry_at, position FROM es.checkpoint WHERE tenant_id = '{tenant}' AND projection = 'members'"
    assert ask(database.dsn("admin"), waiting) == [(0, None, 4)]
    assert call("projections", "list")["failing"] == []
