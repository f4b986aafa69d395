"""What can be computed from a report, whoever tries: nothing of fewer raters than the floor.

The attacker knows everything but the answers: who is in which group, who answered what, and every number that is shown. Each
number shown is a linear function of answers (of their squares and counts the same holds, on the same raters). Nothing of a few raters is
known if no combination of these functions rests on them alone, beside the manager, whose answers are shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.assessment.feedback import Feedback
from domain.assessment.result.group import folded
from domain.assessment.result.johari import classes
from domain.assessment.result.whole import POOLED, SPREAD, Answered, Report, report
from domain.glossary import RaterGroup
from domain.questionnaire import LEADERSHIP

FLOOR: Final = 3
ITEMS: Final = ("delegation_1", "delegation_2", "delegation_3")
GROUPS: Final[tuple[RaterGroup | None, ...]] = ("manager", "peer", "direct_report", "other", None)

answers = st.dictionaries(st.sampled_from(ITEMS), st.integers(1, 5), min_size=1)
group_of = st.sampled_from(GROUPS)
Row = tuple[Fraction, ...]


@st.composite
def asked(draw: Any) -> list[Feedback]:
    """At most one manager. Groups come as closing leaves them: those that were too small have lost their names."""
    drawn = [Feedback(group=draw(group_of), answers=draw(answers), comments={}) for _ in range(draw(st.integers(0, 12)))]
    managers = [one for one in drawn if one.group == "manager"]
    return [one for one in drawn if one not in managers[1:] or one is managers[0]]


def made(feedback: Sequence[Feedback], floor: int = FLOOR) -> Report:
    return report(Answered(LEADERSHIP, ("delegation",), floor, {"delegation_1": 3}, feedback), "johari@1", "salt")


def weights(feedback: Sequence[Feedback], group: str, about: str) -> Row:
    """How much each answer counts in a number that is shown: rater by rater, item by item."""
    inside = [group == POOLED or one.group == group for one in feedback]
    if about in ITEMS:
        return tuple(
            Fraction(about in one.answers and item == about) * is_in for one, is_in in zip(feedback, inside, strict=True) for item in ITEMS
        )
    return tuple(
        Fraction(1, len(one.answers)) * (item in one.answers) * is_in for one, is_in in zip(feedback, inside, strict=True) for item in ITEMS
    )


def rank(rows: Sequence[Row]) -> int:
    left, found = [list(row) for row in rows], 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((row for row in left[found:] if row[column]), None)
        if pivot is None:
            continue
        left.remove(pivot)
        left.insert(found, pivot)
        for row in left[found + 1 :]:
            factor = row[column] / pivot[column]
            row[:] = [one - factor * other for one, other in zip(row, pivot, strict=True)]
        found += 1
    return found


def without(rows: Sequence[Row], raters: Sequence[int]) -> list[Row]:
    return [tuple(value for place, value in enumerate(row) if place // len(ITEMS) not in raters) for row in rows]


def told(rows: Sequence[Row], feedback: Sequence[Feedback], few: Sequence[int]) -> bool:
    """Whether some combination of the numbers rests on these raters alone, and the manager."""
    managers = [number for number, one in enumerate(feedback) if one.group == "manager"]
    return rank(without(rows, [*managers, *few])) < rank(without(rows, managers))


@settings(max_examples=60)
@given(asked())
def test_nothing_is_told_of_fewer_raters_than_the_floor(feedback: list[Feedback]) -> None:
    shown = made(feedback).results.cells
    rows = [weights(feedback, cell.group, cell.about) for cell in shown]
    others = [number for number, one in enumerate(feedback) if one.group != "manager"]
    for size in range(1, FLOOR):
        for few in combinations(others, size):
            assert not told(rows, feedback, few), (few, [(cell.group, cell.about) for cell in shown])


def test_the_attack_finds_what_a_plain_floor_would_tell() -> None:
    peers = [Feedback(group="peer", answers=dict.fromkeys(ITEMS, 3), comments={}) for _ in range(3)]
    one = Feedback(group="other", answers={"delegation_1": 5}, comments={})
    feedback = [*peers, one]
    rows = [weights(feedback, group, "delegation_1") for group in ("peer", POOLED)]
    assert told(rows, feedback, [3])
    skipped = [*peers, Feedback(group="peer", answers={"delegation_1": 1, "delegation_2": 1}, comments={})]
    rows = [weights(skipped, "peer", about) for about in ("delegation", *ITEMS)]
    assert told(rows, skipped, [3])


@settings(max_examples=50)
@given(asked())
def test_spreads_are_shown_of_five_and_tell_those_of_no_fewer(feedback: list[Feedback]) -> None:
    cells = {(cell.group, cell.about): cell for cell in made(feedback).results.cells}
    for (group, about), cell in cells.items():
        assert cell.n >= (1 if group == "manager" else FLOOR)
        if cell.counts is None and cell.variance is None:
            continue
        assert cell.n >= SPREAD
        if group == POOLED and about in ITEMS:
            of_groups = {one.group for one in feedback if one.group not in (None, "manager") and about in one.answers}
            spread = {one for one in of_groups if (one, about) in cells and cells[one, about].counts is not None}
            rest = sum(about in one.answers and one.group not in {*spread, "manager"} for one in feedback)
            assert rest == 0 or rest >= SPREAD


@settings(max_examples=50)
@given(asked())
def test_a_report_says_of_every_answer_what_became_of_it_and_always_the_same(feedback: list[Feedback]) -> None:
    first = made(feedback)
    assert made(list(reversed(feedback))) == first
    shown = {(one.group, one.about) for one in first.decision if one.verdict == "shown"}
    assert shown == {(cell.group, cell.about) for cell in first.results.cells}
    abouts = {("delegation")} | {item for one in feedback for item in one.answers} if feedback else set()
    assert {one.about for one in first.decision if one.group == POOLED} == abouts


@settings(max_examples=50)
@given(st.dictionaries(st.sampled_from(["manager", "peer", "direct_report", "other"]), st.integers(0, 8)), st.integers(3, 5))
def test_those_in_the_pool_are_none_or_enough_wherever_that_can_be(sizes: dict[RaterGroup, int], floor: int) -> None:
    reasons = folded(sizes, floor)
    hidden = sum(sizes[group] for group in reasons)
    everybody = sum(size for group, size in sizes.items() if group != "manager")
    assert "manager" not in reasons
    assert hidden == 0 or hidden >= min(floor, everybody)
    assert all(sizes[group] >= floor for group in sizes if group not in {*reasons, "manager"} and sizes[group])


@pytest.mark.parametrize(
    ("own", "others", "expected"),
    [
        ("4", "4", ("strength",)),
        ("3.5", "4.25", ("strength", "hidden_strength")),
        ("3.25", "4", ("strength",)),
        ("4.5", "3.75", ("challenge",)),
        ("4.4", "3.6", ("challenge", "blind_spot")),
        ("4.3", "3.6", ("challenge",)),
    ],
)
def test_classes_follow_the_cut_offs(own: str, others: str, expected: tuple[str, ...]) -> None:
    high: Mapping[str, Fraction] = {"delegation": Fraction(others)}
    lower = {} if "challenge" in expected else {"feedback": Fraction("1")}
    assert classes("johari@1", LEADERSHIP, {"delegation": Fraction(own)}, {**high, **lower})["delegation"] == expected
