"""Goal attainment scaling: the formula of Kiresuk and Sherman (1968), by vectors and by what has to hold for all goals."""

from __future__ import annotations

from decimal import ROUND_UP, Decimal, localcontext
from random import Random

import pytest
from hypothesis import given as over
from hypothesis import strategies as st
from msgspec.structs import replace

from domain.event import Event
from domain.plan.attainment import abandoned, attainment, intention, t_score
from domain.plan.commands import ConcludeObjective
from domain.plan.state import PlanState
from tests.domain.planning import OBJECTIVE, OTHER_OBJECTIVE, active, by, defined, drafted
from tests.domain.spec import CLIENT, folded, given
from tests.domain.test_plan_measurement import CONCLUDED
from tests.domain.test_plan_scale import scaled

GOALS = st.lists(st.tuples(st.integers(1, 9), st.integers(-2, 2)), min_size=1, max_size=8)
PLACES = Decimal("1e-20")
ABANDONED = replace(CONCLUDED, outcome="abandoned", level=None, reason_code="scope")
TWO_SCALED = (defined(), scaled(), defined(objective_id=OTHER_OBJECTIVE), replace(scaled(), objective_id=OTHER_OBJECTIVE))

VECTORS = [
    ([1], [2], "70.0000"),
    ([5], [-1], "40.0000"),  # of one goal the weight does not matter
    ([1, 1, 1], [2, 2, 2], "77.3861"),  # 60 / sqrt(0.7 * 3 + 0.3 * 9)
    ([1, 2, 3], [1, 0, -1], "45.5935"),  # -20 / sqrt(0.7 * 14 + 0.3 * 36)
    ([2, 2], [1, 1], "62.4035"),  # 40 / sqrt(0.7 * 8 + 0.3 * 16) = 40 / sqrt(10.4)
    ([9, 1], [-2, 2], "32.8855"),  # -160 / sqrt(0.7 * 82 + 0.3 * 100) = -160 / sqrt(87.4)
    ([4, 6, 9], [0, -1, -2], "33.0885"),  # -240 / sqrt(0.7 * 133 + 0.3 * 361) = -240 / sqrt(201.4)
    ([1, 1], [1, -1], "50.0000"),
]


@pytest.mark.parametrize(("weights", "levels", "expected"), VECTORS)
def test_a_score_worked_out_by_hand(weights: list[int], levels: list[int], expected: str) -> None:
    score = t_score(zip(weights, levels, strict=True))
    assert score is not None
    assert round(score, 4) == Decimal(expected)


def test_without_goals_there_is_no_score() -> None:
    assert t_score([]) is None


@pytest.mark.parametrize("weight", [0, -1])
def test_a_weight_that_kills_a_goal_is_an_error(weight: int) -> None:
    with pytest.raises(ValueError, match="at least"):
        t_score([(weight, 1)])


def test_the_caller_s_arithmetic_does_not_matter() -> None:
    with localcontext(prec=3, rounding=ROUND_UP):
        coarse = t_score([(1, 1), (2, 0), (3, -1)])
    assert coarse == t_score([(1, 1), (2, 0), (3, -1)])


@over(GOALS)
def test_as_expected_is_fifty(goals: list[tuple[int, int]]) -> None:
    assert t_score([(weight, 0) for weight, _ in goals]) == 50


@over(GOALS, st.data())
def test_a_level_more_is_a_higher_score(goals: list[tuple[int, int]], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(goals) - 1))
    weight, level = goals[at]
    better = [*goals[:at], (weight, level + 1), *goals[at + 1 :]]
    assert scored(better) > scored(goals)


@over(GOALS, st.randoms(use_true_random=False))
def test_the_order_does_not_matter(goals: list[tuple[int, int]], chance: Random) -> None:
    mixed = list(goals)
    chance.shuffle(mixed)
    assert t_score(mixed) == t_score(goals)


@over(GOALS)
def test_as_far_above_as_the_mirror_is_below(goals: list[tuple[int, int]]) -> None:
    mirrored = scored([(weight, -level) for weight, level in goals])
    assert (scored(goals) + mirrored).quantize(PLACES) == 100


def scored(goals: list[tuple[int, int]]) -> Decimal:
    score = t_score(goals)
    assert score is not None
    return score


def plan(*more: Event) -> PlanState:
    state: PlanState = folded("plan", [*active(*TWO_SCALED), *more])
    return state


def test_a_plan_s_index_is_made_of_the_objectives_that_are_judged_on_a_scale() -> None:
    found = attainment(plan(replace(CONCLUDED, level=1, scale_version=1)))
    assert [(one.objective_id, one.scale_version, one.weight, one.baseline, one.level) for one in found.scored] == [
        (OBJECTIVE, 1, 6, -2, 1)
    ]
    assert (found.score, found.baseline, found.change) == (60, 30, 30)


def test_without_a_judgement_there_is_none() -> None:
    assert (attainment(plan()).score, attainment(plan()).change, attainment(plan()).scored) == (None, None, ())


def test_the_coach_s_judgement_alone_does_not_count() -> None:
    waiting = replace(CONCLUDED, level=1, scale_version=1, rated_by="coach", client_agrees=None)
    assert attainment(plan(waiting)).scored == ()


def test_what_was_abandoned_is_left_out_and_counts_as_the_worst_in_the_other_variant() -> None:
    state = plan(replace(CONCLUDED, level=1, scale_version=1), replace(ABANDONED, objective_id=OTHER_OBJECTIVE))
    assert abandoned(state) == (OTHER_OBJECTIVE,)
    assert (attainment(state).score, len(attainment(state).scored)) == (60, 1)
    strict = intention(state)
    assert [one.level for one in strict.scored] == [1, -2]
    assert strict.score == t_score([(6, 1), (6, -2)])


def test_what_was_given_up_before_the_plan_was_agreed_was_never_set_out_for() -> None:
    state: PlanState = folded("plan", active(*TWO_SCALED, replace(ABANDONED, objective_id=OTHER_OBJECTIVE)))
    assert (abandoned(state), intention(state).scored) == ((), ())


def test_a_scale_gives_the_objective_its_weight() -> None:
    state: PlanState = folded("plan", [drafted(), defined(), scaled()])
    assert state.objectives[OBJECTIVE].terms.weight == 6
    assert state.objectives[OBJECTIVE].touch("weight").version == 3


def test_a_judgement_is_on_the_version_that_was_agreed_before() -> None:
    command = ConcludeObjective(objective_id=OBJECTIVE, outcome="attained", level=2)
    state = given(*active(*TWO_SCALED)).when(command, by(CLIENT)).then(replace(CONCLUDED, level=2, scale_version=1))
    assert attainment(state).scored[0].scale_version == 1
