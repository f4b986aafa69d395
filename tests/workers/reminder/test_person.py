"""Reminders about people: a coach's credential that expires, and an erasure that still waits for something."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from domain.event import Event
from domain.organization.commands import PlaceLegalHold
from domain.person.commands import ErasePerson, RecordCoachCredential, RequestPersonErasure
from domain.person.events import CoachCredentialRecorded, CoachDevelopmentRecorded, MembershipRevoked, PersonErased, PersonErasureRequested
from domain.person.evolve import evolve
from domain.person.state import PersonState
from domain.values import NIL
from projections.reminders_due import REMINDERS_DUE
from projections.runner import Runner
from services.actor import WORKER, Actor
from tests.database import Database
from tests.domain.spec import IDS, Happened, folded, recorded, uuid
from tests.domain.test_person import REGISTERED, membership
from tests.projections.history import BERLIN, noon
from tests.projections.rebuilding import rebuild_all
from tests.workers.reminder.conftest import Look
from tests.workers.reminder.office import Office, instant
from tests.workers.reminder.sink import Sink
from tests.workers.reminder.test_reminding import outcomes
from workers.reminder.anchor import Terms
from workers.reminder.due import due
from workers.reminder.person import firings_about
from workers.reminder.sending import Sending
from workers.reminder.slot import Quiet

TERMS = Terms(BERLIN, Quiet(20, 7), 30)
COACH, ADMIN, OTHER = IDS[0], uuid(41), uuid(42)
REQUESTED = PersonErasureRequested(basis="objection", due_by=date(2026, 3, 31))


def on(day: str, event: Event) -> Happened:
    return Happened(event, at=noon(day))


def valid_until(day: str | None, body: Any = "icf") -> CoachCredentialRecorded:
    until = None if day is None else date.fromisoformat(day)
    return CoachCredentialRecorded(body=body, level="acc", number=None, issued_on=None, valid_until=until, education_start=None)


def someone(*past: Happened) -> PersonState:
    state: PersonState = folded("person", [on("2026-01-01", REGISTERED), *past])
    return state


def coach(*past: Happened) -> PersonState:
    return someone(on("2026-01-02", membership("coach")), *past)


def told(person: PersonState, people: dict[UUID, PersonState] | None = None) -> list[tuple[UUID, str, str]]:
    """Whom, on what it hangs, and when in UTC."""
    everybody = {person.id: person} if people is None else people
    zones: dict[UUID, ZoneInfo] = dict.fromkeys(everybody, BERLIN)
    found = firings_about(person, everybody, TERMS, zones)
    return [(one.key.recipient_id, one.key.anchor, f"{one.due_at:%m-%d %H:%M}") for one in found]


EXPIRING = [(COACH, "icf.2026-07-01", "05-02 06:00"), (COACH, "icf.2026-07-01", "06-01 06:00")]


def test_a_coach_is_told_twice_that_a_credential_expires() -> None:
    assert told(coach(on("2026-02-01", valid_until("2026-07-01")))) == EXPIRING


def test_what_lies_before_it_was_recorded_is_left_out() -> None:
    assert told(coach(on("2026-05-20", valid_until("2026-07-01")))) == EXPIRING[1:]
    assert told(coach(on("2026-06-20", valid_until("2026-07-01")))) == []


def test_a_renewed_one_has_another_day_and_one_without_a_day_none() -> None:
    recorded = (on("2026-02-01", valid_until("2026-07-01")), on("2026-05-10", valid_until("2029-07-01")))
    assert told(coach(*recorded)) == [(COACH, "icf.2029-07-01", "05-02 06:00"), (COACH, "icf.2029-07-01", "06-01 06:00")]
    assert told(coach(recorded[0], on("2026-05-10", valid_until(None)))) == []


def test_those_of_two_bodies_are_two_also_on_the_same_day() -> None:
    both = coach(on("2026-02-01", valid_until("2026-07-01")), on("2026-02-02", valid_until("2026-07-01", "emcc")))
    assert {anchor for _, anchor, _ in told(both)} == {"icf.2026-07-01", "emcc.2026-07-01"}
    keys = {(one.key.anchor, one.key.offset_days) for one in firings_about(both, {COACH: both}, TERMS, {COACH: BERLIN})}
    assert len(keys) == 4


def supervised(day: str, kind: Any = "supervision") -> CoachDevelopmentRecorded:
    return CoachDevelopmentRecorded(development_id=uuid(70), kind=kind, held_on=date.fromisoformat(day), minutes=60)


def test_a_coach_is_told_when_a_quarter_without_supervision_comes_to_its_end() -> None:
    first = coach(on("2026-02-02", supervised("2026-02-01")))
    assert told(first) == [(COACH, "2026-05-03", "04-03 06:00"), (COACH, "2026-05-03", "05-03 06:00")]
    again = coach(on("2026-02-02", supervised("2026-02-01")), on("2026-04-10", supervised("2026-04-09")))
    assert {anchor for _, anchor, _ in told(again)} == {"2026-07-09"}
    assert told(coach(on("2026-02-02", supervised("2026-02-01", "training")))) == []


def test_who_coaches_no_more_is_not_told() -> None:
    recorded = on("2026-02-01", valid_until("2026-07-01"))
    assert told(coach(recorded, on("2026-03-01", MembershipRevoked(role="coach", program_id=None, reason_code="other", reason=None)))) == []
    until = someone(on("2026-01-02", membership("coach", until=date(2026, 5, 10))), recorded)
    assert told(until) == EXPIRING[:1]
    assert told(coach(recorded, on("2026-03-01", REQUESTED)), {}) == []


def test_what_was_only_imported_reminds_nobody() -> None:
    event = recorded(on("2026-02-01", valid_until("2026-07-01")), 3)
    state = evolve(coach(), replace(event, meta=replace(event.meta, channel="import")))
    assert state.credentials[0].valid_until == date(2026, 7, 1)
    assert told(state) == []


def administrators(since: str = "2026-01-02", program: UUID | None = None) -> dict[UUID, PersonState]:
    return {
        ADMIN: someone(on("2026-01-02", membership("admin"))),
        OTHER: someone(on(since, membership("admin", program_id=program))),
        uuid(43): coach(),
    }


def test_administrators_are_told_ten_days_before_an_erasure_has_to_be_done() -> None:
    waits = someone(on("2026-03-01", REQUESTED))
    assert told(waits, administrators()) == [(ADMIN, "2026-03-31", "03-21 07:00"), (OTHER, "2026-03-31", "03-21 07:00")]
    assert told(waits, administrators(since="2026-03-25")) == [(ADMIN, "2026-03-31", "03-21 07:00")]
    assert told(waits, administrators(program=uuid(20))) == [(ADMIN, "2026-03-31", "03-21 07:00")]


def test_nobody_is_told_of_an_erasure_that_is_done() -> None:
    done = PersonErased(realms=(), keys=())
    assert told(someone(on("2026-03-01", REQUESTED), on("2026-03-01", done)), administrators()) == []


FIRST, SECOND = instant("2026-05-02 06:00"), instant("2026-06-01 06:00")  # eight in Berlin
RECORD = RecordCoachCredential(body="icf", level="acc", valid_until=date(2026, 7, 1))


@pytest.fixture
async def amir(office: Office) -> UUID:
    amir = await office.enter("amir", "coach", None)
    await office.does(amir, RECORD, amir)
    return amir


async def test_a_coach_is_written_to_until_it_is_renewed(
    office: Office, amir: UUID, look: Look, runner: Runner, sink: Sink, database: Database
) -> None:
    office.clock.now = FIRST - timedelta(minutes=1)
    assert await look() == 0
    office.clock.now = FIRST
    assert await look() == 1
    await rebuild_all(runner.connections, runner.opener, REMINDERS_DUE)
    assert await look() == 0
    (mail,) = sink.mails
    text = str(mail.get_body(("plain",)).get_content())  # type: ignore[union-attr]
    assert mail["To"] == "Amir <amir@example.org>"
    assert "Your ICF credential expires on Wednesday, 1 July 2026." in text
    assert "https://coaching.example.org/hours" in text
    await office.does(amir, RecordCoachCredential(body="icf", level="acc", valid_until=date(2029, 7, 1)), amir)
    office.clock.now = SECOND
    assert await look() == 0
    assert outcomes(database) == ["planned", "sent"]


async def test_what_is_renewed_between_looking_and_sending_is_not_even_claimed(
    office: Office, amir: UUID, runner: Runner, sending: Sending, sink: Sink, database: Database
) -> None:
    office.clock.now = FIRST
    await runner.catch_up()
    (digest,) = await due(office.commands, office.tenant)
    await office.does(amir, RecordCoachCredential(body="icf", level="acc", valid_until=date(2029, 7, 1)), amir)
    await sending.send(office.tenant, digest, office.clock())
    assert (sink.mails, outcomes(database)) == ([], [])


async def test_what_the_server_refuses_comes_again_a_day_later(
    office: Office, amir: UUID, look: Look, sink: Sink, database: Database
) -> None:
    office.clock.now, sink.answer = FIRST, "550 no such person"
    assert await look() == 1
    office.clock.now += timedelta(hours=1)
    assert await look() == 0
    office.clock.now, sink.answer = FIRST + timedelta(hours=25), ""
    assert await look() == 1
    assert outcomes(database) == ["planned", "failed", "planned", "sent"]


async def test_an_erasure_that_a_hold_keeps_waiting_is_told_to_who_administers(
    office: Office, look: Look, sink: Sink, database: Database
) -> None:
    ann, mira, ben = [await office.enter(name, role, None) for name, role in (("ann", "admin"), ("mira", "client"), ("ben", "client"))]
    for person in (mira, ben):
        await office.does(ann, RequestPersonErasure(basis="objection", seen=1), person)
    await office.does(ann, PlaceLegalHold(scope="person", subject_id=mira, case_ref="4711", reason="A court asked."), office.tenant)
    await office.commands.execute(Actor(office.tenant, NIL, WORKER, NIL), ErasePerson(realms=(), keys=()), ben)
    office.clock.now = instant("2026-02-22 07:00")  # ten days before 4 March
    assert await look() == 1
    (mail,) = sink.mails
    text = str(mail.get_body(("plain",)).get_content())  # type: ignore[union-attr]
    assert (mail["To"], mail["Subject"]) == ("Ann <ann@example.org>", "1 reminder")
    assert "has to be done by Wednesday, 4 March 2026" in text
    assert f"https://coaching.example.org/people/{mira}" in text
    assert "Mira" not in text
    assert await look() == 0
    assert outcomes(database) == ["planned", "sent"]


async def test_who_reads_german_is_told_in_german(office: Office, look: Look, sink: Sink) -> None:
    jana = await office.enter("jana", "coach", None, locale="de")
    await office.does(jana, RECORD, jana)
    office.clock.now = FIRST
    assert await look() == 1
    text = str(sink.mails[0].get_body(("plain",)).get_content())  # type: ignore[union-attr]
    assert "Ihre Akkreditierung (ICF) läuft am Mittwoch, 1. Juli 2026 ab." in text
