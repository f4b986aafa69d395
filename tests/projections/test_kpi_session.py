"""Sessions (18, 19, 20) and their ratings (22, 23, 24), against histories worked by hand, and by a slow way that shares no code."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal
from statistics import median
from typing import Any

import pytest
from msgspec import structs

from domain.engagement.events import EngagementPaused, EngagementResumed
from domain.values import ERASED, OfClient
from projections.kpi import engagement, rating, session
from projections.kpi.board import board
from projections.kpi.facts import Facts
from projections.kpi.value import Kpi
from tests.projections.history import CLIENT, COACH, ENGAGEMENT, History, activated, asked, defined, measured, uuid
from tests.projections.meeting import begun, booked, called_off, held, missed, nps, put_off, rated, reflected, srs, stars, wai
from tests.projections.promise import committed, completed

Made = tuple[Decimal | None, Decimal | None]


def going() -> History:
    return begun(History())


def made_of(number: Kpi) -> Made:
    return number.numerator, number.denominator


def paused(history: History, on: str, until: str) -> History:
    """A rest that shifts no date."""
    first, last = date.fromisoformat(on), date.fromisoformat(until)
    rests = EngagementPaused(paused_on=first, until=None, shifts_due_dates=False, reason_code="absence", reason=None)
    goes_on = EngagementResumed(paused_on=first, resumed_on=last, shifted_days=0, planned_end=last, reason_code="absence", reason=None)
    return history.on(on, rests, stream=ENGAGEMENT).on(until, goes_on, stream=ENGAGEMENT)


class TestCompletion:
    def completion(self, history: History, period: str = "to_date", today: str = "2026-06-30") -> Made:
        return made_of(session.completion([history.facts], asked(period, today)))

    def test_counts_what_took_place_of_that_and_what_was_missed_or_called_off_late(self) -> None:
        history = missed(held(held(going(), 1, "2026-01-10"), 2, "2026-01-20"), 3, "2026-02-01")
        history = called_off(booked(history, 4, "2026-02-20"), 4, "2026-02-20", "2026-02-20", late=True)
        assert self.completion(history) == (2, 4)

    def test_what_is_called_off_in_time_or_is_still_booked_counts_nowhere(self) -> None:
        history = called_off(booked(going(), 1, "2026-02-20"), 1, "2026-02-20", "2026-02-10", late=False)
        assert self.completion(booked(history, 2, "2026-03-20")) == (0, 0)
        assert session.completion([history.facts], asked("to_date", "2026-06-30")).value is None

    def test_counts_in_the_period_in_which_it_was_decided(self) -> None:
        history = called_off(booked(held(going(), 1, "2026-01-31"), 2, "2026-02-02"), 2, "2026-02-02", "2026-02-01", late=True)
        assert [self.completion(history, month) for month in ("2026-01", "2026-02", "2026-q1")] == [(1, 1), (0, 1), (1, 2)]
        assert self.completion(history, today="2026-01-30") == (0, 0)

    def test_names_its_n_and_its_interval(self) -> None:
        """Wilson, 1 of 2: 9.4531 to 90.5469 per cent."""
        number = session.completion([missed(held(going(), 1, "2026-01-10"), 2, "2026-02-01").facts], asked("to_date", "2026-06-30"))
        assert (number.kpi, number.value, number.n, number.clients) == (19, 50, 2, 1)
        assert (number.low, number.high) == (Decimal("9.4531"), Decimal("90.5469"))


class TestCadence:
    def test_is_the_median_of_the_days_between_sessions_that_took_place(self) -> None:
        """14, 10 and 21 days."""
        history = going()
        for number, day in enumerate(("2026-01-10", "2026-01-24", "2026-02-03", "2026-02-24"), start=1):
            history = held(history, number, day)
        assert session.cadence([missed(history, 5, "2026-02-10").facts], asked("to_date", "2026-06-30")).value == 14
        assert session.cadence([history.facts], asked("2026-02", "2026-06-30")).value == Decimal("15.5")
        assert session.cadence([history.facts], asked("2026-01", "2026-06-30")).n == 1

    def test_days_of_rest_are_cut(self) -> None:
        history = paused(held(going(), 1, "2026-01-10"), "2026-01-15", "2026-01-25")
        assert session.cadence([held(history, 2, "2026-01-30").facts], asked("to_date", "2026-06-30")).value == 10

    def waits(self, history: History, today: str, period: str = "to_date") -> Decimal | None:
        return session.waiting([history.facts], asked(period, today)).value

    def test_counts_the_days_since_the_last_one_while_none_is_booked(self) -> None:
        history = held(going(), 1, "2026-01-10")
        assert self.waits(history, "2026-02-01") == 22
        booked(history, 2, "2026-03-01", on="2026-02-02")
        assert self.waits(history, "2026-02-02") is None
        assert self.waits(history, "2026-02-01") == 22, "as it was known on that day"
        called_off(history, 2, "2026-03-01", "2026-02-10", late=False)
        assert self.waits(history, "2026-02-10") == 31
        assert self.waits(history, "2026-03-05", "2026-02") == 49

    def test_one_whose_time_has_passed_is_not_ahead_and_one_that_was_put_off_is(self) -> None:
        history = booked(held(going(), 1, "2026-01-10"), 2, "2026-01-20")
        assert self.waits(history, "2026-01-19") is None
        assert self.waits(history, "2026-01-21") == 11
        assert self.waits(put_off(history, 2, "2026-01-20", "2026-02-20", "2026-01-20"), "2026-01-21") is None

    def test_without_a_session_there_is_no_last_one(self) -> None:
        assert self.waits(going(), "2026-06-30") is None


class TestRatings:
    def test_the_mean_of_stars_and_of_srs_and_how_many_are_low(self) -> None:
        history = srs(
            srs(stars(stars(going(), 1, "2026-01-10", 5), 2, "2026-02-10", 4), 1, "2026-01-10", 9, 9, 9, 9), 2, "2026-02-10", 10, 9, 9, 9
        )
        known, today = [history.facts], asked("to_date", "2026-06-30")
        assert (rating.stars(known, today).value, made_of(rating.stars(known, today))) == (Decimal("4.5"), (9, 2))
        assert made_of(rating.srs(known, today)) == (73, 2)
        assert made_of(rating.srs_low(known, today)) == (1, 2)
        assert made_of(rating.stars(known, asked("2026-02", "2026-06-30"))) == (4, 1)

    def test_nps_is_promoters_less_detractors(self) -> None:
        history = going()
        for number, points in enumerate((10, 9, 8, 7, 6, 0, 9), start=1):
            history = nps(history, number, "2026-01-10", points)
        number = rating.nps([history.facts], asked("to_date", "2026-06-30"))
        assert (number.numerator, number.denominator, number.value, number.n) == (1, 7, Decimal("14.2857"), 7)

    def test_the_alliance_is_the_last_one_of_each_engagement_and_its_change_since_the_first(self) -> None:
        first = wai(wai(going(), 1, "2026-01-10", goal=4, task=4, bond=4), 3, "2026-03-10", goal=5, task=3, bond=2)
        other = wai(begun(History(uuid(800), uuid(801))), 11, "2026-02-01", goal=1, task=2, bond=3)
        known, today = [first.facts, other.facts], asked("to_date", "2026-06-30")
        assert made_of(rating.alliance(known, today)) == (40 + 24, 2)
        assert [made_of(one(known, today)) for one in (rating.alliance_goal, rating.alliance_task, rating.alliance_bond)] == [
            (20 + 4, 2),
            (12 + 8, 2),
            (8 + 12, 2),
        ]
        assert made_of(rating.alliance_change(known, today)) == (-8, 1)
        assert made_of(rating.alliance_change(known, asked("2026-03", "2026-06-30"))) == (-8, 1)
        assert made_of(rating.alliance_change(known, asked("2026-02", "2026-06-30"))) == (0, 0)

    def test_an_erased_rating_counts_nowhere(self) -> None:
        facts = stars(going(), 1, "2026-01-10", 5).facts
        erased = structs.replace(facts, ratings=(structs.replace(facts.ratings[0], scores=OfClient(ERASED)),))
        assert rating.stars([erased], asked("to_date", "2026-06-30")).value is None

    def test_those_of_few_clients_are_held_back_from_who_sees_groups_only(self) -> None:
        facts = [stars(begun(History(uuid(700 + n), uuid(750 + n))), n, "2026-01-10", 4).facts for n in range(5)]
        for clients, shown in ((5, Decimal(4)), (4, None)):
            found = {one.name: one for one in board(facts[:clients], asked("to_date", "2026-06-30"), floor=5).kpis}
            assert found["session_stars"].value == shown
            assert found["session_stars"].suppressed == (None if shown else "below_floor")


class TestEngagementIndex:
    """Each part by itself, then together. One session every 14 days from the fifth of January, 8 at most."""

    def index(self, history: History, today: str, period: str = "to_date") -> Decimal | None:
        return engagement.index([history.facts], asked(period, today)).value

    def test_sessions_that_took_place_of_those_that_were_to(self) -> None:
        """By the second of February two were to take place. A reflection is the other part, and there is none."""
        assert self.index(going(), "2026-01-18") == 0
        assert self.index(going(), "2026-02-02") == 0
        one = held(going(), 1, "2026-01-12")
        assert self.index(one, "2026-02-02") == Decimal("0.25")
        assert self.index(held(held(one, 2, "2026-01-20"), 3, "2026-01-30"), "2026-02-02") == Decimal("0.5")
        assert self.index(one, "2026-02-16", "2026-02") == 0

    def test_no_more_are_to_take_place_than_were_agreed_and_none_while_it_rests(self) -> None:
        few = held(begun(History(), sessions=1), 1, "2026-01-12")
        assert self.index(few, "2026-06-30") == Decimal("0.5")
        assert self.index(paused(held(going(), 1, "2026-01-12"), "2026-01-20", "2026-03-20"), "2026-03-22") == Decimal("0.5")

    def test_a_reflection_of_the_client_within_thirty_days(self) -> None:
        history = reflected(going(), 1, "2026-01-10")
        assert self.index(history, "2026-01-18") == 1
        assert self.index(history, "2026-02-09") == Decimal("0.5")
        assert self.index(history, "2026-02-10") == 0
        assert self.index(reflected(going(), 1, "2026-01-10", author=COACH), "2026-01-18") == 0

    def test_promises_kept_and_objectives_measured(self) -> None:
        """Of four parts: sessions 0 of 3, one of two promises, one of one objective measured 20 days ago, no reflection."""
        history = begun(History()).on("2026-01-10", defined()).on("2026-01-10", activated("2026-01-10"))
        history = history.on("2026-01-12", committed("2026-01-20"), committed("2026-01-22", uuid(20)))
        history = history.on("2026-01-20", completed("2026-01-20")).on("2026-01-27", measured(60, "2026-01-27"))
        assert self.index(history, "2026-02-16") == Decimal("0.375")
        assert self.index(history, "2026-02-27") == Decimal("0.125"), "measured 31 days ago, of the 30 that may pass"

    def test_an_engagement_that_does_not_go_on_has_none(self) -> None:
        assert self.index(History(), "2026-06-30") is None
        assert self.index(going(), "2026-01-04") is None
        assert engagement.index([held(going(), 1, "2026-01-12").facts, going().facts], asked("to_date", "2026-02-02")).n == 2


DAYS = [date(2026, 1, 6) + timedelta(days=n) for n in range(150)]


def played(seed: int) -> tuple[Facts, list[tuple[date, str, Any]]]:
    """A random course of sessions, as facts, and as a plain list of what happened on which day."""
    chance, history, book = random.Random(seed), begun(History(uuid(seed), ENGAGEMENT)), list[tuple[date, str, Any]]()
    for number in range(1, chance.randint(2, 9)):
        day, what = chance.choice(DAYS), chance.choice(["held", "held", "held", "missed", "late", "in time"])
        text = day.isoformat()
        if what == "held":
            history = held(history, number, text)
            if chance.random() < 0.7:
                points = [chance.randint(0, 10) for _ in range(5)]
                history = srs(nps(history, number, text, points[4]), number, text, *points[:4])
                book += [(day, "srs", sum(points[:4])), (day, "nps", points[4])]
        elif what == "missed":
            history = missed(history, number, text)
        else:
            history = called_off(booked(history, number, text), number, text, text, late=what == "late")
        book.append((day, what, None))
    return history.facts, book


@pytest.mark.parametrize("seed", range(30))
@pytest.mark.parametrize(
    ("period", "first", "last"), [("2026-02", (2, 1), (2, 28)), ("2026-q2", (4, 1), (6, 30)), ("to_date", (1, 1), (5, 20))]
)
def test_the_slow_way_finds_the_same(seed: int, period: str, first: tuple[int, int], last: tuple[int, int]) -> None:
    both = [played(2 * seed), played(2 * seed + 1)]
    facts, today = [one for one, _ in both], date(2026, 5, 20)
    question = asked(period, today.isoformat())
    begin, end = date(2026, *first), min(date(2026, *last), today)
    inside = [(what, value) for _, book in both for day, what, value in book if begin <= day <= end]
    outcomes = [what for what, _ in inside if what in ("held", "missed", "late")]
    assert made_of(session.completion(facts, question)) == (outcomes.count("held"), len(outcomes))
    low = [value <= 36 for what, value in inside if what == "srs"]
    assert made_of(rating.srs_low(facts, question)) == (sum(low), len(low))
    answers = [value for what, value in inside if what == "nps"]
    expected = sum(one >= 9 for one in answers) - sum(one <= 6 for one in answers)
    assert made_of(rating.nps(facts, question)) == (expected, len(answers))
    between = []
    for _, book in both:
        days = sorted(day for day, what, _ in book if what == "held" and day <= end)
        between += [(days[n] - days[n - 1]).days for n in range(1, len(days)) if days[n] >= begin]
    found = session.cadence(facts, question)
    assert (found.value, found.n) == (median(between) if between else None, len(between))
    assert {one.clients for one in (found,)} <= {0, 1, 2}


def test_what_a_session_was_rated_is_open_to_the_board_only_where_it_was_read() -> None:
    """A sealed rating is no number: it is an error to count it, and never a zero."""
    facts = rated(going(), 1, "2026-01-10", "stars", {"stars": 5}).facts
    sealed = structs.replace(facts.ratings[0], scores=OfClient(sealed="sealed"))
    with pytest.raises(ValueError, match="sealed"):
        rating.stars([structs.replace(facts, ratings=(sealed,))], asked("to_date", "2026-06-30"))
    assert facts.client == CLIENT
