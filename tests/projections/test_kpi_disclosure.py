"""What is held back from who may not see single people, on groups made by hand. The floor is five clients."""

from __future__ import annotations

from uuid import UUID

import pytest
from msgspec import structs

from projections.kpi.disclosure import Cells, Group, Telling, Told, counted, held_back
from projections.kpi.period import Period
from tests.projections.history import History, asked, defined

FLOOR = 5
PROGRAM, OTHER = UUID(int=101), UUID(int=102)


def clients(*numbers: int) -> Group:
    return frozenset(UUID(int=number) for number in numbers)


def first(count: int) -> Group:
    """Clients 1 to that number."""
    return clients(*range(1, count + 1))


def telling(group: Group, period: str = "2026-05", **months: Group) -> Telling:
    """About to tell one cell, `rate`; `april=...` names who is counted in that month of the second quarter."""
    numbers = {"april": "2026-04", "may": "2026-05", "june": "2026-06"}
    of_months: dict[str, Cells] = {label: {"rate": months.get(name, frozenset())} for name, label in numbers.items()}
    return Telling(PROGRAM, Period.of(period), {"rate": group}, of_months)


def told(group: Group, period: str, program: UUID = PROGRAM) -> Told:
    return Told(program, Period.of(period), {"rate": group})


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


def test_months_of_another_program_or_quarter_say_nothing_of_this_one() -> None:
    months = {"april": clients(*range(1, 9)), "may": clients(21, 22, 23), "june": clients(*range(11, 19))}
    quarter = telling(frozenset[UUID]().union(*months.values()), "2026-q2", **months)
    others = [told(months["april"], "2026-04", OTHER), told(months["june"], "2026-06", OTHER), told(first(8), "2026-03")]
    assert why(quarter, *others) is None


def test_who_is_counted_is_who_has_something_to_count() -> None:
    with_objective = History().on("2026-01-10", defined()).facts
    mine, without = (structs.replace(with_objective, client_id=UUID(int=1)), structs.replace(History().facts, client_id=UUID(int=2)))
    groups = counted([mine, mine, without], asked("to_date", "2026-06-01"))
    assert groups["smart_rate"] == clients(1)
    assert groups["on_time_milestones"] == frozenset()
