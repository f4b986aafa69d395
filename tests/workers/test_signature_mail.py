"""The mails that ask for a signature: by a worker's process, to a server that takes mails, and only while it is wanted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID

import pytest

from domain.engagement.commands import AddMember, AssignCoach, CancelEngagement, DraftAgreement, ProposeEngagement
from domain.engagement.state import EngagementState
from infra.eventstore.store import Store
from infra.keys import FileKeyProvider
from infra.mail import MailAway, SmtpPost
from services.command.execution import Commands, utc_now
from services.directory import Directory
from tests.database import Database, ask
from tests.waiting import PATIENCE_SECONDS, until
from tests.workers.reminder.killing import by, start
from tests.workers.reminder.office import Clock, Office
from tests.workers.reminder.sink import Sink, running
from workers.signature.asking import Asking

SITE = "https://people.example.org"
LEFT = "SELECT count(*) FROM jobs.job"


@pytest.fixture
async def office(store: Store) -> Office:
    office = Office(Commands(store, Directory(store.pool), utc_now), Clock(datetime.now(UTC)))
    await office.open()
    return office


@pytest.fixture
def sink() -> Iterator[Sink]:
    with running() as sink:
        yield sink


@pytest.fixture
def asking(store: Store, sink: Sink) -> Asking:
    return Asking(Commands(store, Directory(store.pool)), SmtpPost(sink.url, "coaching@example.org"), SITE)


async def drafted(office: Office) -> tuple[UUID, UUID, UUID, UUID]:
    """An agreement that the coach put down: the engagement, its client, coach and sponsor."""
    client = await office.enter("lena", "client", None, locale="de")
    coach, sponsor = await office.enter("mira", "coach", None), await office.enter("tom", "sponsor", None)
    return await office.propose(client, coach, sponsor), client, coach, sponsor


async def version_of(office: Office, engagement: UUID) -> int:
    state: EngagementState = (await office.commands.store.read(office.tenant, engagement)).state(engagement)
    assert state.latest is not None
    return state.latest.drafted_at


async def test_everybody_but_who_put_the_terms_down_is_asked_at_once_by_the_worker(
    office: Office, database: Database, provider: FileKeyProvider, sink: Sink
) -> None:
    engagement, *_ = await drafted(office)
    worker = start(database, provider, **by(sink), THROUGHLINE_URL=SITE)
    try:
        until(lambda: len(sink.mails) == 2)
        until(lambda: ask(database.dsn("worker"), LEFT)[0][0] == 0)
    finally:
        worker.terminate()
        assert worker.wait(PATIENCE_SECONDS) == 0
    mails = {str(mail["To"]): mail for mail in sink.mails}
    assert {to: mail["Subject"] for to, mail in mails.items()} == {
        "Lena <lena@example.org>": "Eine Vereinbarung wartet auf Ihre Unterschrift",
        "Tom <tom@example.org>": "An agreement waits for your signature",
    }
    for mail in mails.values():
        for part in (part for part in mail.walk() if not part.is_multipart()):
            text = str(part.get_content())  # type: ignore[attr-defined]
            assert "Mira" in text
            assert f"{SITE}/engagements/{engagement}/agreement" in text
            assert "What is said stays here." not in text


async def test_it_is_asked_only_for_what_is_still_wanted(office: Office, asking: Asking, sink: Sink) -> None:
    engagement, client, coach, _ = await drafted(office)
    first = await version_of(office, engagement)
    assert not await asking.ask("coach", office.tenant, engagement, first)
    await office.does(coach, DraftAgreement(sessions=6, cadence_days=14, seen=first), engagement)
    assert not await asking.ask("client", office.tenant, engagement, first)
    second = await version_of(office, engagement)
    assert await asking.ask("client", office.tenant, engagement, second)
    await office.sign(client, engagement)
    assert not await asking.ask("client", office.tenant, engagement, second)
    assert await asking.ask("sponsor", office.tenant, engagement, second)
    await office.does(office.manager, CancelEngagement(reason="The client has left the firm."), engagement)
    assert not await asking.ask("sponsor", office.tenant, engagement, second)
    assert len(sink.mails) == 2


async def test_who_comes_into_a_group_that_has_terms_is_asked_for_as_long_as_they_have_not_signed(
    office: Office, asking: Asking, sink: Sink
) -> None:
    client, coach = await office.enter("lena", "client", None), await office.enter("mira", "coach", None)
    engagement = (await office.does(office.manager, ProposeEngagement(client_id=client, kind="group"))).id
    ben, early = await joined(office, engagement, "ben")
    assert not await asking.welcome(office.tenant, engagement, early), "the terms that are put down afterwards ask"
    await office.does(office.manager, AssignCoach(coach_id=coach), engagement)
    await office.does(coach, DraftAgreement(sessions=8, cadence_days=14), engagement)
    for who in (client, ben, coach):
        await office.sign(who, engagement)
    cleo, late = await joined(office, engagement, "cleo")
    assert await asking.welcome(office.tenant, engagement, late)
    assert await asking.welcome(office.tenant, engagement, late)
    assert len(set(sink.ids())) == 1
    assert {str(mail["To"]) for mail in sink.mails} == {"Cleo <cleo@example.org>"}
    await office.sign(cleo, engagement)
    assert not await asking.welcome(office.tenant, engagement, late)


async def joined(office: Office, engagement: UUID, name: str) -> tuple[UUID, int]:
    """Somebody who came into the group, and the version of the engagement at which they did."""
    member = await office.enter(name, "client", None)
    return member, (await office.does(office.manager, AddMember(client_id=member), engagement)).version


async def test_a_server_that_is_away_is_asked_again_with_the_same_mail(office: Office, asking: Asking, sink: Sink) -> None:
    engagement, *_ = await drafted(office)
    asked = ("sponsor", office.tenant, engagement, await version_of(office, engagement))
    sink.answer = "451 later"
    with pytest.raises(MailAway):
        await asking.ask(*asked)
    sink.answer = "550 never"
    assert not await asking.ask(*asked)
    sink.answer = ""
    assert await asking.ask(*asked)
    assert await asking.ask(*asked)
    assert len(set(sink.ids())) == 1


async def test_who_was_erased_gets_no_mail(office: Office, asking: Asking, sink: Sink, store: Store) -> None:
    engagement, client, _, _ = await drafted(office)
    version = await version_of(office, engagement)
    await store.vault.destroy(store.pool.of(office.tenant), office.tenant, client, None)
    assert not await asking.ask("client", office.tenant, engagement, version)
    assert await asking.ask("sponsor", office.tenant, engagement, version)
    assert "Lena" not in sink.mails[0].as_string()
