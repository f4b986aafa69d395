"""Reminders of sessions, to the mail: at the right hour, in the zone of who reads it, and without a word or a number of the session."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import UUID

import pytest

from domain.session.commands import CompleteSession, RateSession, RescheduleSession, ScheduleSession
from tests.database import Database
from tests.workers.reminder.office import Engaged, Office, instant
from tests.workers.reminder.sink import Sink
from tests.workers.reminder.test_reminding import engaged, outcomes

__all__ = ["engaged"]

Look = Callable[[], Awaitable[int]]
START = instant("2026-02-10 15:00")


@pytest.fixture
async def session(office: Office, engaged: Engaged) -> UUID:
    made = await office.does(engaged.coach, ScheduleSession(engagement_id=engaged.engagement, starts_at=START))
    return made.id


def mails(sink: Sink) -> list[tuple[str, str]]:
    return [(str(mail["To"]).split()[0], str(mail.get_body(("plain",)).get_content())) for mail in sink.mails]  # type: ignore[union-attr]


async def test_both_are_told_a_day_before_in_their_own_hour(office: Office, session: UUID, look: Look, sink: Sink) -> None:
    office.clock.now = START - timedelta(days=1, minutes=1)
    assert await look() == 0
    office.clock.now = START - timedelta(days=1)
    assert await look() == 2
    told = dict(mails(sink))
    assert "A coaching session begins on Tuesday, 10 February 2026 at 16:00 (Europe/Berlin)." in told["Mira"]
    assert "A coaching session begins on Tuesday, 10 February 2026 at 10:00 (America/New_York)." in told["Amir"]
    assert await look() == 0


async def test_one_that_moves_is_told_of_again(office: Office, engaged: Engaged, session: UUID, look: Look, sink: Sink) -> None:
    office.clock.now = START - timedelta(days=1)
    await look()
    later = START + timedelta(days=7)
    await office.does(engaged.client, RescheduleSession(from_=START, to=later, reason_code="absence"), session)
    office.clock.now = later - timedelta(days=1)
    assert await look() == 2
    assert sum("17 February" in text for _, text in mails(sink)) == 2


async def test_nobody_is_told_of_a_session_that_has_begun(
    office: Office, session: UUID, look: Look, sink: Sink, database: Database
) -> None:
    """No worker ran for a day: both reminders are left out, and noted as that."""
    office.clock.now = START
    assert await look() == 2
    assert sink.mails == []
    assert Counter(outcomes(database)) == {"planned": 2, "suppressed": 2}
    assert await look() == 0


async def test_a_low_rating_is_for_the_coach_alone_and_the_mail_says_no_number(
    office: Office, engaged: Engaged, session: UUID, look: Look, sink: Sink
) -> None:
    office.clock.now = START + timedelta(hours=1)
    await office.does(engaged.coach, CompleteSession(minutes=60, occurred_at=START), session)
    low = {"relationship": 3, "goals": 9, "approach": 9, "overall": 9}
    await office.does(engaged.client, RateSession(instrument="srs", scores=low, comment="You never listen."), session)
    office.clock.now = START + timedelta(hours=3)
    assert await look() == 1
    ((to, text),) = mails(sink)
    assert to == "Amir"
    assert "How a session was rated asks to be talked about" in text
    assert "Coaching of Mira" in text
    assert not re.findall(r"\b30\b|never listen|srs", text.lower())  # in its links any digits may stand


async def test_what_is_not_booked_is_asked_of_the_coach_and_then_of_the_client(
    office: Office, engaged: Engaged, session: UUID, look: Look, sink: Sink
) -> None:
    office.clock.now = START + timedelta(hours=1)
    await office.does(engaged.coach, CompleteSession(minutes=60, occurred_at=START), session)
    office.clock.now = instant("2026-02-24 13:00")
    await look()
    office.clock.now = instant("2026-03-03 07:00")
    await look()
    missing = [to for to, text in mails(sink) if "No next coaching session is booked." in text]
    assert missing == ["Amir", "Mira"]
