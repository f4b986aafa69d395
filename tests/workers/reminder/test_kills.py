"""A worker that is killed at any moment loses no reminder, and sends at most one mail again: the same one."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random

import pytest

from infra.keys import FileKeyProvider
from infra.mail import Maildir
from projections.runner import Runner
from tests.database import Database, ask
from tests.waiting import until
from tests.workers.reminder.killing import Killer, by, look, promise, start, table
from tests.workers.reminder.office import Office
from tests.workers.reminder.sink import Sink

FEW, SOAK = 4, 200
SPARE = 4  # people for each kill, so that there is always something to do


async def survive(kills: int, office: Office, runner: Runner, sink: Sink, database: Database, provider: FileKeyProvider) -> None:
    people = kills * SPARE
    actions = await promise(office, people)
    await runner.catch_up()
    jobs = table(database)
    look(jobs, office.tenant)
    killer = Killer(database, provider, sink, Random(kills))
    for _ in range(kills):
        killer.kill_once()
    look(jobs, office.tenant)
    last = start(database, provider, **by(sink))
    try:
        until(lambda: not killer.left())
    finally:
        last.terminate()
        last.wait()
        jobs.links.close()
    times = Counter(sink.reminders())
    assert len(actions) == people == len(times) == killer.events("sent") == killer.events("planned")
    assert {str(mail["To"]) for mail in sink.mails} == {f"Client{number} <client{number}@example.org>" for number in range(people)}
    assert sum(times.values()) - people <= kills
    assert max(times.values()) > 1, "no kill came between a mail and its note: this test said nothing of that"


async def test_without_a_server_the_worker_keeps_its_mails(
    office: Office, runner: Runner, database: Database, provider: FileKeyProvider, tmp_path: Path
) -> None:
    await promise(office, 1)
    await runner.catch_up()
    jobs, kept = table(database), Maildir(tmp_path / "mailbox", "throughline@localhost")
    look(jobs, office.tenant)
    worker = start(database, provider, THROUGHLINE_DATA=str(tmp_path))
    try:
        until(lambda: [mail for mail in kept.latest(10) if "reminder" in mail.subject])
        until(lambda: ask(database.dsn("worker"), "SELECT count(*) FROM jobs.job") == [(0,)])
    finally:
        worker.terminate()
        worker.wait()
        jobs.links.close()
    assert ("Client0 <client0@example.org>", "1 reminder") in [(mail.to, mail.subject) for mail in kept.latest(10)]


async def test_a_few_kills(office: Office, runner: Runner, sink: Sink, database: Database, provider: FileKeyProvider) -> None:
    await survive(FEW, office, runner, sink, database, provider)


@pytest.mark.soak
async def test_many_kills(office: Office, runner: Runner, sink: Sink, database: Database, provider: FileKeyProvider) -> None:
    await survive(SOAK, office, runner, sink, database, provider)
