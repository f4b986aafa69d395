"""Reminders that wait, and workers that are killed while they send them."""

from __future__ import annotations

import subprocess
import threading
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from dramatiq import Message

from domain.plan.commands import CommitAction
from infra.broker.link import Links
from infra.broker.table import Table
from infra.keys import FileKeyProvider
from tests.database import Database, ask
from tests.waiting import PATIENCE_SECONDS, until
from tests.workers.installation import surroundings, throughline
from tests.workers.reminder.office import Office
from tests.workers.reminder.sink import Sink

QUEUE = "default"


def waking_zone() -> str:
    """Where it is between ten and eleven in the morning at this moment: no reminder of today is stale, and nobody sleeps."""
    ahead = (10 - datetime.now(UTC).hour + 36) % 24 - 12
    return f"Etc/GMT{-ahead:+d}"


async def promise(office: Office, people: int) -> list[UUID]:
    """As many clients, each with an action that is due today and was promised before; answers with the actions."""
    zone = waking_zone()
    office.clock.now = datetime.now(UTC) - timedelta(days=1, hours=12)
    today = datetime.now(UTC).astimezone(ZoneInfo(zone)).date()
    coach = await office.enter("coach", "coach", zone)
    actions = []
    for number in range(people):
        client = await office.enter(f"client{number}", "client", zone)
        engaged = await office.engage(client, coach)
        actions.append(await office.made(client, CommitAction(text="Call Ben", owner=client, due_on=today), engaged.plan))
    return actions


def table(database: Database) -> Table:
    return Table(Links(lambda: database.dsn("worker"), "throughline test"))


def look(jobs: Table, tenant: UUID, actor: str = "reminder.due") -> None:
    """What the schedule does every quarter of an hour."""
    jobs.put(Message(queue_name=QUEUE, actor_name=actor, args=(str(tenant),), kwargs={}, options={}, message_id=str(uuid4())))


def by(sink: Sink) -> dict[str, str]:
    """What the environment of a worker says, for its mails to arrive there."""
    return {"THROUGHLINE_MAIL_URL": sink.url, "THROUGHLINE_MAIL_FROM": "coaching@example.org"}


def start(database: Database, provider: FileKeyProvider, **mail: str) -> subprocess.Popen[bytes]:
    """`throughline worker`; `mail` is what the environment says of mails."""
    told = {"DATABASE_URL": database.dsn("app"), "WORKER_DATABASE_URL": database.dsn("worker")}
    return subprocess.Popen(throughline("worker"), env=surroundings(**told, THROUGHLINE_KEY_FILE=str(provider.path), **mail))


class Killer:
    """Starts a worker as often as it is killed: when a mail has arrived, when a reminder was claimed, or some time after."""

    def __init__(self, database: Database, provider: FileKeyProvider, sink: Sink, random: Random) -> None:
        self.database = database
        self.provider = provider
        self.sink = sink
        self.random = random

    def kill_once(self) -> None:
        """From the start of a worker to its end; then its leases are over."""
        worker = start(self.database, self.provider, **by(self.sink))
        moment = self.random.choice([self.at_a_mail, self.after_a_mail, self.at_a_claim])
        try:
            moment(worker)
        finally:
            self.sink.heard = lambda: None
            worker.kill()
            worker.wait()
        ask(self.database.dsn("admin"), "UPDATE jobs.job SET available_at = now() WHERE state <> 'dead'")

    def at_a_mail(self, worker: subprocess.Popen[bytes]) -> None:
        """While the server has it and has not said so."""
        enough = len(self.sink.reminders()) + self.random.randrange(3)

        def heard() -> None:
            if len(self.sink.reminders()) > enough:
                worker.kill()

        self.sink.heard = heard
        worker.wait(PATIENCE_SECONDS)

    def after_a_mail(self, worker: subprocess.Popen[bytes]) -> None:
        """A few milliseconds later."""
        before = len(self.sink.reminders())
        until(lambda: len(self.sink.reminders()) > before or not self.left())
        threading.Event().wait(self.random.random() / 50)

    def at_a_claim(self, worker: subprocess.Popen[bytes]) -> None:
        before = self.events("planned")
        until(lambda: self.events("planned") > before or not self.left())

    def left(self) -> int:
        return int(ask(self.database.dsn("worker"), "SELECT count(*) FROM jobs.job")[0][0])

    def events(self, what: str) -> int:
        return int(ask(self.database.dsn("admin"), f"SELECT count(*) FROM es.event WHERE type = 'reminder.reminder_{what}'")[0][0])
