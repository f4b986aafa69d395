"""The rules of a series of sessions: when each begins, and what is refused of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from domain.errors import ItemUnknown
from domain.errors.engagement import AgreementMissing
from domain.errors.session import (
    CoachUnavailable,
    NotInSeries,
    SessionAllocationExhausted,
    StartsTooFar,
    StrategyNotMeeting,
)
from domain.session.commands import CancelSession, Repeat, RescheduleSession
from domain.session.context import PlanFacts
from domain.session.series import later_id, moved, place_of, starts
from domain.session.slot import Busy
from tests.domain.spec import IDS, given, uuid
from tests.domain.test_session_booking import CALL_OFF, CALLED_OFF, MOVE, MOVED, SCHEDULE, SCHEDULED, START, context

STRATEGY, MEETING, DROPPED = uuid(50), uuid(51), uuid(52)
PLAN = PlanFacts(strategy_ids=frozenset({STRATEGY, MEETING, DROPPED}), meeting_ids=frozenset({MEETING}))
SERIES = replace(SCHEDULE, repeat=Repeat(every="two_weeks", times=4))
FIRST = replace(SCHEDULED, series_id=IDS[0])
LATER = replace(SCHEDULE, starts_at=START + timedelta(days=14))


PART = timedelta(minutes=15)
"""How much of each time is taken here."""


def taken(*times: datetime) -> dict[datetime, Busy]:
    return {at: Busy(at, at + PART) for at in times}


def told(at: datetime) -> dict[str, datetime]:
    return {"starts_at": at, "taken_from": at, "taken_until": at + PART}


def wall(at: datetime, zone: str = "Europe/Berlin") -> str:
    return f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"


def first(text: str, zone: str = "Europe/Berlin") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


@pytest.mark.parametrize(
    ("every", "begin", "expected"),
    [
        ("week", "2026-03-22 10:00", ["2026-03-22 10:00", "2026-03-29 10:00", "2026-04-05 10:00"]),
        ("two_weeks", "2026-10-18 10:00", ["2026-10-18 10:00", "2026-11-01 10:00", "2026-11-15 10:00"]),
        ("cadence", "2026-10-18 10:00", ["2026-10-18 10:00", "2026-11-08 10:00", "2026-11-29 10:00"]),
        ("month", "2026-01-31 18:30", ["2026-01-31 18:30", "2026-02-28 18:30", "2026-03-31 18:30"]),
        ("month", "2027-12-31 09:00", ["2027-12-31 09:00", "2028-01-31 09:00", "2028-02-29 09:00"]),
    ],
)
def test_the_clock_on_the_wall_stays_when_the_clocks_change(every: Any, begin: str, expected: list[str]) -> None:
    found = starts(first(begin), Repeat(every=every, times=3), "Europe/Berlin", 21)
    assert [wall(at) for at in found] == expected
    assert all(at.tzinfo is UTC for at in found)


def test_a_time_that_is_skipped_is_the_first_after_it_and_one_that_is_repeated_the_first_of_both() -> None:
    spring = starts(first("2026-03-22 02:30"), Repeat(every="week", times=3), "Europe/Berlin", 14)
    assert [wall(at) for at in spring] == ["2026-03-22 02:30", "2026-03-29 03:30", "2026-04-05 02:30"]
    autumn = starts(first("2026-10-18 02:30"), Repeat(every="week", times=2), "Europe/Berlin", 14)
    assert autumn[1] == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_what_is_moved_moves_by_days_and_by_the_clock() -> None:
    """From a Tuesday at ten to the Thursday at nine, over the end of summer time."""
    before, after = first("2026-10-20 10:00"), first("2026-10-22 09:00")
    assert [wall(moved(first(at), before, after, "Europe/Berlin")) for at in ("2026-10-20 10:00", "2026-10-27 10:00")] == [
        "2026-10-22 09:00",
        "2026-10-29 09:00",
    ]


def test_the_ids_of_a_series_stand_in_its_order() -> None:
    begun = UUID("01900000-0000-7000-8000-0000000000fe")
    assert [later_id(begun, number).hex[-4:] for number in range(3)] == ["00fe", "00ff", "0100"]
    assert {later_id(begun, number).version for number in range(52)} == {7}
    assert [place_of(begun, later_id(begun, number)) for number in (0, 51)] == [0, 51]


def test_books_the_first_of_a_series_and_from_it_the_others() -> None:
    given().when(SERIES, context()).then(FIRST)
    later = context(series_id=uuid(60), session_no=2)
    given().when(LATER, later).then(replace(SCHEDULED, series_id=uuid(60), session_no=2, starts_at=LATER.starts_at))


@pytest.mark.parametrize(("left", "times", "refused"), [(4, 4, False), (3, 4, True), (None, 52, False)])
def test_a_series_is_as_long_as_the_agreement_lasts(left: int | None, times: int, refused: bool) -> None:
    asked = given().when(replace(SERIES, repeat=Repeat(every="week", times=times)), context(sessions_left=left))
    if refused:
        assert asked.then_refused(SessionAllocationExhausted, "/repeat/times").facts == {"left": left}
    else:
        asked.then(FIRST)


def test_names_the_dates_that_the_coach_has_not_free() -> None:
    """The fourth is an hour earlier by UTC: summer time has begun."""
    second, fourth = START + timedelta(days=14), START + timedelta(days=42, hours=-1)
    refusal = given().when(SERIES, context(taken=taken(fourth, second))).then_refused(CoachUnavailable, "/repeat")
    assert refusal.facts == {"clashes": [{"number": 2, **told(second)}, {"number": 4, **told(fourth)}]}
    given().when(replace(SERIES, repeat=Repeat(every="week", times=2)), context(taken=taken(START))).then_refused(CoachUnavailable)


def test_says_of_many_dates_that_are_taken_the_first_ones_and_how_many_more() -> None:
    """By the clock of where the time was chosen; all of them stand in the facts."""
    weeks = [START + timedelta(days=7 * number) for number in range(7)]
    asked = replace(SERIES, zone="Etc/UTC", repeat=Repeat(every="week", times=7))
    refusal = given().when(asked, context(taken=taken(*weeks))).then_refused(CoachUnavailable, "/repeat")
    assert f"on {weeks[0]:%Y-%m-%d from %H:%M} to {weeks[0] + PART:%H:%M}, {weeks[1]:%Y-%m-%d} from" in str(refusal)
    assert "and at 2 more of these times" in str(refusal)
    assert f"{weeks[5]:%Y-%m-%d}" not in str(refusal)
    assert [one["number"] for one in refusal.facts["clashes"]] == [1, 2, 3, 4, 5, 6, 7]


def test_the_cadence_is_that_of_the_agreement() -> None:
    wanted = replace(SERIES, repeat=Repeat(every="cadence", times=2))
    given().when(wanted, context(cadence_days=21, taken=taken(START + timedelta(days=14)))).then(FIRST)
    busy = context(cadence_days=21, taken=taken(START + timedelta(days=21)))
    given().when(wanted, busy).then_refused(CoachUnavailable, "/repeat")
    given().when(wanted, context(cadence_days=None)).then_refused(AgreementMissing, "/repeat/every")


def test_a_session_carries_out_a_strategy_of_meetings_that_is_in_force() -> None:
    given().when(replace(SCHEDULE, strategy_id=MEETING), context(plan=PLAN)).then(replace(SCHEDULED, strategy_id=MEETING))
    given().when(replace(SCHEDULE, strategy_id=uuid(53)), context(plan=PLAN)).then_refused(ItemUnknown, "/strategy_id")
    for other in (STRATEGY, DROPPED):
        given().when(replace(SERIES, strategy_id=other), context(plan=PLAN)).then_refused(StrategyNotMeeting, "/strategy_id")


def test_refuses_what_no_calendar_reaches() -> None:
    far = datetime(3000, 1, 1, tzinfo=UTC)
    given().when(replace(SCHEDULE, starts_at=far), context()).then_refused(StartsTooFar, "/starts_at")
    given(SCHEDULED).when(replace(MOVE, to=far), context()).then_refused(StartsTooFar, "/to")
    given().when(replace(SCHEDULE, starts_at=far - timedelta(minutes=5)), context()).then(
        replace(SCHEDULED, starts_at=far - timedelta(minutes=5))
    )


@pytest.mark.parametrize("command", [MOVE, CALL_OFF])
def test_the_rest_is_that_of_a_series(command: RescheduleSession | CancelSession) -> None:
    given(SCHEDULED).when(replace(command, rest=True), context()).then_refused(NotInSeries, "/rest")
    given(FIRST).when(replace(command, rest=True), context()).then(MOVED if isinstance(command, RescheduleSession) else CALLED_OFF)


def test_refuses_to_move_the_rest_onto_other_sessions_and_names_them() -> None:
    busy = [START + timedelta(days=28), START + timedelta(days=14)]
    refusal = given(FIRST).when(replace(MOVE, rest=True), context(taken=taken(*busy))).then_refused(CoachUnavailable, "/to")
    assert refusal.facts == {"clashes": [told(at) for at in sorted(busy)]}
