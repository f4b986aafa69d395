"""An office under a clock, the projector, a mail server, and what sends."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

import asyncpg
import pytest

from infra.eventstore.opening import Opener
from infra.eventstore.store import Store
from infra.mail import SmtpPost
from infra.postgres import pool
from projections.runner import Runner
from services.command.execution import Attempt, Commands
from services.directory import Directory
from tests.database import Database
from tests.workers.reminder.office import Clock, Office, instant
from tests.workers.reminder.sink import Sink, running
from workers.reminder.due import due
from workers.reminder.sending import Sending

BEGIN = instant("2026-02-02 09:00")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Everything that is recorded is dated by it, and not by the database."""
    monkeypatch.setattr(Attempt, "is_dated", lambda attempt, shared: True)
    return Clock(BEGIN)


@pytest.fixture
async def office(store: Store, clock: Clock) -> Office:
    office = Office(Commands(store, Directory(store.pool), clock), clock)
    await office.open()
    return office


@pytest.fixture
async def runner(database: Database, store: Store) -> AsyncIterator[Runner]:
    connections = await pool(database.dsn("projector"), size=2)
    yield Runner(connections, Opener(store.vault), patience=0.0)
    await connections.close()


@pytest.fixture
def sink() -> Iterator[Sink]:
    with running() as sink:
        yield sink


@pytest.fixture
async def locks(database: Database) -> AsyncIterator[asyncpg.Pool]:
    connections = await pool(database.dsn("worker"), size=4)
    yield connections
    await connections.close()


@pytest.fixture
def sending(office: Office, locks: asyncpg.Pool, sink: Sink) -> Sending:
    return Sending(office.commands, locks, SmtpPost(sink.url, "coaching@example.org"), "https://coaching.example.org")


Look = Callable[[], Awaitable[int]]


@pytest.fixture
def look(office: Office, runner: Runner, sending: Sending) -> Look:
    """Does at the clock's time what the worker does then; returns how many digests were due."""

    async def look() -> int:
        await runner.catch_up()
        found = await due(office.commands, office.tenant)
        for digest in found:
            await sending.send(office.tenant, digest, office.clock())
        return len(found)

    return look
