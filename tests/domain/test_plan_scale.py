"""Attainment scales: five different texts, anchors in one direction, and versions."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from domain.errors import ItemUnknown, VersionConflict
from domain.errors.plan import ChangeMustBeProposed, ObjectiveClosed, ScaleInvalid
from domain.plan.commands import DefineAttainmentScale
from domain.plan.commands.part import LevelBody
from domain.plan.events import AttainmentScaleDefined
from domain.plan.terms import ScaleLevel, ScaleTerms
from domain.values import OfClient
from tests.domain.planning import OBJECTIVE, active, by, defined, drafted, measured, smart
from tests.domain.spec import CLIENT, COACH, Happened, given
from tests.domain.test_plan_measurement import CONCLUDED

TEXTS = ("Nobody wants to", "Fewer than today", "Four of five", "All but one", "Everybody")
RISING = (10, 30, 80, 90, 100)


def levels(anchors: tuple[int | None, ...] = (None,) * 5, texts: tuple[str, ...] = TEXTS) -> tuple[LevelBody, ...]:
    rows = zip(range(-2, 3), texts, anchors, strict=True)
    return tuple(LevelBody(level=level, text=text, anchor=None if anchor is None else Decimal(anchor)) for level, text, anchor in rows)


def scale(given_levels: tuple[LevelBody, ...] | None = None, **changes: Any) -> DefineAttainmentScale:
    return DefineAttainmentScale(objective_id=OBJECTIVE, levels=levels() if given_levels is None else given_levels, **changes)


def scaled(version: int = 1) -> AttainmentScaleDefined:
    rows = tuple(ScaleLevel(level=level, text=OfClient(text), anchor=None) for level, text in zip(range(-2, 3), TEXTS, strict=True))
    terms = ScaleTerms(levels=rows, importance=2, difficulty=3, baseline_level=-2)
    return AttainmentScaleDefined(objective_id=OBJECTIVE, version=version, terms=terms, defined_by="client", change_id=None)


def test_five_levels_make_the_first_version() -> None:
    command = scale(importance=2, difficulty=3, baseline_level=-2)
    given(drafted(), defined()).when(command, by(CLIENT)).then(scaled())


def test_a_second_scale_is_the_next_version_of_the_one_that_was_read() -> None:
    past = [drafted(), defined(), Happened(scaled(), actor=CLIENT)]
    (event,) = given(*past).when(scale(seen=3), by(COACH)).events()
    assert isinstance(event, AttainmentScaleDefined)
    assert event.version == 2
    refusal = given(*past).when(scale(seen=2), by(COACH)).then_refused(VersionConflict, "/seen")
    assert refusal.facts == {"current": None, "changed_by": CLIENT, "changed_at": 3}


def test_levels_may_come_in_any_order() -> None:
    (event,) = given(drafted(), defined()).when(scale(tuple(reversed(levels(RISING)))), by(CLIENT)).events()
    assert isinstance(event, AttainmentScaleDefined)


INVALID = [
    levels()[:4],
    (*levels(), levels()[0]),
    (*levels()[:4], LevelBody(level=1, text="Something else")),
    levels(texts=("Nobody", "Fewer", "four of  FIVE", "Four of five", "All")),
    levels(texts=("Nobody", "Fewer", " ", "Most", "All")),
    (),
]


@pytest.mark.parametrize("given_levels", INVALID)
def test_a_level_that_is_missing_doubled_or_without_words_of_its_own(given_levels: tuple[LevelBody, ...]) -> None:
    given(drafted(), defined()).when(scale(given_levels), by(CLIENT)).then_refused(ScaleInvalid, "/levels")


NO_MEASURE = {"measure": None, "baseline": None, "target": None}
ANCHORS: list[tuple[dict[str, Any], tuple[int | None, ...], bool]] = [
    ({}, RISING, True),
    ({}, (None, 30, None, 90, None), True),
    ({}, RISING[::-1], False),
    ({}, (10, 30, 30, 90, 100), False),
    ({}, (None, 90, None, 30, None), False),
    ({"measure": measured(direction="decrease")}, RISING[::-1], True),
    ({"measure": measured(direction="decrease")}, RISING, False),
    ({"measure": measured(direction="maintain")}, RISING[::-1], True),
    ({"measure": measured(direction="maintain")}, (10, 30, 20, 90, 100), False),
    (NO_MEASURE, RISING, True),
    (NO_MEASURE, RISING[::-1], True),
    (NO_MEASURE, (10, 30, 20, 90, 100), False),
]


@pytest.mark.parametrize(("changes", "anchors", "valid"), ANCHORS)
def test_anchors_go_the_way_of_the_measure(changes: dict[str, Any], anchors: tuple[int | None, ...], valid: bool) -> None:
    decision = given(drafted(), defined(smart(**changes))).when(scale(levels(anchors)), by(CLIENT))
    if valid:
        (event,) = decision.events()
        assert isinstance(event, AttainmentScaleDefined)
    else:
        decision.then_refused(ScaleInvalid, "/levels")


def test_a_scale_belongs_to_an_open_objective_of_a_draft() -> None:
    given(drafted()).when(scale(), by(CLIENT)).then_refused(ItemUnknown, "/objective_id")
    given(drafted(), defined(), CONCLUDED).when(scale(), by(CLIENT)).then_refused(ObjectiveClosed)
    given(*active(defined())).when(scale(), by(CLIENT)).then_refused(ChangeMustBeProposed)
