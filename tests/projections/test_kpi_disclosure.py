"""What is held back from who may not see single people, on groups made by hand. The floor is five clients."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from uuid import UUID

import pytest
from msgspec import structs

from projections.kpi.board import OF_PLANS, OF_RATERS
from projections.kpi.disclosure import (
    Cells,
    Telling,
    Told,
    counted,
    dominated,
    gaps,
    held_back,
    moved,
    parts,
    standing,
    telling_of,
)
from projections.kpi.facts import Facts
from projections.kpi.period import Period
from projections.kpi.value import NOBODY, Group
from tests.projections.history import History, activated, asked, defined, milestone
from tests.projections.test_kpi_assessment import firm
from tests.projections.test_kpi_attainment import ended, plan

FLOOR = 5
NOW = asked("to_date", "2026-12-31")
PROGRAM, OTHER = UUID(int=101), UUID(int=102)


def clients(*numbers: int) -> Group:
    return frozenset(UUID(int=number) for number in numbers)


def first(count: int) -> Group:
    """Clients 1 to that number."""
    return clients(*range(1, count + 1))


def telling(group: Group, period: str = "2026-05", **months: Group) -> Telling:
    """About to tell one cell, `rate`; `april=...` names who is counted in that month of the second quarter."""
    numbers = {"april": "2026-04", "may": "2026-05", "june": "2026-06"}
    of_months = {Period.of(numbers[name]): group for name, group in months.items()}

    def between(gap: Period) -> Cells:
        return {"rate": NOBODY.union(*(group for month, group in of_months.items() if month.within(gap)))}

    return Telling(PROGRAM, Period.of(period), {"rate": group}, between)


def told(group: Group, period: str, program: UUID = PROGRAM, *, moved: Group = NOBODY) -> Told:
    return Told(program, Period.of(period), {"rate": group}, {"rate": moved})


def why(wanted: Telling, *before: Told) -> str | None:
    return held_back(wanted, before, FLOOR).get("rate")


@pytest.mark.parametrize(("count", "reason"), [(0, "below_floor"), (4, "below_floor"), (5, None), (600, None)])
def test_a_group_below_the_floor_is_not_told(count: int, reason: str | None) -> None:
    assert why(telling(first(count))) == reason


@pytest.mark.parametrize(
    ("now", "reason"),
    [
        (first(10), None),  # the same people
        (first(11), "difference"),  # one came
        (first(9), "difference"),  # one went
        (first(14), "difference"),
        (first(15), None),  # five came
        (first(8) | clients(21, 22), "difference"),  # two went, two came
        (first(7) | clients(21, 22, 23), None),
    ],
)
def test_a_number_gives_way_to_an_earlier_one_about_all_but_a_few(now: Group, reason: str | None) -> None:
    assert why(telling(now), told(first(10), "2026-04")) == reason


@pytest.mark.parametrize(
    ("came", "active", "reason"),
    [(0, 0, None), (0, 1, "difference"), (0, 4, "difference"), (0, 5, None), (2, 2, "difference"), (2, 3, None)],
)
def test_a_number_about_the_same_people_gives_way_where_too_few_have_done_anything_since(
    came: int, active: int, reason: str | None
) -> None:
    """Of ten clients one has rated a session since: the new sum less the old one would be that rating."""
    assert why(telling(first(10 + came)), told(first(10), "2026-05", moved=first(active))) == reason


def test_a_number_that_is_hardly_more_than_one_client_is_not_told() -> None:
    assert why(structs.replace(telling(first(9)), dominated=frozenset({"rate"}))) == "below_floor"


def test_what_was_held_back_gives_nothing_away() -> None:
    held = Told(PROGRAM, Period.of("2026-04"), {})
    assert why(telling(first(11)), held) is None


def test_it_is_the_last_number_that_was_told_that_counts() -> None:
    """From 10 people, to 12, to 15: the second is held back, and the third differs from the first by five."""
    april = told(first(10), "2026-04")
    assert why(telling(first(12)), april) == "difference"
    assert why(telling(first(15), "2026-06"), april) is None


def test_two_programs_that_share_all_but_a_few_clients_are_not_both_told() -> None:
    assert why(telling(first(6)), told(first(5), "2026-05", OTHER)) == "difference"
    assert why(telling(first(6)), told(clients(*range(21, 27)), "2026-05", OTHER)) is None


def test_a_quarter_gives_no_month_away_that_was_too_small() -> None:
    """April and June were told, May counted three: the quarter less these two would be May."""
    april, june = told(clients(*range(1, 9)), "2026-04"), told(clients(*range(11, 19)), "2026-06")
    months = {"april": april.cells["rate"], "may": clients(21, 22, 23), "june": june.cells["rate"]}
    quarter = telling(frozenset[UUID]().union(*months.values()), "2026-q2", **months)
    assert why(quarter, april, june) == "complementary"
    assert why(quarter) is None
    assert why(quarter, april) is None


def test_a_month_gives_way_to_a_quarter_that_was_told() -> None:
    months = {"april": clients(*range(1, 9)), "may": clients(21, 22, 23), "june": clients(*range(11, 19))}
    quarter = told(frozenset[UUID]().union(*months.values()), "2026-q2")
    assert why(telling(months["june"], "2026-06", **months), quarter) is None
    assert why(telling(months["june"], "2026-06", **months), quarter, told(months["april"], "2026-04")) == "complementary"


def test_two_small_months_hide_each_other_if_together_they_are_enough() -> None:
    april = told(clients(*range(1, 9)), "2026-04")
    months = {"april": april.cells["rate"], "may": clients(21, 22, 23), "june": clients(31, 32)}
    quarter = telling(frozenset[UUID]().union(*months.values()), "2026-q2", **months)
    assert why(quarter, april) is None
    fewer = {**months, "june": clients(23)}
    assert why(telling(frozenset[UUID]().union(*fewer.values()), "2026-q2", **fewer), april) == "complementary"


def test_all_to_date_gives_no_month_away_that_was_too_small() -> None:
    """April and May were told, June counted one: all there is less these two would be June; and the other way round."""
    months = {"april": clients(*range(1, 9)), "may": clients(*range(1, 9)), "june": clients(1)}
    april, may = told(months["april"], "2026-04"), told(months["may"], "2026-05")
    ever = telling(first(8), "to_date", **months)
    assert why(ever, april, may) == "complementary"
    assert why(ever, told(first(8), "2026-q2")) is None
    assert why(ever, april) is None  # May and June together are as many as April
    assert why(telling(months["may"], "2026-05", **months), april, told(first(8), "to_date")) == "complementary"


def test_the_days_of_a_period_that_others_leave() -> None:
    whole = Period("", date(2026, 1, 1), date(2026, 3, 10))
    inside = [Period.of("2026-02"), Period("", date(2026, 2, 20), date(2026, 3, 2))]
    found = [(one.first, one.last) for one in gaps(whole, inside)]
    assert found == [(date(2026, 1, 1), date(2026, 1, 31)), (date(2026, 3, 3), date(2026, 3, 10))]
    assert not list(gaps(whole, [whole]))


def test_months_of_another_program_or_quarter_say_nothing_of_this_one() -> None:
    months = {"april": clients(*range(1, 9)), "may": clients(21, 22, 23), "june": clients(*range(11, 19))}
    quarter = telling(frozenset[UUID]().union(*months.values()), "2026-q2", **months)
    others = [told(months["april"], "2026-04", OTHER), told(months["june"], "2026-06", OTHER), told(first(8), "2026-03")]
    assert why(quarter, *others) is None


def objectives(client: int, many: int) -> Facts:
    """An engagement of that client in which so many objectives were defined."""
    history = History(UUID(int=client), UUID(int=1000 + client))
    for number in range(many):
        history.on("2026-01-10", defined(UUID(int=2000 + number)))
    return history.facts


def test_who_is_counted_is_who_has_something_to_count() -> None:
    found = counted([objectives(1, 1), objectives(1, 2), objectives(2, 0)], NOW)
    assert found["smart_rate"] == clients(1)
    assert found["on_time_milestones"] == frozenset()


@pytest.mark.parametrize(("many", "is_dominated"), [(16, False), (17, True)])
def test_one_client_dominates_who_has_more_than_four_fifths_of_what_is_counted(many: int, is_dominated: bool) -> None:
    """Four others have one objective each: 16 of 20 are 80 %."""
    known = [objectives(1, many), *(objectives(number, 1) for number in range(2, 6))]
    few = dominated(parts(known, NOW), known, NOW, FLOOR)
    assert ("smart_rate" in few) == is_dominated
    assert "on_time_milestones" not in few


def test_whom_the_days_between_count_is_found_by_their_facts() -> None:
    found = telling_of(PROGRAM, [objectives(1, 1), objectives(2, 0)], NOW, FLOOR)
    assert found.period.last == NOW.today
    assert [found.between(Period.of(month))["smart_rate"] for month in ("2026-01", "2026-02")] == [clients(1), NOBODY]


def test_who_moved_is_who_gives_a_number_something_else_than_before() -> None:
    then, now = [objectives(1, 1), objectives(2, 1)], [objectives(1, 1), objectives(2, 2), objectives(3, 1)]
    assert moved(parts(then, NOW), parts(now, NOW))["smart_rate"] == clients(2)


def test_a_milestone_of_january_still_stands_in_march_and_an_objective_written_then_is_none_of_march() -> None:
    history = (
        History().on("2026-01-10", defined()).on("2026-01-10", milestone("2026-01-31"), activated("2026-01-10", milestone="2026-01-31"))
    )
    found = standing([history.facts], asked("2026-03", "2026-03-31"))
    assert "schedule_drift" in found
    assert "smart_rate" not in found


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [("to_date", "2026-03", True), ("2026-q1", "2026-03", True), ("2026-03", "2026-04", False), ("2026-q1", "2026-04", False)],
)
def test_two_periods_overlap_that_share_a_day(one: str, other: str, shared: bool) -> None:
    assert Period.of(one).overlaps(Period.of(other)) == Period.of(other).overlaps(Period.of(one)) == shared


def test_scores_that_are_shown_of_five_clients_are_counted_client_by_client() -> None:
    known = [*firm(*[Fraction(1)] * 5), *(ended(plan(2, number), 100, 1).facts for number in range(1, 6))]
    found = counted(known, NOW)
    for name in OF_RATERS | OF_PLANS:
        assert len(found[name]) == 5, name
