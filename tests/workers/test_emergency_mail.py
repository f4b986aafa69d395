"""The mails that tell client and coach of an emergency: by a worker's process, to a server that takes mails."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import NamedTuple
from uuid import UUID

import pytest

from domain.engagement.commands import ApproveEmergencyAccess, EndEmergencyAccess, RequestEmergencyAccess
from infra.eventstore.opening import Opener
from infra.eventstore.store import Store
from infra.keys import FileKeyProvider
from infra.mail import MailAway, SmtpPost
from infra.postgres import pool
from projections.runner import Runner
from services.command.execution import Commands, utc_now
from services.directory import Directory
from tests.database import Database, ask
from tests.waiting import PATIENCE_SECONDS, until
from tests.workers.reminder.killing import by, start
from tests.workers.reminder.office import Clock, Engaged, Office
from tests.workers.reminder.sink import Sink, running
from workers.emergency.telling import Telling

SITE = "https://people.example.org"
REASON = "A colleague was threatened, and the plan may say by whom."
TITLE = "one-to-one"
SUBJECT = "Somebody was given access in an emergency"
OPENED = "SELECT position FROM es.event WHERE type = 'engagement.emergency_access_approved'"
LEFT = "SELECT count(*) FROM jobs.job"


class House(NamedTuple):
    """A firm in which the manager may read a plan since this moment, as the administrator agreed."""

    office: Office
    engaged: Engaged
    admin: UUID
    emergency: UUID


@pytest.fixture
async def house(store: Store, database: Database) -> AsyncIterator[House]:
    office = Office(Commands(store, Directory(store.pool), utc_now), Clock(datetime.now(UTC)))
    await office.open()
    client, coach = await office.enter("lena", "client", "America/New_York"), await office.enter("mira", "coach", None)
    admin = await office.enter("ada", "admin", None)
    engaged = await office.engage(client, coach)
    ask_for = RequestEmergencyAccess(reason_code="danger", reason=REASON)
    emergency = await office.made(office.manager, ask_for, engaged.engagement)
    await office.does(admin, ApproveEmergencyAccess(emergency_id=emergency), engaged.engagement)
    connections = await pool(database.dsn("projector"), size=2)
    await Runner(connections, Opener(store.vault), patience=0.0).catch_up()
    yield House(office, engaged, admin, emergency)
    await connections.close()


@pytest.fixture
def sink() -> Iterator[Sink]:
    with running() as sink:
        yield sink


@pytest.fixture
def telling(store: Store, sink: Sink) -> Telling:
    return Telling(Commands(store, Directory(store.pool)), SmtpPost(sink.url, "coaching@example.org"), SITE)


def parts(mail: EmailMessage) -> list[str]:
    """The plain part, and the HTML part."""
    return [str(part.get_content()) for part in mail.walk() if not part.is_multipart()]  # type: ignore[attr-defined]


def position(database: Database) -> int:
    return int(ask(database.dsn("admin"), OPENED)[0][0])


async def test_client_and_coach_are_told_at_once_by_the_worker(
    house: House, database: Database, provider: FileKeyProvider, sink: Sink
) -> None:
    worker = start(database, provider, **by(sink), THROUGHLINE_URL=SITE)
    try:
        until(lambda: len(sink.about(SUBJECT)) == 2)
        until(lambda: ask(database.dsn("worker"), LEFT)[0][0] == 0)
    finally:
        worker.terminate()
        assert worker.wait(PATIENCE_SECONDS) == 0
    mails = {str(mail["To"]): mail for mail in sink.about(SUBJECT)}
    assert set(mails) == {"Lena <lena@example.org>", "Mira <mira@example.org>"}
    for to, mail in mails.items():
        whose = "your coaching plan" if to.startswith("Lena") else "the coaching plan of Lena"
        for part in parts(mail):
            for said in ("Manager", whose, "danger to somebody (code danger)", "Ada", "ada@example.org", SITE):
                assert said in part.replace("<bdi>", "").replace("</bdi>", ""), (to, said)
            for never in (REASON, TITLE, "I want my team"):
                assert never not in part, (to, never)
    assert "(America/New_York)" in parts(mails["Lena <lena@example.org>"])[0]
    assert f"{SITE}/accesses" in parts(mails["Lena <lena@example.org>"])[0]


async def test_it_is_told_although_it_was_ended_meanwhile(house: House, database: Database, telling: Telling, sink: Sink) -> None:
    office, engagement = house.office, house.engaged.engagement
    await office.does(office.manager, EndEmergencyAccess(emergency_id=house.emergency), engagement)
    assert await telling.tell("client", office.tenant, engagement, position(database))
    assert len(sink.mails) == 1


async def test_a_server_that_is_away_is_asked_again_with_the_same_mail(
    house: House, database: Database, telling: Telling, sink: Sink
) -> None:
    told = (house.office.tenant, house.engaged.engagement, position(database))
    sink.answer = "451 later"
    with pytest.raises(MailAway):
        await telling.tell("coach", *told)
    sink.answer = "550 never"
    assert not await telling.tell("coach", *told)
    sink.answer = ""
    assert await telling.tell("coach", *told)
    assert await telling.tell("coach", *told)
    assert len(sink.mails) == 2
    assert len(set(sink.ids())) == 1


async def test_who_was_erased_gets_no_mail(house: House, database: Database, telling: Telling, sink: Sink, store: Store) -> None:
    tenant, client = house.office.tenant, house.engaged.client
    await store.vault.destroy(store.pool.of(tenant), tenant, client, None)
    assert not await telling.tell("client", tenant, house.engaged.engagement, position(database))
    assert await telling.tell("coach", tenant, house.engaged.engagement, position(database))
    assert "Lena" not in parts(sink.mails[0])[0]
