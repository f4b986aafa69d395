"""From what people promised to the mail: once, to the right person, and not when there is no reason any more."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from uuid import UUID

import pytest

from domain.plan.commands import CommitAction, CompleteAction, RescheduleAction
from infra.mail import MailAway
from projections.reminders_due import REMINDERS_DUE
from projections.runner import Runner
from tests.database import Database, ask
from tests.projections.rebuilding import rebuild_all
from tests.workers.reminder.office import Engaged, Office, instant
from tests.workers.reminder.sink import Sink
from workers.reminder.due import due
from workers.reminder.sending import NotNow, Sending

Look = Callable[[], Awaitable[int]]
DUE = date(2026, 2, 20)
MORNING = instant("2026-02-18 07:00")  # eight in Berlin, two days before


@pytest.fixture
async def engaged(office: Office) -> Engaged:
    client = await office.enter("mira", "client", None)
    coach = await office.enter("amir", "coach", "America/New_York")
    return await office.engage(client, coach)


@pytest.fixture
async def action(office: Office, engaged: Engaged) -> UUID:
    return await office.made(engaged.client, CommitAction(text="Call <Ben> & {{7*7}}", owner=engaged.client, due_on=DUE), engaged.plan)


def outcomes(database: Database) -> list[str]:
    rows = ask(database.dsn("admin"), "SELECT type FROM es.event WHERE type LIKE 'reminder.%' ORDER BY position")
    return [row[0].removeprefix("reminder.reminder_") for row in rows]


async def test_reminds_of_an_action_at_eight_where_its_owner_is(
    office: Office, action: UUID, look: Look, sink: Sink, database: Database
) -> None:
    office.clock.now = MORNING - timedelta(minutes=15)
    assert await look() == 0
    office.clock.now = MORNING
    assert await look() == 1
    (mail,) = sink.mails
    assert (mail["To"], mail["From"]) == ("Mira <mira@example.org>", "Northlight <coaching@example.org>")
    assert outcomes(database) == ["planned", "sent"]
    assert await look() == 0


async def test_the_mail_says_it_in_text_and_html_and_takes_no_words_for_code(
    office: Office, engaged: Engaged, action: UUID, look: Look, sink: Sink
) -> None:
    office.clock.now = MORNING
    await look()
    (mail,) = sink.mails
    text, html = (str(mail.get_body((kind,)).get_content()) for kind in ("plain", "html"))  # type: ignore[union-attr]
    assert "An action of yours is due on Friday, 20 February 2026." in text
    assert "“Call <Ben> & {{7*7}}”" in text
    assert "“<bdi>Call &lt;Ben&gt; &amp; {{7*7}}</bdi>”" in html
    assert f'href="https://coaching.example.org/plans/{engaged.plan}">Open the plan</a>' in html
    assert mail["Subject"] == "1 reminder"
    assert mail["List-Unsubscribe"] == "<mailto:coaching@example.org?subject=unsubscribe>"
    assert mail["Date"].datetime == MORNING  # type: ignore[attr-defined]


async def test_what_is_done_meanwhile_is_not_reminded_of(office: Office, engaged: Engaged, action: UUID, look: Look, sink: Sink) -> None:
    office.clock.now = MORNING - timedelta(days=1)
    await office.does(engaged.client, CompleteAction(action_id=action), engaged.plan)
    office.clock.now = MORNING
    assert await look() == 0


async def test_what_is_done_between_looking_and_sending_is_not_even_claimed(
    office: Office, engaged: Engaged, action: UUID, runner: Runner, sending: Sending, sink: Sink, database: Database
) -> None:
    """The read model is behind; the streams are not."""
    await runner.catch_up()
    office.clock.now = MORNING
    (digest,) = await due(office.commands, office.tenant)
    await office.does(engaged.client, CompleteAction(action_id=action), engaged.plan)
    await sending.send(office.tenant, digest, office.clock())
    assert sink.mails == []
    assert outcomes(database) == []


async def test_what_is_moved_is_reminded_of_anew(office: Office, engaged: Engaged, action: UUID, look: Look, sink: Sink) -> None:
    office.clock.now = MORNING
    await look()
    move = RescheduleAction(action_id=action, from_=DUE, to=DUE + timedelta(days=7), reason_code="capacity")
    await office.does(engaged.client, move, engaged.plan)
    office.clock.now = MORNING + timedelta(days=2)
    assert await look() == 0
    office.clock.now = MORNING + timedelta(days=7)
    assert await look() == 1
    assert len(set(sink.ids())) == 2


async def test_a_stale_one_is_recorded_and_not_sent(office: Office, action: UUID, look: Look, sink: Sink, database: Database) -> None:
    office.clock.now = MORNING + timedelta(hours=50)  # the one for the day itself is two hours old
    assert await look() == 1
    assert outcomes(database) == ["planned", "planned", "suppressed", "sent"]
    assert len(sink.mails) == 1
    assert await look() == 0


async def test_a_rebuild_sends_nothing(office: Office, action: UUID, look: Look, sink: Sink, runner: Runner, database: Database) -> None:
    office.clock.now = MORNING
    await look()
    await rebuild_all(runner.connections, runner.opener, REMINDERS_DUE)
    assert await look() == 0
    assert outcomes(database) == ["planned", "sent"]


async def test_what_the_server_refuses_is_tried_once_more_a_day_later(
    office: Office, action: UUID, look: Look, sink: Sink, database: Database
) -> None:
    office.clock.now, sink.answer = MORNING, "550 no such person"
    assert await look() == 1
    assert outcomes(database) == ["planned", "failed"]
    office.clock.now += timedelta(hours=1)
    assert await look() == 0
    office.clock.now, sink.answer = MORNING + timedelta(hours=25), ""
    assert await look() == 1
    assert outcomes(database) == ["planned", "failed", "planned", "sent"]


async def test_a_server_that_is_away_is_asked_again_with_the_same_claim(
    office: Office, action: UUID, look: Look, runner: Runner, sending: Sending, sink: Sink, database: Database
) -> None:
    await runner.catch_up()
    office.clock.now, sink.answer = MORNING, "451 later"
    (digest,) = await due(office.commands, office.tenant)
    with pytest.raises(MailAway):
        await sending.send(office.tenant, digest, MORNING)
    assert outcomes(database) == ["planned"]
    assert await look() == 0, "it is claimed: the job that failed is the one to do it"
    sink.answer = ""
    await sending.send(office.tenant, digest, MORNING)
    assert outcomes(database) == ["planned", "sent"]


async def test_a_server_that_stays_away_is_given_up(
    office: Office, action: UUID, runner: Runner, sending: Sending, sink: Sink, database: Database
) -> None:
    await runner.catch_up()
    office.clock.now, sink.answer = MORNING, "451 later"
    (digest,) = await due(office.commands, office.tenant)
    office.clock.now += timedelta(hours=4)
    await sending.send(office.tenant, digest, MORNING)
    assert outcomes(database) == ["planned", "failed"]


async def test_what_was_claimed_and_is_settled_by_now_is_left_out(
    office: Office, engaged: Engaged, action: UUID, runner: Runner, sending: Sending, sink: Sink, database: Database
) -> None:
    await runner.catch_up()
    office.clock.now, sink.answer = MORNING, "451 later"
    (digest,) = await due(office.commands, office.tenant)
    with pytest.raises(MailAway):
        await sending.send(office.tenant, digest, MORNING)
    await office.does(engaged.client, CompleteAction(action_id=action), engaged.plan)
    await sending.send(office.tenant, digest, MORNING)
    assert outcomes(database) == ["planned", "suppressed"]


async def test_nobody_is_woken_by_a_job_that_is_late(
    office: Office, action: UUID, runner: Runner, sending: Sending, sink: Sink, database: Database
) -> None:
    await runner.catch_up()
    office.clock.now = MORNING
    (digest,) = await due(office.commands, office.tenant)
    office.clock.now = instant("2026-02-18 20:30")
    with pytest.raises(NotNow) as wait:
        await sending.send(office.tenant, digest, MORNING)
    assert wait.value.until == instant("2026-02-19 06:00")
    assert await due(office.commands, office.tenant) == []
    assert outcomes(database) == []


async def test_an_attempt_that_would_fall_into_the_quiet_hours_waits_with_its_claim(
    office: Office, action: UUID, runner: Runner, sending: Sending, sink: Sink, database: Database
) -> None:
    await runner.catch_up()
    office.clock.now, sink.answer = instant("2026-02-18 18:50"), "451 later"  # ten to eight in the evening in Berlin
    (digest,) = await due(office.commands, office.tenant)
    with pytest.raises(MailAway):
        await sending.send(office.tenant, digest, office.clock.now)
    made_at, office.clock.now = office.clock.now, instant("2026-02-18 19:05")
    with pytest.raises(NotNow) as wait:
        await sending.send(office.tenant, digest, made_at)
    office.clock.now, sink.answer = wait.value.until, ""
    assert office.clock.now == instant("2026-02-19 06:00")
    await sending.send(office.tenant, digest, made_at)
    assert (len(sink.mails), outcomes(database)) == (1, ["planned", "sent"])


async def test_two_things_are_one_mail(office: Office, engaged: Engaged, action: UUID, look: Look, sink: Sink) -> None:
    await office.made(engaged.coach, CommitAction(text="Another", owner=engaged.client, due_on=DUE), engaged.plan)
    office.clock.now = MORNING
    assert await look() == 1
    (mail,) = sink.mails
    assert mail["Subject"] == "2 reminders"


async def test_a_second_mail_waits_for_the_next_hour(office: Office, engaged: Engaged, action: UUID, look: Look, sink: Sink) -> None:
    office.clock.now = instant("2026-02-11 07:00") + timedelta(days=7)
    await look()
    late = CommitAction(text="Another", owner=engaged.client, due_on=DUE)
    office.clock.now = instant("2026-02-18 06:59")
    await office.made(engaged.coach, late, engaged.plan)
    office.clock.now = instant("2026-02-18 07:15")
    assert await look() == 0
    office.clock.now = instant("2026-02-18 08:00")
    assert await look() == 1
    assert len(sink.mails) == 2


async def test_who_has_left_is_not_written_to(office: Office, engaged: Engaged, look: Look, sink: Sink, database: Database) -> None:
    """Whose last day has passed: noted, once."""
    leaver = await office.enter("joel", "client", None, until=date(2026, 2, 10))
    own = await office.engage(leaver, engaged.coach)
    await office.made(leaver, CommitAction(text="Call Ben", owner=leaver, due_on=DUE), own.plan)
    office.clock.now = MORNING
    assert await look() == 1
    assert sink.mails == []
    assert outcomes(database) == ["planned", "suppressed"]
    assert await look() == 0


async def test_the_coach_is_told_whose_coaching_it_is(office: Office, engaged: Engaged, look: Look, sink: Sink) -> None:
    await office.made(engaged.coach, CommitAction(text="Send the notes", owner=engaged.coach, due_on=DUE), engaged.plan)
    office.clock.now = MORNING + timedelta(hours=6)  # eight in New York
    assert await look() == 1
    text = str(sink.mails[0].get_body(("plain",)).get_content())  # type: ignore[union-attr]
    assert "“Send the notes”" in text
    assert "Coaching of Mira" in text
    assert f"https://coaching.example.org/plans/{engaged.plan}" in text


async def test_a_sponsor_reads_no_words_of_the_plan(office: Office, engaged: Engaged, look: Look, sink: Sink) -> None:
    sponsor = await office.enter("tomasz", "sponsor", None)
    client = await office.enter("asha", "client", None)
    own = await office.engage(client, engaged.coach, sponsor)
    await office.made(client, CommitAction(text="Call Ben", owner=sponsor, due_on=DUE), own.plan)
    office.clock.now = MORNING
    assert await look() == 1
    (mail,) = sink.mails
    assert mail["To"] == "Tomasz <tomasz@example.org>"
    assert "Call Ben" not in mail.as_string()


async def test_two_workers_send_one_mail(
    office: Office, action: UUID, runner: Runner, sending: Sending, sink: Sink, database: Database
) -> None:
    await runner.catch_up()
    office.clock.now = MORNING
    (digest,) = await due(office.commands, office.tenant)
    await asyncio.gather(*(sending.send(office.tenant, digest, MORNING) for _ in range(3)))
    assert len(sink.mails) == 1
    assert outcomes(database) == ["planned", "sent"]


async def test_workers_whose_clocks_are_wrong_remind_once(office: Office, action: UUID, look: Look, sink: Sink, database: Database) -> None:
    """One is an hour ahead, one an hour behind, and one is put back between its looks."""
    for minutes in (-60, 60, -60, 0, 60, -61, 120, 0):
        office.clock.now = MORNING + timedelta(minutes=minutes)
        await look()
    assert len(sink.mails) == 1
    assert outcomes(database) == ["planned", "sent"]


async def test_a_clock_that_is_put_back_changes_no_order(office: Office, engaged: Engaged, database: Database) -> None:
    office.clock.now = MORNING + timedelta(hours=1)
    first = await office.made(engaged.client, CommitAction(text="First", owner=engaged.client, due_on=DUE), engaged.plan)
    office.clock.now = MORNING - timedelta(hours=1)
    second = await office.made(engaged.client, CommitAction(text="Second", owner=engaged.client, due_on=DUE), engaged.plan)
    plan = (await office.commands.store.read(office.tenant, engaged.plan)).state(engaged.plan)
    assert [action for action in plan.actions if action in (first, second)] == [first, second]
    rows = ask(database.dsn("admin"), "SELECT occurred_at, recorded_at FROM es.event ORDER BY position DESC LIMIT 2")
    (later, later_recorded), (earlier, earlier_recorded) = rows
    assert earlier - later == timedelta(hours=2)
    assert later_recorded >= earlier_recorded
