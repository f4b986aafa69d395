"""What the doctor says of a disk, a clock, a broker, a pooler and of row security that was switched off."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import asyncpg
import pytest

from infra.keys import FileKeyProvider
from infra.settings import Settings
from tests.database import Database, ask
from tests.foreign import need
from tests.infra.bouncer import PgBouncer
from tests.infra.broker.servers import RabbitMQ, Redis
from tests.workers.command import Commands
from tests.workers.installation import free_port
from workers.cli.exit import Exit
from workers.doctor import place
from workers.doctor.broker import broker
from workers.doctor.connection import directory, rights_of, row_security
from workers.doctor.finding import Fault


async def looked(dsn: str, look: Callable[[asyncpg.Connection], object]) -> str:
    connection = await asyncpg.connect(dsn)
    try:
        return str(await look(connection))  # type: ignore[misc]
    finally:
        await connection.close()


def test_a_disk_that_is_nearly_full(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """The folder need not be there yet: the disk is that of the nearest one above."""
    assert "GiB free of" in place.disk(home / "not" / "yet")
    monkeypatch.setattr(place, "LEAST_BYTES", shutil.disk_usage(home.parent).free + (1 << 40))
    with pytest.raises(Fault, match="make room"):
        place.disk(home)


def test_a_small_disk_that_is_full(home: Path) -> None:
    need("root, who can make a small disk,", os.geteuid() == 0 and shutil.which("mount"))
    home.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(home)], check=True)
    try:
        with (home / "filler").open("wb", buffering=0) as filler, suppress(OSError):
            while filler.write(bytes(4096)):
                continue
        with pytest.raises(Fault, match=r"^0\.0 GiB free of 0 GiB at .*: make room"):
            place.disk(home)
    finally:
        subprocess.run(["umount", "-l", str(home)], check=True)


@pytest.mark.parametrize(
    ("told", "seen"),
    [
        ({}, "lead to http://127.0.0.1:8080"),
        ({"THROUGHLINE_URL": "https://people.example.org"}, "lead to https://people.example.org"),
        ({"THROUGHLINE_HOST": "0.0.0.0"}, "where nobody is"),
        ({"THROUGHLINE_MAIL_URL": "smtp://mail.example.org", "THROUGHLINE_MAIL_FROM": "a@example.org"}, "this machine alone"),
        ({"THROUGHLINE_URL": "http://people.example.org"}, "no https address"),
    ],
)
def test_links_in_mails_that_lead_nowhere(told: dict[str, str], seen: str) -> None:
    try:
        found = place.links(Settings.from_env(told))
    except Fault as fault:
        found = str(fault)
        assert "THROUGHLINE_URL" in found
    assert seen in found


@pytest.mark.parametrize("hours", [-1, 1])
async def test_a_clock_that_is_not_the_servers(database: Database, hours: int) -> None:
    for statement in (
        "CREATE SCHEMA other",
        "GRANT USAGE ON SCHEMA other TO PUBLIC",
        f"CREATE FUNCTION other.clock_timestamp() RETURNS timestamptz RETURN pg_catalog.clock_timestamp() - interval '{hours} hours'",
        f"ALTER DATABASE {database.name} SET search_path = other, pg_catalog, public",
    ):
        ask(database.dsn("admin"), statement)
    with pytest.raises(Fault, match=rf"clock is [{'+' if hours > 0 else '-'}](3599|3600)\.\d s from the database server's"):
        await looked(database.dsn("worker"), place.clock)


async def test_a_log_that_is_ahead_of_the_clock(database: Database) -> None:
    assert "from the server's" in await looked(database.dsn("app"), place.clock)
    ask(database.dsn("admin"), "INSERT INTO es.tenant_head VALUES (gen_random_uuid(), 1, now() + interval '1 hour')")
    with pytest.raises(Fault, match=r"36\d\d s ahead of the server's clock"):
        await looked(database.dsn("worker"), place.clock)


@pytest.mark.parametrize(
    "spoil",
    [
        "ALTER TABLE es.event DISABLE ROW LEVEL SECURITY",
        "DROP POLICY {policy} ON es.event",
        "ALTER POLICY {policy} ON es.event USING (true)",
        "CREATE POLICY added ON es.event USING (true)",
    ],
)
async def test_row_security_that_was_changed(database: Database, spoil: str) -> None:
    assert "on every table" in await looked(database.dsn("app"), row_security)
    ((policy,),) = ask(database.dsn("admin"), "SELECT polname FROM pg_policy WHERE polrelid = 'es.event'::regclass")
    ask(database.dsn("admin"), spoil.format(policy=policy))
    with pytest.raises(Fault, match=r"does not guard es\.event"):
        await looked(database.dsn("app"), row_security)


async def test_row_security_that_does_not_bind_the_owner(database: Database) -> None:
    ask(database.dsn("admin"), "ALTER TABLE es.event NO FORCE ROW LEVEL SECURITY")
    with pytest.raises(Fault, match=r"the owner of es\.event,"):
        await looked(database.dsn("app"), row_security)


@pytest.mark.parametrize(
    ("grant", "told"),
    [
        ("GRANT SELECT ON directory.api_key TO throughline_projector", "directory.api_key to throughline_projector"),
        ("GRANT UPDATE (slug) ON directory.organization TO PUBLIC", "directory.organization to public"),
        ("GRANT DELETE ON jobs.job TO throughline_app", "jobs.job to throughline_app"),
        ("GRANT TRUNCATE ON es.event TO throughline_app", "es.event to throughline_app"),
    ],
)
async def test_what_was_granted_past_the_functions(database: Database, grant: str, told: str) -> None:
    assert "but by its functions" in await looked(database.dsn("app"), directory)
    ask(database.dsn("admin"), grant)
    with pytest.raises(Fault, match=rf"More is granted than the migrations grant: .*{told}"):
        await looked(database.dsn("app"), directory)


def test_every_line_of_several_roles_says_whose_it_is(
    database: Database, provider: FileKeyProvider, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    command = Commands(monkeypatch, capsys, provider.path, home)
    command.use(database)
    monkeypatch.setenv("WORKER_DATABASE_URL", database.dsn("worker").replace("/test_", "/no_test_"))
    code, said = command("doctor")
    lines = said.splitlines()
    assert len(set(lines)) == len(lines)
    assert [line for line in lines if "rights" in line and "app: throughline_app" in line]
    assert [line for line in lines if line.startswith("FAULT") and "worker: WORKER_DATABASE_URL: " in line and "createdb" in line]
    assert code == Exit.FAILED


@pytest.mark.parametrize(("role", "wanted"), [("app", "throughline_worker"), ("admin", "throughline_app"), ("worker", "throughline_app")])
async def test_a_role_that_is_not_the_one_for_it(database: Database, role: str, wanted: str) -> None:
    with pytest.raises(Fault, match=f"name {wanted} in its URL"):
        await looked(database.dsn(role), rights_of(wanted))
    assert "bound by row security" in await looked(database.dsn(wanted.removeprefix("throughline_")), rights_of(wanted))


def test_a_broker_that_does_not_answer() -> None:
    for url in (f"redis://:secret@127.0.0.1:{free_port()}/0", f"amqp://guest:secret@127.0.0.1:{free_port()}/"):
        with pytest.raises(Fault, match="does not answer") as raised:
            broker(url)
        assert "secret" not in str(raised.value)


def test_a_redis_that_answers_before_it_writes(home: Path) -> None:
    server = Redis(home)
    server.start()
    try:
        assert "writes before it does" in broker(server.url)
        from redis import Redis as Client

        with Client.from_url(server.url) as client:
            client.config_set("appendfsync", "everysec")
        with pytest.raises(Fault, match="appendfsync always"):
            broker(server.url)
    finally:
        server.end()


def test_a_rabbitmq_that_answers(home: Path) -> None:
    server = RabbitMQ(home)
    server.start()
    try:
        assert broker(server.url).endswith("answers")
    finally:
        server.end()


def test_a_pooler_that_breaks_statements(
    database: Database, provider: FileKeyProvider, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Refused with the reason; and let be with the setting that it names."""
    server = PgBouncer(home, database)
    server.start()
    try:
        command = Commands(monkeypatch, capsys, provider.path, home / "data")
        monkeypatch.setenv("DATABASE_URL", server.dsn())
        code, said = command("doctor", "--json")
        assert (code, "loses the statements" in said) == (Exit.FAILED, True), said
        monkeypatch.setenv("STATEMENT_CACHE_SIZE", "0")
        code, said = command("doctor")
        assert (code, "no statement is kept" in said) == (Exit.OK, True), said
    finally:
        server.end()
