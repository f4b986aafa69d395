"""Strategies: adopted, revised, dropped."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from domain.errors import ItemUnknown, ReasonRequired, VersionConflict
from domain.errors.plan import (
    ChangeMustBeProposed,
    ObjectiveClosed,
    StrategyDroppedAlready,
    StrategyWithoutObjective,
)
from domain.plan.commands import AdoptStrategy, DropStrategy, ReviseStrategy
from domain.plan.commands.part import EvidenceBody, RealismBody
from domain.plan.events import StrategyAdopted, StrategyDropped, StrategyRevised
from domain.plan.terms import Realism, StrategyTerms
from domain.values import OfClient
from tests.domain.planning import (
    OBJECTIVE,
    OTHER_OBJECTIVE,
    OTHER_STRATEGY,
    STRATEGY,
    UNKNOWN,
    active,
    adopted,
    by,
    defined,
    drafted,
)
from tests.domain.spec import CLIENT, COACH, IDS, TODAY, Happened, given
from tests.domain.test_plan_measurement import CONCLUDED

ADOPT = AdoptStrategy(
    title="Weekly practice with the team",
    kind="practice",
    objective_ids=(OBJECTIVE,),
    realism=RealismBody(hours_per_week=Decimal(2)),
    client_fit=8,
)
PAST = (drafted(), defined(), Happened(adopted(), actor=CLIENT))
DROPPED = StrategyDropped(
    strategy_id=STRATEGY, leaves_bare=(OBJECTIVE,), dropped_by="client", change_id=None, reason_code="scope", reason=None
)


def test_a_strategy_is_adopted_for_objectives() -> None:
    given(drafted(), defined()).when(ADOPT, by(CLIENT)).then(replace(adopted(), strategy_id=IDS[0]))


@pytest.mark.parametrize(
    ("changes", "refusal", "pointer"),
    [
        ({"objective_ids": ()}, StrategyWithoutObjective, "/objective_ids"),
        ({"objective_ids": (OBJECTIVE, UNKNOWN)}, ItemUnknown, "/objective_ids/1"),
        ({"evidence": (EvidenceBody(kind="measurement", ref="2", as_of=TODAY),)}, ItemUnknown, "/evidence/0/ref"),
    ],
)
def test_what_is_no_strategy(changes: dict[str, Any], refusal: Any, pointer: str) -> None:
    given(drafted(), defined()).when(replace(ADOPT, **changes), by(CLIENT)).then_refused(refusal, pointer)


def test_a_strategy_does_not_serve_a_concluded_objective() -> None:
    given(drafted(), defined(), CONCLUDED).when(ADOPT, by(CLIENT)).then_refused(ObjectiveClosed, "/objective_ids/0")


def test_a_revision_keeps_what_it_leaves_out() -> None:
    command = ReviseStrategy(strategy_id=STRATEGY, seen=3, kind="training", client_fit=9, reason_code="learning")
    terms = replace(adopted().terms, kind="training", client_fit=9)
    expected = StrategyRevised(
        strategy_id=STRATEGY, terms=terms, replaces=3, evidence=(), revised_by="coach", change_id=None, reason_code="learning", reason=None
    )
    given(*PAST).when(command, by(COACH)).then(expected)


def test_a_revision_may_change_everything() -> None:
    command = ReviseStrategy(
        strategy_id=STRATEGY,
        seen=3,
        title="A course on delegation",
        objective_ids=(OBJECTIVE, OTHER_OBJECTIVE),
        realism=RealismBody(obstacles="Travel in May"),
        reason="The client asked for a course",
    )
    (event,) = given(*PAST, defined(objective_id=OTHER_OBJECTIVE)).when(command, by(COACH)).events()
    assert isinstance(event, StrategyRevised)
    assert event.terms == StrategyTerms(
        title=OfClient("A course on delegation"),
        kind="practice",
        objective_ids=(OBJECTIVE, OTHER_OBJECTIVE),
        realism=Realism(hours_per_week=None, obstacles=OfClient("Travel in May")),
        client_fit=8,
    )


def test_a_revision_that_changes_nothing_is_none() -> None:
    given(*PAST).when(ReviseStrategy(strategy_id=STRATEGY, seen=0, kind="practice", client_fit=8), by(COACH)).then_nothing()


def test_a_revision_has_read_the_last_one() -> None:
    command = ReviseStrategy(strategy_id=STRATEGY, seen=2, kind="support", reason_code="learning")
    refusal = given(*PAST).when(command, by(COACH)).then_refused(VersionConflict, "/seen")
    assert refusal.facts == {"current": None, "changed_by": CLIENT, "changed_at": 3}


def test_revising_and_dropping_say_why() -> None:
    given(*PAST).when(ReviseStrategy(strategy_id=STRATEGY, seen=3, kind="support"), by(COACH)).then_refused(ReasonRequired)
    given(*PAST).when(DropStrategy(strategy_id=STRATEGY, reason="no more"), by(COACH)).then_refused(ReasonRequired)


def test_a_revision_still_serves_an_objective() -> None:
    command = ReviseStrategy(strategy_id=STRATEGY, seen=3, objective_ids=(), reason_code="scope")
    given(*PAST).when(command, by(COACH)).then_refused(StrategyWithoutObjective)


def test_dropping_the_last_strategy_names_the_objectives_left_bare() -> None:
    given(*PAST).when(DropStrategy(strategy_id=STRATEGY, reason_code="scope"), by(CLIENT)).then(DROPPED)


def test_dropping_one_of_two_leaves_none_bare() -> None:
    command = DropStrategy(strategy_id=STRATEGY, reason_code="scope")
    given(*PAST, adopted(OTHER_STRATEGY)).when(command, by(CLIENT)).then(replace(DROPPED, leaves_bare=()))


def test_a_concluded_objective_is_not_left_bare() -> None:
    command = DropStrategy(strategy_id=STRATEGY, reason_code="scope")
    given(*PAST, CONCLUDED).when(command, by(CLIENT)).then(replace(DROPPED, leaves_bare=()))


@pytest.mark.parametrize(
    "command",
    [
        DropStrategy(strategy_id=STRATEGY, reason_code="scope"),
        ReviseStrategy(strategy_id=STRATEGY, seen=4, kind="support", reason_code="scope"),
    ],
)
def test_a_dropped_strategy_stays_dropped(command: Any) -> None:
    given(*PAST, DROPPED).when(command, by(CLIENT)).then_refused(StrategyDroppedAlready)
    given(drafted()).when(command, by(CLIENT)).then_refused(ItemUnknown, "/strategy_id")


@pytest.mark.parametrize(
    "command",
    [
        ADOPT,
        DropStrategy(strategy_id=STRATEGY, reason_code="scope"),
        ReviseStrategy(strategy_id=STRATEGY, seen=3, kind="support", reason_code="scope"),
    ],
)
def test_agreed_strategies_change_only_by_proposal(command: Any) -> None:
    given(*active(defined(), adopted())).when(command, by(CLIENT)).then_refused(ChangeMustBeProposed)


def test_an_adopted_strategy_is_the_adopters() -> None:
    (event,) = given(drafted(), defined()).when(ADOPT, by(COACH)).events()
    assert isinstance(event, StrategyAdopted)
    assert event.adopted_by == "coach"
