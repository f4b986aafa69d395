"""Mails to the other side about what was booked, moved or called off, and what waits for an answer: in a real sink, in their language."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from domain.engagement.commands import EndEngagementEarly, WithdrawEngagementNotice
from domain.engagement.state import EngagementState
from domain.organization.commands import SuspendOrganization
from domain.plan.commands import ProposeChange, RefineObjective
from domain.plan.commands.refinement import RefineTarget
from domain.session.commands import CancelSession, Repeat, RescheduleSession, ScheduleSession
from domain.session.events import SessionScheduled
from domain.values import NIL
from infra.eventstore.store import Store
from infra.eventstore.stored import feed_at
from infra.keys import FileKeyProvider
from infra.mail import SmtpPost
from services.actor import OPERATOR, Actor
from services.command.execution import Commands, utc_now
from services.directory import Directory
from tests.database import Database, ask
from tests.waiting import PATIENCE_SECONDS, until
from tests.workers.reminder.killing import by, start
from tests.workers.reminder.office import Clock, Engaged, Office
from tests.workers.reminder.sink import Sink, running
from workers.notice.telling import Telling

SITE = "https://people.example.org"
LEFT = "SELECT count(*) FROM jobs.job"
START = datetime(2126, 2, 12, 15, tzinfo=UTC)
LATER = START + timedelta(days=1)
WHY = "My own secret reason for it."


@pytest.fixture
async def office(store: Store) -> Office:
    office = Office(Commands(store, Directory(store.pool), utc_now), Clock(datetime.now(UTC)))
    await office.open()
    return office


@pytest.fixture
async def engaged(office: Office) -> Engaged:
    client = await office.enter("lena", "client", "America/New_York", locale="de-AT")
    return await office.engage(client, await office.enter("mira", "coach", "Europe/Berlin"))


@pytest.fixture
def sink() -> Iterator[Sink]:
    with running() as sink:
        yield sink


@pytest.fixture
def telling(store: Store, sink: Sink) -> Telling:
    return Telling(Commands(store, Directory(store.pool)), SmtpPost(sink.url, "coaching@example.org"), SITE)


def book(engaged: Engaged, repeat: Repeat | None = None) -> ScheduleSession:
    return ScheduleSession(engagement_id=engaged.engagement, starts_at=START, repeat=repeat)


def said(sink: Sink) -> list[tuple[str, str, str]]:
    """To whom, about what, and the plain part, in which nobody's words are."""
    found = []
    for mail in sink.mails:
        assert WHY not in mail.as_string()
        found.append((str(mail["To"]).split()[0], str(mail["Subject"]), str(mail.get_body(("plain",)).get_content())))  # type: ignore[union-attr]
    return found


async def test_a_session_is_told_to_the_other_side_by_the_worker(
    office: Office, engaged: Engaged, database: Database, provider: FileKeyProvider, sink: Sink
) -> None:
    made = await office.does(engaged.coach, book(engaged))
    await office.does(engaged.client, RescheduleSession(from_=START, to=LATER, reason=WHY), made.id)
    await office.does(engaged.coach, CancelSession(reason=WHY), made.id)
    target = RefineObjective(objective_id=engaged.objective, refinement=RefineTarget(from_=Decimal(12), to=Decimal(11)), reason=WHY)
    await office.does(engaged.coach, ProposeChange(change=target), engaged.plan)
    worker = start(database, provider, **by(sink), THROUGHLINE_URL=SITE)
    try:
        until(lambda: len(sink.mails) == 5)
        until(lambda: ask(database.dsn("worker"), LEFT)[0][0] == 0)
    finally:
        worker.terminate()
        assert worker.wait(PATIENCE_SECONDS) == 0
    texts = {(to, subject): text for to, subject, text in said(sink)}
    assert sorted(texts) == [
        ("Lena", "Ein Plan wartet auf Ihre Antwort"),
        ("Lena", "Eine Sitzung wurde abgesagt"),
        ("Lena", "Eine Sitzung wurde gebucht"),
        ("Lena", "Eine Änderung des Plans wartet auf Ihre Antwort"),
        ("Mira", "A session has another time"),
    ]
    booked = texts["Lena", "Eine Sitzung wurde gebucht"]
    assert "10:00 Uhr (America/New_York)" in booked
    assert f"{SITE}/sessions/{made.id}" in booked
    moved = texts["Mira", "A session has another time"]
    assert ("16:00 (Europe/Berlin)" in moved, moved.count("February 2126")) == (True, 2)


async def test_of_a_series_there_is_one_mail_and_twice_told_it_is_the_same(
    office: Office, engaged: Engaged, telling: Telling, sink: Sink
) -> None:
    made = await office.does(engaged.client, book(engaged, Repeat(every="week", times=3)))
    near = await feed_at(office.commands.store.pool.of(office.tenant), office.tenant, range(made.position - 3, made.position + 4))
    booked = [(one.stream, at) for at, one in sorted(near.items()) if isinstance(one.event, SessionScheduled)]
    assert [await telling.tell(office.tenant, stream, at) for stream, at in booked] == [1, 0, 0]
    assert await telling.tell(office.tenant, *booked[0]) == 1
    assert [(to, subject) for to, subject, _ in said(sink)] == [("Mira", "A series of sessions was booked")] * 2
    assert len(set(sink.ids())) == 1


async def test_nothing_is_told_of_what_is_past_or_while_the_organization_rests(
    office: Office, engaged: Engaged, telling: Telling, sink: Sink
) -> None:
    made = await office.does(engaged.coach, book(engaged))
    for late in (START, datetime.now(UTC) + timedelta(hours=49)):
        telling.clock = Clock(late)
        assert await telling.tell(office.tenant, made.id, made.position) == 0
    telling.clock = utc_now
    operator = Actor(office.tenant, NIL, OPERATOR, NIL)
    await office.commands.execute(operator, SuspendOrganization(reason="The bill is open."), office.tenant)
    assert await telling.tell(office.tenant, made.id, made.position) == 0
    assert sink.mails == []


async def test_that_a_coaching_ends_or_goes_on_is_told_to_every_other_party(office: Office, telling: Telling, sink: Sink) -> None:
    client = await office.enter("lena", "client", "America/New_York", locale="de-AT")
    coach, sponsor = [await office.enter(name, role, "Europe/Berlin") for name, role in (("mira", "coach"), ("sam", "sponsor"))]
    engaged = await office.engage(client, coach, sponsor)
    given = await office.does(coach, EndEngagementEarly(reason=WHY), engaged.engagement)
    noticed: EngagementState = (await office.commands.store.read(office.tenant, engaged.engagement)).state(engaged.engagement)
    assert noticed.notice is not None
    last = noticed.notice.ends_on
    assert await telling.tell(office.tenant, engaged.engagement, given.position) == 2
    kept = await office.does(office.manager, WithdrawEngagementNotice(reason=WHY), engaged.engagement)
    assert await telling.tell(office.tenant, engaged.engagement, kept.position) == 3
    assert sorted((to, subject) for to, subject, _ in said(sink)) == [
        ("Lena", "Ein Coaching endet"),
        ("Lena", "Ein Coaching geht weiter"),
        ("Mira", "A coaching goes on"),
        ("Sam", "A coaching ends"),
        ("Sam", "A coaching goes on"),
    ]
    for _, _, text in said(sink):
        assert f"{SITE}/engagements/{engaged.engagement}" in text
        assert (f" {last.day}" in text, f" {last.year}" in text) == (True, True)
