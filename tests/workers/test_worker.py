"""`throughline worker` as a process: it does what is due, on each broker, waits for what is away, and ends when it is asked to."""

from __future__ import annotations

import signal
import subprocess
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from infra.eventstore.store import Store
from infra.keys import FileKeyProvider
from projections.members import MEMBERS
from tests.database import Database, ask
from tests.infra.broker.servers import Redis
from tests.infra.told import new_id, register
from tests.waiting import until
from tests.workers.installation import free_port, surroundings, throughline
from workers.cli.exit import Exit

DUE = "INSERT INTO jobs.schedule (entry, next_at) VALUES ('command.forget', now())"
OURS = "entry = 'command.forget'"
OLD_KEY = "INSERT INTO directory.api_key VALUES ('{}', gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'coach', now(), {}, NULL)"
OLD_COMMAND = "INSERT INTO es.command VALUES ('{}', gen_random_uuid(), '', '', 1, now() - interval '{} days')"
LEFT = "SELECT (SELECT count(*) FROM directory.api_key), (SELECT count(*) FROM es.command)"


class Run:
    """A worker on a test's database, and the port of its metrics."""

    def __init__(self, database: Database, key_file: Path, **more: str) -> None:
        self.port = free_port()
        urls = {"DATABASE_URL": database.dsn("app"), "WORKER_DATABASE_URL": database.dsn("worker")}
        told = surroundings(**urls, THROUGHLINE_KEY_FILE=str(key_file), THROUGHLINE_METRICS_PORT=str(self.port), **more)
        self.process = subprocess.Popen(throughline("worker"), env=told)

    def metrics(self) -> str:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/metrics", timeout=5) as answer:
                return str(answer.read().decode())
        except OSError:
            return ""

    def end(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)


@pytest.fixture
def start(database: Database, provider: FileKeyProvider) -> Iterator[Callable[..., Run]]:
    """Starts workers, and ends those that a failed test leaves."""
    runs = []

    def start(key_file: Path = provider.path, **more: str) -> Run:
        runs.append(Run(database, key_file, **more))
        return runs[-1]

    yield start
    for run in runs:
        run.process.kill()
        run.process.wait()


PARKED = f"""
INSERT INTO es.checkpoint (tenant_id, projection, generation, position, unknown, failures, retry_at)
VALUES ('{{}}', 'members', {MEMBERS.version}, 4, 2, 5, 'infinity')"""
WAITED = 'throughline_lag_seconds{follower="members"}'


@pytest.fixture(params=["postgresql", "redis"])
def broker(request: pytest.FixtureRequest, folder: Path) -> Iterator[dict[str, str]]:
    """What stands in the environment."""
    if request.param == "postgresql":
        yield {}
        return
    redis = Redis(folder / "worker-redis")
    redis.start()
    yield {"BROKER_URL": str(redis.url)}
    redis.end()


def fill(database: Database) -> None:
    """An answer that is to be forgotten, and one that is to be kept for a while; and keys that ended, which nobody forgets."""
    tenant = uuid4()
    for old, (end, days) in enumerate([("now()", 29), ("now() - interval '31 days'", 31)]):
        ask(database.dsn("admin"), OLD_KEY.format(f"\\x{old:064x}", end))
        ask(database.dsn("admin"), OLD_COMMAND.format(tenant, days))
    ask(database.dsn("admin"), f"INSERT INTO es.tenant_head VALUES ('{tenant}', 0, now())")


def test_it_forgets_what_has_served_its_time(start: Callable[..., Run], broker: dict[str, str], database: Database) -> None:
    fill(database)
    ask(database.dsn("worker"), DUE)
    run = start(**broker)
    until(lambda: ask(database.dsn("admin"), LEFT) == [(2, 1)])
    until(lambda: 'throughline_job_runs_total{actor="command.forget",outcome="done"} 1.0' in run.metrics())
    until(lambda: ask(database.dsn("worker"), "SELECT count(*) FROM jobs.job") == [(0,)])
    assert run.end() == 0


def test_it_tells_how_many_jobs_wait(start: Callable[..., Run], database: Database) -> None:
    statement = "INSERT INTO jobs.job (id, queue, state, available_at, message) VALUES (gen_random_uuid(), 'q', '{}', now() {}, '{{}}')"
    ask(database.dsn("worker"), statement.format("ready", "- interval '90 seconds'"))
    ask(database.dsn("worker"), statement.format("ready", "+ interval '1 day'"))
    run = start()
    said = until(run.metrics)
    assert 'throughline_jobs{queue="q",state="ready"} 1.0' in said
    assert 'throughline_jobs{queue="q",state="delayed"} 1.0' in said
    (age,) = [
        float(line.split()[1]) for line in said.splitlines() if line.startswith('throughline_job_age_seconds{queue="q",state="ready"}')
    ]
    assert age >= 90


def test_it_tells_how_far_behind_the_log_everybody_is(start: Callable[..., Run], database: Database) -> None:
    """The projections by what nobody has projected; what is parked is counted apart."""
    behind, parked = uuid4(), uuid4()
    ask(database.dsn("admin"), f"INSERT INTO es.tenant_head VALUES ('{behind}', 3, now()), ('{parked}', 900, now())")
    ask(database.dsn("admin"), PARKED.format(parked))
    said = until(start().metrics)
    assert 'throughline_lag_events{follower="members"} 3.0' in said
    assert 'throughline_parked{follower="members"} 1.0' in said
    assert 'throughline_followed_events_total{follower="members"} 4.0' in said
    assert 'throughline_unknown_events{follower="members"} 2.0' in said
    assert 'throughline_lag_events{follower="reactions"}' in said
    assert str(behind) not in said


async def test_it_tells_for_how_long_an_event_has_waited(start: Callable[..., Run], store: Store, database: Database) -> None:
    tenant = new_id()
    await register(store, tenant)
    ask(database.dsn("admin"), f"UPDATE es.event SET recorded_at = now() - interval '90 seconds' WHERE tenant_id = '{tenant}'")
    assert any(float(line.split()[1]) >= 90 for line in until(start().metrics).splitlines() if line.startswith(WAITED))


def test_it_goes_on_after_its_connections_were_cut(start: Callable[..., Run], database: Database) -> None:
    run = start()
    until(run.metrics)
    cut = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename = 'throughline_worker' AND datname = current_database()"
    until(lambda: ask(database.dsn("admin"), cut) != [(0,)])
    fill(database)
    until(lambda: ask(database.dsn("worker"), f"SELECT count(*) FROM jobs.schedule WHERE {OURS}") == [(1,)])
    ask(database.dsn("worker"), f"UPDATE jobs.schedule SET next_at = now() WHERE {OURS}")
    until(lambda: ask(database.dsn("admin"), LEFT) == [(2, 1)])
    assert run.process.poll() is None
    assert run.end() == 0


def test_without_the_key_file_it_takes_no_job(start: Callable[..., Run], tmp_path: Path) -> None:
    assert start(key_file=tmp_path / "lost").process.wait(60) == Exit.CONFIGURATION
