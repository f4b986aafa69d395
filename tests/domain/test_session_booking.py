"""The rules of when client and coach meet."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from domain.errors import NotPermitted, OccurredAtOutOfRange, ReasonRequired, VersionConflict
from domain.errors.engagement import EngagementNotActive, NoLeadCoach
from domain.errors.organization import TimeZoneUnknown
from domain.errors.session import CoachUnavailable, SessionAllocationExhausted, SessionBegun, SessionClosed, StartsInPast, TimeUneven
from domain.session.commands import CancelSession, Repeat, RescheduleSession, ScheduleSession
from domain.session.context import SessionContext
from domain.session.events import SessionCancelled, SessionRescheduled, SessionScheduled
from domain.session.slot import SLOT_SECONDS, Busy, busy, slots
from domain.values import OfAuthor
from tests.domain.spec import CLIENT, COACH, IDS, NOW, STRANGER, Happened, folded, given, known
from tests.domain.test_evaluation import ENGAGEMENT

START = NOW + timedelta(days=3)
FIRST_SLOT = int(START.timestamp()) // SLOT_SECONDS
SCHEDULE = ScheduleSession(engagement_id=ENGAGEMENT.id, starts_at=START)
SCHEDULED = SessionScheduled(
    session_id=IDS[0],
    engagement_id=ENGAGEMENT.id,
    client_id=CLIENT,
    coach_id=COACH,
    session_no=1,
    starts_at=START,
    minutes=60,
    zone="Europe/Berlin",
    kind="coaching",
    series_id=None,
    strategy_id=None,
)
MOVE = RescheduleSession(from_=START, to=START + timedelta(minutes=30), minutes=30, reason="The client is on a train.")
MOVED = SessionRescheduled(
    from_=START,
    from_minutes=60,
    from_coach_id=COACH,
    to=START + timedelta(minutes=30),
    minutes=30,
    coach_id=COACH,
    initiated_by="coach",
    reason_code=None,
    reason=OfAuthor("The client is on a train."),
)
CALL_OFF = CancelSession(reason_code="absence")
CALLED_OFF = SessionCancelled(
    starts_at=START, minutes=60, coach_id=COACH, initiated_by="coach", late_cancel=False, reason_code="absence", reason=None
)


def context(**changes: Any) -> SessionContext:
    facts = {"engagement": ENGAGEMENT, "sessions_left": 8, "notice_hours": 24, "zone": "Europe/Berlin"}
    return SessionContext(**known(**facts | changes))


def test_books_a_time() -> None:
    given().when(SCHEDULE, context()).then(SCHEDULED)
    other = replace(SCHEDULE, minutes=45, zone="Asia/Tokyo", kind="kick_off")
    given().when(other, context(session_no=4)).then(replace(SCHEDULED, session_no=4, minutes=45, zone="Asia/Tokyo", kind="kick_off"))


def test_a_time_is_kept_in_utc() -> None:
    there = START.astimezone(timezone(timedelta(hours=2)))
    given().when(replace(SCHEDULE, starts_at=there), context()).then(SCHEDULED)


@pytest.mark.parametrize("state", ["contracted", "paused", "completed", "ended_early"])
def test_refuses_to_book_and_to_move_unless_the_coaching_goes_on(state: Any) -> None:
    resting = context(engagement=replace(ENGAGEMENT, state=state))
    given().when(SCHEDULE, resting).then_refused(EngagementNotActive)
    given(SCHEDULED).when(MOVE, resting).then_refused(EngagementNotActive)


def test_refuses_without_a_coach() -> None:
    for past, command in (((), SCHEDULE), ((SCHEDULED,), MOVE)):
        given(*past).when(command, context(engagement=replace(ENGAGEMENT, coach_id=None))).then_refused(NoLeadCoach)


@pytest.mark.parametrize("starts_at", [NOW, NOW - timedelta(days=1)])
def test_refuses_a_time_that_is_not_ahead(starts_at: datetime) -> None:
    given().when(replace(SCHEDULE, starts_at=starts_at), context()).then_refused(StartsInPast, "/starts_at")
    given(SCHEDULED).when(replace(MOVE, to=starts_at), context()).then_refused(StartsInPast, "/to")


BEFORE = NOW - timedelta(days=2)
LASTING = replace(ENGAGEMENT, starts_on=(NOW - timedelta(days=30)).date())
AFTERWARDS = replace(SCHEDULE, starts_at=BEFORE, reason="We met without having booked it.")
BOOKED_AFTERWARDS = replace(SCHEDULED, starts_at=BEFORE, reason=OfAuthor("We met without having booked it."))


def test_books_what_took_place_before_with_the_reason() -> None:
    state = given().when(AFTERWARDS, context(engagement=LASTING)).then(BOOKED_AFTERWARDS)
    assert state.booked_afterwards
    coded = replace(AFTERWARDS, reason=None, reason_code="other")
    given().when(coded, context(engagement=LASTING)).then(replace(BOOKED_AFTERWARDS, reason=None, reason_code="other"))
    assert not given().when(SCHEDULE, context()).then(SCHEDULED).booked_afterwards


def test_what_is_booked_afterwards_is_a_coach_s_own_and_of_their_coaching() -> None:
    given().when(replace(AFTERWARDS, reason="short"), context()).then_refused(ReasonRequired, "/reason")
    given().when(AFTERWARDS, context(actor=CLIENT)).then_refused(NotPermitted, "/starts_at")
    given().when(replace(AFTERWARDS, starts_at=BEFORE + timedelta(minutes=3)), context()).then_refused(TimeUneven, "/starts_at")
    series = replace(AFTERWARDS, repeat=Repeat(every="week", times=2))
    given().when(series, context(engagement=LASTING)).then_refused(StartsInPast, "/repeat")
    begun = context(engagement=replace(ENGAGEMENT, starts_on=(NOW - timedelta(days=1)).date()))
    given().when(AFTERWARDS, begun).then_refused(OccurredAtOutOfRange, "/starts_at")
    taken_over = context(engagement=LASTING, coach_since=NOW - timedelta(days=1))
    given().when(AFTERWARDS, taken_over).then_refused(OccurredAtOutOfRange, "/starts_at")
    given().when(AFTERWARDS, context(engagement=LASTING, coach_since=BEFORE)).then(BOOKED_AFTERWARDS)
    given().when(AFTERWARDS, context(engagement=LASTING, taken={BEFORE: Busy(BEFORE, START)})).then_refused(CoachUnavailable, "/starts_at")


def test_calls_off_what_was_booked_afterwards_by_mistake() -> None:
    booked = Happened(BOOKED_AFTERWARDS, at=NOW)
    off = replace(CALLED_OFF, starts_at=BEFORE)
    assert not given(booked).when(CALL_OFF, context()).then(off).counts
    given(booked, off).when(CALL_OFF, context()).then_refused(SessionClosed)
    given(booked).when(replace(MOVE, from_=BEFORE), context()).then_refused(SessionBegun)


@pytest.mark.parametrize("off", [timedelta(minutes=3), timedelta(seconds=1), timedelta(microseconds=1)])
def test_refuses_a_time_between_the_five_minutes(off: timedelta) -> None:
    given().when(replace(SCHEDULE, starts_at=START + off), context()).then_refused(TimeUneven, "/starts_at")
    given(SCHEDULED).when(replace(MOVE, to=START + off), context()).then_refused(TimeUneven, "/to")


def test_refuses_a_zone_that_there_is_not() -> None:
    given().when(replace(SCHEDULE, zone="Mars/Base"), context()).then_refused(TimeZoneUnknown, "/zone")


@pytest.mark.parametrize("left", [0, -1])
def test_refuses_more_sessions_than_were_agreed(left: int) -> None:
    given().when(SCHEDULE, context(sessions_left=left)).then_refused(SessionAllocationExhausted)


def test_books_without_an_end_where_nothing_is_agreed() -> None:
    given().when(SCHEDULE, context(sessions_left=None)).then(SCHEDULED)


def test_moves_a_session() -> None:
    given(SCHEDULED).when(MOVE, context()).then(MOVED)
    given(SCHEDULED).when(replace(MOVE, minutes=None), context(actor=CLIENT)).then(replace(MOVED, minutes=60, initiated_by="client"))


def test_a_session_that_moves_is_with_the_coach_of_now() -> None:
    moved = replace(MOVED, coach_id=STRANGER)
    given(SCHEDULED).when(MOVE, context(engagement=replace(ENGAGEMENT, coach_id=STRANGER))).then(moved)


def test_moving_it_to_where_it_is_changes_nothing() -> None:
    given(SCHEDULED).when(replace(MOVE, to=START, minutes=60), context()).then_nothing()


def test_refuses_to_move_what_was_moved_meanwhile() -> None:
    refusal = given(SCHEDULED, MOVED).when(MOVE, context()).then_refused(VersionConflict, "/from")
    assert refusal.facts == {"starts_at": MOVED.to}


@pytest.mark.parametrize("command", [replace(MOVE, reason="why not"), replace(CALL_OFF, reason_code=None)])
def test_refuses_without_a_reason(command: Any) -> None:
    given(SCHEDULED).when(command, context()).then_refused(ReasonRequired)


@pytest.mark.parametrize("command", [MOVE, CALL_OFF])
def test_refuses_to_touch_one_that_was_called_off(command: Any) -> None:
    given(SCHEDULED, CALLED_OFF).when(command, context()).then_refused(SessionClosed)


@pytest.mark.parametrize("command", [MOVE, CALL_OFF])
def test_refuses_to_touch_one_that_has_begun(command: Any) -> None:
    given(SCHEDULED).when(command, context(now=START)).then_refused(SessionBegun)


@pytest.mark.parametrize(
    ("before", "late"),
    [(timedelta(hours=24), False), (timedelta(hours=24) - timedelta(microseconds=1), True), (timedelta(minutes=1), True)],
)
def test_calling_off_is_late_once_the_notice_has_begun(before: timedelta, late: bool) -> None:
    given(SCHEDULED).when(CALL_OFF, context(now=START - before)).then(replace(CALLED_OFF, late_cancel=late))


def test_calls_off_also_while_the_coaching_rests() -> None:
    given(SCHEDULED).when(CALL_OFF, context(engagement=replace(ENGAGEMENT, state="paused"))).then(CALLED_OFF)


def test_a_coach_calls_off_for_the_client_and_a_client_only_for_themselves() -> None:
    given(SCHEDULED).when(replace(CALL_OFF, initiated_by="client"), context()).then(replace(CALLED_OFF, initiated_by="client"))
    given(SCHEDULED).when(CALL_OFF, context(actor=CLIENT)).then(replace(CALLED_OFF, initiated_by="client"))
    mine = replace(CALL_OFF, initiated_by="coach")
    given(SCHEDULED).when(mine, context(actor=CLIENT)).then_refused(NotPermitted, "/initiated_by")


@pytest.mark.parametrize(("initiated_by", "late", "counts"), [("client", True, True), ("client", False, False), ("coach", True, False)])
def test_only_what_the_client_calls_off_late_counts_as_agreed(initiated_by: Any, late: bool, counts: bool) -> None:
    called_off = replace(CALLED_OFF, initiated_by=initiated_by, late_cancel=late)
    assert folded("session", [SCHEDULED, called_off]).counts is counts
    assert folded("session", [SCHEDULED]).counts


def test_sessions_that_touch_share_no_time_and_others_do() -> None:
    taken = set(slots(COACH, START, 60))
    assert len(taken) == 12
    assert taken.isdisjoint(slots(COACH, START + timedelta(minutes=60), 5))
    assert taken.isdisjoint(slots(COACH, START - timedelta(minutes=5), 5))
    assert taken & set(slots(COACH, START + timedelta(minutes=55), 30))
    assert taken.isdisjoint(slots(CLIENT, START, 60))
    assert slots(COACH, START.astimezone(UTC), 60) == slots(COACH, START.astimezone(timezone(timedelta(hours=5, minutes=45))), 60)


def test_a_clash_says_which_part_of_the_time_is_taken_by_the_clock_of_where_it_was_chosen() -> None:
    """Half past eleven in Berlin: no more of the other session is told."""
    part = busy([*slots(COACH, START + timedelta(minutes=40), 10), *slots(COACH, START + timedelta(minutes=30), 5)])
    assert part == Busy(START + timedelta(minutes=30), START + timedelta(minutes=50))
    local = START.astimezone(ZoneInfo("Europe/Berlin"))
    facts = {"clashes": [{"starts_at": START, "taken_from": part.since, "taken_until": part.until}]}
    refusal = given().when(SCHEDULE, context(taken={START: part})).then_refused(CoachUnavailable, "/starts_at")
    sentence = f"{local + timedelta(minutes=30):%Y-%m-%d from %H:%M} to {local + timedelta(minutes=50):%H:%M} (Europe/Berlin)"
    assert (refusal.facts, sentence in str(refusal)) == (facts, True)
    refusal = given(SCHEDULED).when(MOVE, context(taken={START: part})).then_refused(CoachUnavailable, "/to")
    assert refusal.facts == facts
