"""When a reminder goes out, in every zone and on the nights on which the clocks change."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workers.reminder.office import instant
from workers.reminder.slot import Quiet, awake, dated, is_stale, prompt, same_hour

NIGHT = Quiet(20, 7)
NEVER = Quiet(0, 0)
BERLIN, NEW_YORK = "Europe/Berlin", "America/New_York"
ZONES = [BERLIN, NEW_YORK, "Asia/Kolkata", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia", "America/St_Johns", "Etc/UTC"]


@pytest.mark.parametrize(
    ("day", "zone", "quiet", "slot"),
    [
        ("2026-02-18", BERLIN, NIGHT, "2026-02-18 07:00"),
        ("2026-03-28", BERLIN, NIGHT, "2026-03-28 07:00"),  # the day before spring
        ("2026-03-29", BERLIN, NIGHT, "2026-03-29 06:00"),
        ("2026-10-24", BERLIN, NIGHT, "2026-10-24 06:00"),  # the day before autumn
        ("2026-10-25", BERLIN, NIGHT, "2026-10-25 07:00"),
        ("2026-03-08", NEW_YORK, NIGHT, "2026-03-08 12:00"),
        ("2026-02-18", "Asia/Kolkata", NIGHT, "2026-02-18 02:30"),
        ("2026-02-18", "Asia/Kathmandu", NIGHT, "2026-02-18 02:15"),
        ("2028-02-29", BERLIN, NIGHT, "2028-02-29 07:00"),
        ("2026-02-18", BERLIN, Quiet(20, 9), "2026-02-18 08:00"),
        ("2026-02-18", BERLIN, Quiet(8, 12), "2026-02-18 11:00"),
        ("2026-02-18", BERLIN, Quiet(8, 7), "2026-02-19 06:00"),  # all but an hour
        ("2026-02-18", BERLIN, NEVER, "2026-02-18 07:00"),
    ],
)
def test_a_day_has_its_morning(day: str, zone: str, quiet: Quiet, slot: str) -> None:
    assert dated(date.fromisoformat(day), ZoneInfo(zone), quiet) == instant(slot)


@pytest.mark.parametrize(
    ("happened", "zone", "quiet", "slot"),
    [
        ("2026-02-18 10:20", BERLIN, NIGHT, "2026-02-18 11:00"),
        ("2026-02-18 11:00", BERLIN, NIGHT, "2026-02-18 12:00"),
        ("2026-02-18 10:20", "Asia/Kolkata", NIGHT, "2026-02-18 10:30"),
        ("2026-02-18 18:30", BERLIN, NIGHT, "2026-02-19 06:00"),  # at eight in the evening it is quiet
        ("2026-02-18 23:30", BERLIN, NIGHT, "2026-02-19 06:00"),  # past midnight
        ("2026-03-28 20:00", BERLIN, NIGHT, "2026-03-29 05:00"),  # over the night of spring
        ("2026-10-24 20:00", BERLIN, NIGHT, "2026-10-25 06:00"),  # and of autumn
        ("2026-03-29 00:30", BERLIN, NEVER, "2026-03-29 01:00"),  # 1:30, then 3:00
        ("2026-03-28 23:30", BERLIN, Quiet(22, 2), "2026-03-29 01:00"),  # 2:00 is skipped: 3:00 is the first after it
        ("2026-10-24 23:30", BERLIN, Quiet(22, 2), "2026-10-25 00:00"),  # 2:00 comes twice: the first of them
        ("2026-10-25 00:30", BERLIN, Quiet(22, 3), "2026-10-25 02:00"),  # in the hour that comes twice
    ],
)
def test_an_event_has_the_next_hour(happened: str, zone: str, quiet: Quiet, slot: str) -> None:
    assert prompt(instant(happened), ZoneInfo(zone), quiet) == instant(slot)


@given(
    moment=st.datetimes(instant("2020-01-01 00:00").replace(tzinfo=None), instant("2030-01-01 00:00").replace(tzinfo=None)),
    zone=st.sampled_from(ZONES),
    quiet=st.builds(Quiet, st.integers(0, 23), st.integers(0, 23)),
)
def test_nobody_is_woken_and_nobody_waits_for_more_than_a_day(moment: object, zone: str, quiet: Quiet) -> None:
    now = instant(str(moment))
    local = ZoneInfo(zone)
    for slot in (prompt(now, local, quiet), awake(now, local, quiet)):
        assert not quiet.holds(slot.astimezone(local).hour)
        assert now <= slot <= now + timedelta(hours=26)
    assert awake(prompt(now, local, quiet), local, quiet) == prompt(now, local, quiet)


def test_the_hour_that_comes_twice_is_two() -> None:
    berlin = ZoneInfo(BERLIN)
    assert same_hour(instant("2026-10-25 00:00"), instant("2026-10-25 00:59"), berlin)
    assert not same_hour(instant("2026-10-25 00:30"), instant("2026-10-25 01:30"), berlin)
    assert not same_hour(instant("2026-02-18 07:00"), instant("2026-02-19 07:00"), berlin)
    assert same_hour(instant("2026-02-18 02:40"), instant("2026-02-18 03:20"), ZoneInfo("Asia/Kolkata"))


def test_two_days_late_is_too_late() -> None:
    slot = instant("2026-02-18 07:00")
    assert not is_stale(slot, slot + timedelta(hours=48))
    assert is_stale(slot, slot + timedelta(hours=48, seconds=1))
