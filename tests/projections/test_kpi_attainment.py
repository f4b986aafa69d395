"""Goal attainment (3, 4): by the vectors that are worked out by hand, and as the plan itself reckons it, which folds on its own."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

import pytest
from msgspec import structs

from domain.plan.attainment import attainment as of_plan
from domain.plan.events import AttainmentScaleDefined, EntryWithdrawn, ObjectiveReprioritized
from domain.plan.evolve import evolve
from domain.plan.state import PlanState
from domain.plan.terms import AttainmentLevel, ScaleLevel, ScaleTerms
from domain.values import OfClient
from projections.kpi.attainment import change, score
from projections.kpi.board import shown
from projections.kpi.value import Kpi
from tests.projections.history import PLAN, History, activated, asked, concluded, defined, uuid

NOW = asked("to_date", "2026-12-31")


def scaled(objective: int, *, weight: tuple[int, int] = (1, 1), baseline: Literal[-2, -1] = -1, version: int = 1) -> AttainmentScaleDefined:
    importance, difficulty = weight
    levels = tuple(ScaleLevel(level=level, text=OfClient(f"Level {level}"), anchor=None) for level in (-2, -1, 0, 1, 2))
    terms = ScaleTerms(levels=levels, importance=importance, difficulty=difficulty, baseline_level=baseline)
    return AttainmentScaleDefined(objective_id=uuid(objective), version=version, terms=terms, defined_by="client", change_id=None)


def weighed(objective: int, weight: int) -> ObjectiveReprioritized:
    return ObjectiveReprioritized(
        objective_id=uuid(objective), from_=1, to=weight, reprioritized_by="coach", change_id=None, reason_code="learning", reason=None
    )


def plan(objectives: int, number: int = 0, *, on_scale: bool = True) -> History:
    """In force since the first of February, every objective on a scale of its own that begins at −1."""
    history = History(uuid(2000 + number), uuid(3000 + number)) if number else History()
    for one in range(100, 100 + objectives):
        history.on("2026-01-10", defined(uuid(one)), *([scaled(one)] if on_scale else []))
    return history.on("2026-02-01", activated("2026-02-01"))


def ended(history: History, objective: int, level: AttainmentLevel, on: str = "2026-06-01", *, agreed: bool = True) -> History:
    judged = concluded(client_agrees=True if agreed else None, objective=uuid(objective))
    return history.on(on, structs.replace(judged, level=level, scale_version=1))


def told(*histories: History) -> tuple[Kpi, Kpi]:
    known = [one.facts for one in histories]
    return shown(score(known, NOW), known), shown(change(known, NOW), known)


@pytest.mark.parametrize(
    ("weights", "levels", "expected", "risen"),
    [
        ([1], [2], "70.0000", "30.0000"),
        ([5], [-1], "40.0000", "0.0000"),
        ([1, 1, 1], [2, 2, 2], "77.3861", "41.0792"),  # 90 / sqrt(0.7 * 3 + 0.3 * 9)
        ([1, 2, 3], [1, 0, -1], "45.5935", "8.8131"),  # 40 / sqrt(0.7 * 14 + 0.3 * 36)
    ],
)
def test_the_index_of_one_plan(weights: list[int], levels: list[AttainmentLevel], expected: str, risen: str) -> None:
    history = plan(len(weights))
    for number, (weight, level) in enumerate(zip(weights, levels, strict=True), start=100):
        history = ended(history.on("2026-02-02", weighed(number, weight)), number, level)
    reached, since = told(history)
    assert (reached.value, since.value) == (Decimal(expected), Decimal(risen))
    assert (reached.n, reached.clients, reached.denominator) == (len(weights), 1, 1)


def test_without_a_judgement_on_a_scale_there_is_no_data_and_no_fifty() -> None:
    unscaled = plan(1, on_scale=False).on("2026-06-01", concluded(objective=uuid(100)))
    given_up = plan(1).on("2026-06-01", concluded("abandoned", objective=uuid(100)))
    for history in (plan(1), unscaled, given_up, ended(plan(1), 100, 1, agreed=False)):
        assert [(one.value, one.n, one.suppressed) for one in told(history)] == [(None, 0, None)] * 2


def test_a_judgement_counts_from_its_day_on_and_not_once_it_is_withdrawn() -> None:
    history = ended(plan(1), 100, 1)
    assert score([history.facts], asked("to_date", "2026-05-31")).value is None
    assert score([history.facts], asked("2026-05", "2026-12-31")).value is None
    assert score([history.facts], asked("2026-06", "2026-12-31")).value == 60
    withdrawn = EntryWithdrawn(
        entry="objective_concluded", item_id=uuid(100), corrects_version=history.version, reason_code="learning", reason=None
    )
    assert score([history.on("2026-07-01", withdrawn).facts], NOW).value is None


def test_a_mean_is_shown_of_five_clients_or_more_to_whomever() -> None:
    """60 and four times 50; the four alone, or one among many without data, would tell of single people."""
    plans = [ended(plan(1, number), 100, 1 if number == 1 else 0) for number in range(1, 6)]
    reached, since = told(*plans)
    assert (reached.value, reached.n, reached.clients, since.value) == (52, 5, 5, 12)
    assert {one.suppressed for one in told(*plans[:4])} == {"below_floor"}
    assert {one.suppressed for one in told(plans[0], plan(1, 6), plan(1, 7))} == {"below_floor"}


@pytest.mark.parametrize("seed", range(20))
def test_agrees_with_what_the_plan_says_of_itself(seed: int) -> None:
    """Any scales, weights and judgements, in any order, some of them given up, waiting for the client, or made twice."""
    chosen = random.Random(seed)
    history = plan(5, on_scale=False)
    day = date(2026, 2, 2)
    for _ in range(30):
        one, day = chosen.randrange(100, 105), day + timedelta(days=1)
        match chosen.randrange(4):
            case 0:
                weight = chosen.randint(1, 3), chosen.randint(1, 3)
                history.on(day.isoformat(), scaled(one, weight=weight, baseline=chosen.choice((-1, -2))))
            case 1:
                history.on(day.isoformat(), weighed(one, chosen.randint(1, 9)))
            case 2:
                history.on(day.isoformat(), concluded("abandoned", objective=uuid(one)))
            case _:
                ended(history, one, chosen.choice((-2, -1, 0, 1, 2)), day.isoformat(), agreed=chosen.random() < 0.8)
    state = PlanState()
    for fed in history.feds:
        state = evolve(state, fed) if fed.stream == PLAN else state
    found = of_plan(state)
    reached, since = told(history)
    assert reached.n == len(found.scored)
    assert (reached.numerator, since.numerator) == ((found.score, found.change) if found.scored else (0, 0))
