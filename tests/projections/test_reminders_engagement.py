"""Reminders of an engagement itself: that its sides are to meet, and that it is still open after its end."""

from __future__ import annotations

from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from domain.engagement.events import (
    AgreementAmended,
    AlignmentMeetingHeld,
    DisclosureConsentGranted,
    DisclosureConsentWithdrawn,
    EngagementActivated,
    EngagementEndedEarly,
    EngagementPaused,
    EngagementProposed,
    EngagementResumed,
    MemberAdded,
    MemberRemoved,
    Recipient,
)
from domain.event import Event
from domain.glossary import Disclosure
from tests.projections.history import BERLIN, CLIENT, COACH, PROGRAM, History, uuid
from tests.projections.test_reminders_due import TERMS, facts_of
from workers.reminder.rule import firings

SPONSOR, MANAGER, MEMBER = uuid(60), uuid(61), uuid(62)
TO_SPONSOR = Recipient(role="sponsor")
ZONES: dict[UUID, ZoneInfo] = {CLIENT: BERLIN, COACH: BERLIN, MANAGER: BERLIN}
ACTIVATED = EngagementActivated(starts_on=date(2026, 1, 10), planned_end=date(2026, 4, 20))


def begun(sponsor: UUID | None = SPONSOR) -> History:
    """A hundred days, set up by a program manager."""
    history = History()
    proposed = EngagementProposed(
        engagement_id=history.engagement, client_id=CLIENT, program_id=PROGRAM, kind="individual", pro_bono=False, sponsor_id=sponsor
    )
    history.feds[0] = replace(history.feds[0], event=proposed)
    return since(history, "2026-01-09", ACTIVATED, actor=MANAGER, role="program_manager")


def since(history: History, day: str, *events: Event, **fields: object) -> History:
    return history.on(day, *events, stream=history.engagement, **fields)  # type: ignore[arg-type]


def told(history: History, rule: str) -> list[tuple[UUID, int, str]]:
    found = [one for one in firings(facts_of(history), TERMS, ZONES) if one.key.rule == rule]
    return [(one.key.recipient_id, one.key.offset_days, f"{one.due_at:%m-%d}") for one in found]


def held(kind: str) -> AlignmentMeetingHeld:
    return AlignmentMeetingHeld(kind=kind, held_on=date(2026, 1, 10), attendees=("client", "coach"), agreed_points=None)  # type: ignore[arg-type]


START = [(COACH, 0, "01-10"), (COACH, 7, "01-17")]
MID = [(COACH, 0, "03-01"), (COACH, 7, "03-08")]
END = [(COACH, 0, "04-10"), (COACH, 7, "04-17")]


def test_the_coach_is_reminded_of_a_meeting_at_the_start_in_the_middle_and_at_the_end() -> None:
    assert told(begun(), "alignment_due") == [*START, *MID, *END]


@pytest.mark.parametrize(("kind", "left"), [("start", [*MID, *END]), ("mid", [*START, *END]), ("end", [*START, *MID])])
def test_what_was_held_is_not_asked_for(kind: str, left: list[tuple[UUID, int, str]]) -> None:
    assert told(since(begun(), "2026-01-09", held(kind)), "alignment_due") == left


def test_two_sides_need_no_such_meeting() -> None:
    assert told(begun(sponsor=None), "alignment_due") == []


def test_a_program_manager_is_told_of_what_is_open_after_its_end() -> None:
    assert told(begun(), "engagement_overdue") == [(MANAGER, 1, "04-21"), (MANAGER, 14, "05-04")]


def test_a_pause_puts_both_off() -> None:
    paused = EngagementPaused(paused_on=date(2026, 2, 1), until=None, shifts_due_dates=True, reason_code="absence", reason=None)
    resumed = EngagementResumed(
        paused_on=date(2026, 2, 1),
        resumed_on=date(2026, 2, 11),
        shifted_days=10,
        planned_end=date(2026, 4, 30),
        reason_code="absence",
        reason=None,
    )
    history = since(since(begun(), "2026-02-01", paused), "2026-02-11", resumed)
    assert told(history, "engagement_overdue") == [(MANAGER, 1, "05-01"), (MANAGER, 14, "05-14")]
    assert told(history, "alignment_due") == [(COACH, 0, "03-06"), (COACH, 7, "03-13"), (COACH, 0, "04-19"), (COACH, 7, "04-26")]


def test_nobody_is_reminded_of_what_is_over() -> None:
    ended = EngagementEndedEarly(
        engagement_id=uuid(4),
        client_id=CLIENT,
        coach_id=COACH,
        program_id=None,
        seat=None,
        closed_on=date(2026, 3, 1),
        next_session_no=1,
        sessions_held=0,
        ended_by="client",
        reason_code="other",
        reason=None,
    )
    history = since(begun(), "2026-03-01", ended)
    assert [*told(history, "engagement_overdue"), *told(history, "alignment_due")] == []


def granted(until: str | None, *subjects: Disclosure, recipient: Recipient = TO_SPONSOR) -> DisclosureConsentGranted:
    return DisclosureConsentGranted(subjects=subjects, recipient=recipient, until=None if until is None else date.fromisoformat(until))


def consented(until: str = "2026-04-01") -> History:
    """A class of content up to that day, another one up to the end of May."""
    given = (granted(until, "progress"), granted("2026-05-31", "attainment"))
    return since(begun(), "2026-02-01", *given, actor=CLIENT)


ENDS = [(CLIENT, -14, "03-18"), (CLIENT, -14, "05-17")]


def test_a_client_is_told_two_weeks_before_that_a_consent_ends() -> None:
    assert told(consented(), "consent_expiring") == ENDS
    of_one_day = since(consented(), "2026-02-02", granted("2026-04-01", "attendance", recipient=Recipient(role="manager")), actor=CLIENT)
    assert told(of_one_day, "consent_expiring") == ENDS


def test_nobody_is_told_before_there_is_time_for_it() -> None:
    assert told(since(begun(), "2026-03-25", granted("2026-04-01", "progress"), actor=CLIENT), "consent_expiring") == []


@pytest.mark.parametrize(
    ("then", "left"),
    [
        (granted("2026-06-30", "progress"), [ENDS[1], (CLIENT, -14, "06-16")]),
        (granted(None, "progress"), ENDS[1:]),
        (DisclosureConsentWithdrawn(subjects=("progress",), recipient=TO_SPONSOR), ENDS[1:]),
        (DisclosureConsentWithdrawn(subjects=("progress",), recipient=Recipient(role="manager")), ENDS),
        (AgreementAmended(agreement_version=2, supersedes=1, digest="ab" * 32, narrowed=("progress",)), ENDS[1:]),
    ],
    ids=["renewed", "for good", "withdrawn", "withdrawn from another", "narrower terms"],
)
def test_what_was_renewed_or_has_ended_is_not_told(then: Event, left: list[tuple[UUID, int, str]]) -> None:
    assert told(since(consented(), "2026-02-03", then, actor=CLIENT), "consent_expiring") == left


def test_in_a_group_each_is_told_of_their_own_and_who_left_of_none() -> None:
    added = MemberAdded(client_id=MEMBER, joined_on=date(2026, 1, 12), head_count=2)
    history = since(since(begun(), "2026-01-12", added), "2026-02-01", granted("2026-04-01", "progress"), actor=MEMBER)
    zones = {**ZONES, MEMBER: BERLIN}
    assert [one.key.recipient_id for one in firings(facts_of(history), TERMS, zones) if one.key.rule == "consent_expiring"] == [MEMBER]
    removed = MemberRemoved(client_id=MEMBER, left_on=date(2026, 2, 5), head_count=1, reason_code="other", reason=None)
    assert facts_of(since(history, "2026-02-05", removed)).consents == ()
