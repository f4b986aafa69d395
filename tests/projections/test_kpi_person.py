"""Whom the numbers count where some are coached together: each of them, in the period and as of a moment. The floor is five clients."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from uuid import UUID

import pytest
from msgspec import structs

from domain.engagement.events import MemberAdded, MemberRemoved
from domain.engagement.member import Member
from projections.kpi.board import INDICATORS, board
from projections.kpi.disclosure import Told, counted, dominated, held_back, moved, parts, telling_of
from projections.kpi.facts import Facts
from projections.kpi.period import Asked
from projections.kpi.value import Group
from tests.projections.history import PROGRAM, History, activated, asked, defined, measured, milestone, reached, uuid
from tests.projections.meeting import begun, held, nps, stars, wai
from tests.projections.test_kpi_assessment import assessed
from tests.projections.test_kpi_attainment import ended, scaled, told

FLOOR = 5
NOW = asked("to_date", "2026-12-31")


def people(*numbers: int) -> Group:
    return frozenset(uuid(3000 + number) for number in numbers)


def person(number: int) -> UUID:
    return uuid(3000 + number)


def together(*numbers: int, objectives: int = 1, since: str = "2026-01-06") -> History:
    """The first of them coached together with the others, with so many objectives in a plan in force since February."""
    history = begun(History(person(numbers[0]), uuid(4000 + numbers[0])))
    for number in numbers[1:]:
        history = joined(history, number, since)
    for number in range(objectives):
        history = history.on("2026-01-10", defined(uuid(5000 + number)))
    return history.on("2026-02-01", activated("2026-02-01"))


def joined(history: History, number: int, on: str) -> History:
    added = MemberAdded(client_id=person(number), joined_on=date.fromisoformat(on), head_count=2)
    return history.on(on, added, stream=history.engagement)


def left(history: History, number: int, on: str) -> History:
    gone = MemberRemoved(client_id=person(number), left_on=date.fromisoformat(on), head_count=1, reason_code=None, reason=None)
    return history.on(on, gone, stream=history.engagement)


def facts(*histories: History) -> list[Facts]:
    return [one.facts for one in histories]


def hidden(known: Sequence[Facts], question: Asked = NOW, floor: int = FLOOR) -> str | None:
    """Why the share of objectives that passed at once is held back from a sponsor."""
    return held_back(telling_of(PROGRAM, known, question, floor), (), floor).get("smart_rate")


def test_a_group_counts_each_of_its_members() -> None:
    known = facts(together(1, 2, 3, 4), together(9))
    assert counted(known, NOW)["smart_rate"] == people(1, 2, 3, 4, 9)
    assert hidden(known) is None
    assert {one.name: one.clients for one in board(known, NOW, floor=FLOOR).kpis}["smart_rate"] == 5
    fewer = facts(together(1, 2, 3), together(9))
    assert hidden(fewer) == "below_floor"
    assert {one.clients for one in board(fewer, NOW, floor=FLOOR).kpis} == {None}


def test_who_is_coached_in_two_engagements_is_counted_once() -> None:
    assert hidden(facts(together(1, 2, 3, 4), together(4))) == "below_floor"


@pytest.mark.parametrize(("group", "many", "reason"), [(4, 16, None), (4, 17, "below_floor"), (5, 17, None), (5, 4, None)])
def test_a_group_below_the_floor_dominates_that_has_more_than_four_fifths(group: int, many: int, reason: str | None) -> None:
    """Four others have one objective each: 16 of 20 are 80 %. What the group reaches, each of it does."""
    others = [together(number) for number in range(11, 15)]
    assert hidden(facts(together(*range(1, group + 1), objectives=many), *others)) == reason


def test_one_of_a_group_dominates_by_what_they_reach_beside_it() -> None:
    """Of ten, the five reach two together and one of them seven more alone: nine are theirs."""
    known = facts(together(1, 2, 3, 4, 5, objectives=2), together(5, objectives=7), together(6))
    assert "smart_rate" in dominated(parts(known, NOW), known, NOW, FLOOR)
    assert hidden(known) == "below_floor"


def test_who_came_after_the_period_or_left_before_it_is_not_counted() -> None:
    known = facts(left(joined(together(1, 2), 3, "2026-03-01"), 2, "2026-02-20"))
    found = {month: counted(known, asked(month, "2026-12-31"))["action_throughput"] for month in ("2026-02", "2026-03", "2026-q1")}
    assert found == {"2026-02": people(1, 2), "2026-03": people(1, 3), "2026-q1": people(1, 2, 3)}
    assert counted(known, asked("to_date", "2026-02-10"))["action_throughput"] == people(1, 2), "as of that day"


def test_who_left_before_the_coaching_began_was_never_coached() -> None:
    history = left(joined(History(person(1), uuid(4001)), 2, "2026-01-03"), 2, "2026-01-04")
    known = facts(begun(history, "2026-01-05").on("2026-01-10", defined()))
    assert counted(known, NOW)["smart_rate"] == people(1)


def test_who_left_stands_behind_what_happened_and_no_more_behind_how_things_stand() -> None:
    history = together(1, 2, 3).on("2026-02-10", measured(60, "2026-02-10", uuid(5000)))
    found = counted(facts(left(history, 3, "2026-03-01")), asked("2026-q1", "2026-03-31"))
    assert (found["smart_rate"], found["objective_progress"], found["engagement_index"]) == (people(1, 2, 3), people(1, 2), people(1, 2))


def test_who_leaves_a_group_for_a_coaching_of_their_own_has_no_part_in_how_the_group_stands() -> None:
    known = facts(left(together(1, 2, 3, objectives=9), 3, "2026-03-01"), together(3))
    assert parts(known, NOW)["baseline_coverage"][person(3)].n == 1
    assert parts(known, NOW)["smart_rate"][person(3)].n == 10


@pytest.mark.parametrize(
    ("joined_on", "left_on", "held"),
    [
        ("2026-03-31", None, True),
        ("2026-04-01", None, False),
        ("2026-01-01", "2026-03-01", False),
        ("2026-01-01", "2026-03-02", True),
        ("2026-03-10", "2026-03-10", False),
    ],
)
def test_on_the_day_on_which_somebody_leaves_they_are_coached_no_more(joined_on: str, left_on: str | None, held: bool) -> None:
    until = None if left_on is None else date.fromisoformat(left_on)
    member = Member(client_id=person(1), joined_on=date.fromisoformat(joined_on), left_on=until)
    days = [date(2026, 3, day) for day in range(1, 32)]
    assert member.overlaps(days[0], days[-1]) == any(member.holds(day) for day in days) == held


def test_what_a_group_does_is_a_change_of_each_of_it_and_a_rating_that_of_one() -> None:
    """So what six did since a report was made is told, and what one of them rated is held back."""
    history = together(1, 2, 3, 4, 5, 6)
    for number in range(1, 7):
        history = stars(history, 1, "2026-02-03", 5, by=person(number))
    then = facts(history)
    now = facts(stars(history.on("2026-02-05", defined(uuid(5009))), 2, "2026-02-06", 1, by=person(4)))
    changed = moved(parts(then, NOW), parts(now, NOW))
    assert (changed["smart_rate"], changed["session_stars"]) == (people(1, 2, 3, 4, 5, 6), people(4))
    report = Told(PROGRAM, NOW.told, counted(then, NOW), changed)
    why = held_back(telling_of(PROGRAM, now, NOW, FLOOR), [report], FLOOR)
    assert ("smart_rate" in why, why["session_stars"]) == (False, "difference")


def test_who_joins_a_group_is_the_difference() -> None:
    history = together(1, 2, 3, 4, 5)
    report = Told(PROGRAM, NOW.told, counted(facts(history), NOW))
    assert (
        held_back(telling_of(PROGRAM, facts(joined(history, 6, "2026-04-01")), NOW, FLOOR), [report], FLOOR)["smart_rate"] == "difference"
    )


def test_the_ratings_of_one_in_a_group_are_theirs_and_dominate() -> None:
    history = together(1, 2, 3, 4, 5)
    for number in range(1, 6):
        history = nps(history, 1, "2026-02-03", 9, by=person(number))
    assert "nps" not in dominated(parts(facts(history), NOW), facts(history), NOW, FLOOR)
    for number in range(2, 20):
        history = nps(history, number, "2026-02-03", 1, by=person(5))
    assert "nps" in dominated(parts(facts(history), NOW), facts(history), NOW, FLOOR)


def test_an_assessment_counts_the_one_whom_it_is_about() -> None:
    history = together(1, 2, 3, 4, 5)
    assessed(history, 1, "2026-02-10", answered=3, others=Fraction(3))
    found = counted(facts(history), NOW)
    assert (found["self_other_gap"], found["response_rate"]) == (people(1), people(1))


def test_the_mean_of_two_plans_is_held_back_although_six_people_have_them() -> None:
    plans = [ended(together(*group).on("2026-02-01", scaled(5000)), 5000, 1) for group in ((1, 2, 3, 4, 5), (6,))]
    assert [one.suppressed for one in told(*plans)] == ["below_floor", "below_floor"]
    assert [one.suppressed for one in told(plans[0])] == [None, None], "that of one is no mean"


@pytest.mark.parametrize("seed", range(5))
def test_as_many_stand_behind_a_number_as_have_a_part_in_it(seed: int) -> None:
    """Of groups that people join and leave by chance, in any period, one by one and all at once."""
    chance, known = random.Random(seed), list[History]()
    for engagement in range(4):
        several = chance.sample(range(1, 9), chance.randint(1, 5))
        history = together(*several, since=chance.choice(["2026-01-06", "2026-02-20", "2026-03-05"]))
        for number in several[1:]:
            if chance.random() < 0.4:
                history = left(history, number, chance.choice(["2026-03-01", "2026-03-20", "2026-04-10"]))
            if chance.random() < 0.5:
                history = wai(history, 10 * engagement + 1, "2026-03-07", goal=3, task=3, bond=3, by=person(number))
        history = held(held(history, 10 * engagement + 1, "2026-02-10"), 10 * engagement + 2, "2026-03-15")
        known.append(history.on("2026-02-02", milestone("2026-03-20")).on("2026-03-18", reached("2026-03-18")))
    for period in ("to_date", "2026-q1", "2026-02", "2026-03", "2026-04"):
        question = asked(period, "2026-04-20")
        found = parts(facts(*known), question)
        for indicator in INDICATORS:
            whole = indicator(facts(*known), question)
            assert whole.clients == len(found[whole.name]), (period, whole.name)
            for one, part in found[whole.name].items():
                alone = indicator(facts(*known), structs.replace(question, only=one))
                assert (part, part.clients) == (alone, 1), (period, whole.name)
