"""What sessions remind of: that one is near, that none is booked, and, the coach alone, that one was rated low."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from domain.session.rating import INSTRUMENTS
from domain.values import ERASED, OfClient
from tests.projections.history import History, noon
from tests.projections.meeting import begun, booked, called_off, held, missed, put_off, srs, stars, wai
from tests.projections.test_kpi_session import paused
from tests.projections.test_reminders_due import TERMS, ZONES, facts_of, told
from workers.reminder.rule import firings


def going() -> History:
    return begun(History())


class TestAhead:
    """Sessions are at noon, UTC: one in the afternoon in Berlin, and early in the morning in New York, where the coach is."""

    def ahead(self, history: History) -> list[tuple[str, int, str]]:
        return told(history, "session_ahead")

    def test_goes_to_both_a_day_before_and_not_in_the_night(self) -> None:
        """Seven in the morning is when the coach's quiet hours end."""
        assert self.ahead(booked(going(), 1, "2026-01-20")) == [("client", -1, "01-19 12:00"), ("coach", -1, "01-19 12:00")]
        dark = booked(going(), 1, "2026-01-20", starts_hour=9)
        assert self.ahead(dark) == [("client", -1, "01-19 09:00"), ("coach", -1, "01-19 12:00")]

    def test_one_that_is_booked_later_than_that_has_none(self) -> None:
        """Also where the night would put it off until after it was booked."""
        assert self.ahead(booked(going(), 1, "2026-01-20", on="2026-01-19")) == []
        late = noon("2026-01-19").replace(hour=9, minute=30)
        assert self.ahead(booked(going(), 1, "2026-01-20", on=late, starts_hour=9)) == []
        assert len(self.ahead(booked(going(), 1, "2026-01-20", on=noon("2026-01-19") - timedelta(seconds=1)))) == 2

    def test_one_that_moves_is_reminded_of_anew_and_one_that_is_over_or_called_off_is_not(self) -> None:
        history = booked(going(), 1, "2026-01-20")
        keys = {one.key.anchor for one in firings(facts_of(history), TERMS, ZONES)}
        moved = put_off(history, 1, "2026-01-20", "2026-01-27", "2026-01-15")
        assert self.ahead(moved) == [("client", -1, "01-26 12:00"), ("coach", -1, "01-26 12:00")]
        assert keys.isdisjoint(one.key.anchor for one in firings(facts_of(moved), TERMS, ZONES))
        assert self.ahead(put_off(moved, 1, "2026-01-27", "2026-01-20", "2026-01-19")) == []
        assert self.ahead(called_off(booked(going(), 2, "2026-01-20"), 2, "2026-01-20", "2026-01-10", late=False)) == []
        assert self.ahead(held(going(), 3, "2026-01-20")) == []

    def test_there_is_no_point_in_it_once_the_session_has_begun(self) -> None:
        (one, *_) = firings(facts_of(booked(going(), 1, "2026-01-20")), TERMS, ZONES)
        assert not one.is_stale(noon("2026-01-20") - timedelta(seconds=1))
        assert one.is_stale(noon("2026-01-20"))

    def test_what_is_imported_reminds_of_nothing(self) -> None:
        assert list(firings(facts_of(booked(going(), 1, "2026-01-20"), imported=True), TERMS, ZONES)) == []


class TestMissing:
    """To the coach 14 days after the last session, to the client a week later."""

    def missing(self, history: History) -> list[tuple[str, int, str]]:
        return told(history, "session_missing")

    def test_first_the_coach_then_the_client(self) -> None:
        assert self.missing(held(going(), 1, "2026-01-10")) == [("coach", 14, "01-24 13:00"), ("client", 21, "01-31 07:00")]
        assert self.missing(missed(going(), 1, "2026-01-10")) == [("coach", 14, "01-24 13:00"), ("client", 21, "01-31 07:00")]
        assert self.missing(going()) == []

    def test_while_one_is_booked_it_waits_for_that_one(self) -> None:
        history = booked(held(going(), 1, "2026-01-10"), 2, "2026-02-10", on="2026-01-10")
        assert [due for _, _, due in self.missing(history)] == ["02-24 13:00", "03-03 07:00"]

    def test_when_the_next_one_is_called_off_it_counts_from_the_last_again(self) -> None:
        history = booked(held(going(), 1, "2026-01-10"), 2, "2026-02-10", on="2026-01-10")
        assert [due for _, _, due in self.missing(called_off(history, 2, "2026-02-10", "2026-01-12", late=False))] == [
            "01-24 13:00",
            "01-31 07:00",
        ]
        late = called_off(
            booked(held(going(), 1, "2026-01-10"), 2, "2026-02-10", on="2026-01-10"), 2, "2026-02-10", "2026-02-09", late=True
        )
        assert [due for _, _, due in self.missing(late)] == ["02-10 13:00", "02-17 07:00"], "14 days were over: on the next day"

    def test_a_rest_puts_it_off_and_where_no_agreed_session_is_left_nobody_is_reminded(self) -> None:
        rested = paused(held(going(), 1, "2026-01-10"), "2026-01-15", "2026-01-25")
        assert [due for _, _, due in self.missing(rested)] == ["02-03 13:00", "02-10 07:00"]
        assert self.missing(held(begun(History(), sessions=1), 1, "2026-01-10")) == []
        two = held(begun(History(), sessions=2), 1, "2026-01-10")
        assert self.missing(called_off(booked(two, 2, "2026-01-20"), 2, "2026-01-20", "2026-01-20", late=True)) == []


class TestLow:
    def low(self, history: History) -> list[tuple[str, int, str]]:
        return told(history, "rating_low")

    @pytest.mark.parametrize(
        ("points", "is_low"), [((9, 9, 9, 9), True), ((10, 9, 9, 9), False), ((10, 10, 10, 7), True), ((10, 10, 10, 8), False)]
    )
    def test_srs_of_36_or_an_item_below_8_goes_to_the_coach_alone(self, points: tuple[int, ...], is_low: bool) -> None:
        """At noon of the coach's morning: the next full hour in which the coach is awake."""
        assert self.low(srs(held(going(), 1, "2026-01-10"), 1, "2026-01-10", *points)) == [("coach", 0, "01-10 13:00")] * is_low

    @pytest.mark.parametrize(("after", "is_low"), [(4, False), (3, True)])
    def test_an_alliance_that_fell_by_six_since_the_one_before(self, after: int, is_low: bool) -> None:
        """By 4 or by 8 of 60."""
        history = wai(held(going(), 1, "2026-01-10"), 1, "2026-01-10", goal=5, task=4, bond=4)
        history = wai(held(history, 2, "2026-02-10"), 2, "2026-02-10", goal=after, task=4, bond=4)
        assert self.low(history) == [("coach", 0, "02-10 13:00")] * is_low
        again = wai(held(history, 3, "2026-03-10"), 3, "2026-03-10", goal=after, task=4, bond=4)
        assert len(self.low(again)) == is_low, "counted from the one before"

    def test_stars_ask_for_no_talk_and_what_is_erased_is_nobodys(self) -> None:
        assert self.low(stars(held(going(), 1, "2026-01-10"), 1, "2026-01-10", 1)) == []
        facts = facts_of(srs(held(going(), 1, "2026-01-10"), 1, "2026-01-10", 1, 1, 1, 1))
        erased = replace(facts, ratings=(replace(facts.ratings[0], scores=OfClient(ERASED)),))
        assert [one for one in firings(erased, TERMS, ZONES) if one.key.rule == "rating_low"] == []

    def test_the_drop_is_exactly_six(self) -> None:
        alliance = INSTRUMENTS["wai_sr", 1]
        before = dict.fromkeys(alliance.items, 4)
        fell = before | {"item_1": 1, "item_2": 1}
        assert alliance.asks_to_talk(fell, before)
        assert not alliance.asks_to_talk(fell | {"item_2": 2}, before)
        assert not alliance.asks_to_talk(fell)
