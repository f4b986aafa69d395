"""Strategies, and the actions under them."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from domain.errors import ItemUnknown, OccurredAtOutOfRange, ReasonRequired, VersionConflict
from domain.errors.plan import (
    ActionDueAfterEngagement,
    AlreadyCompleted,
    ChangeMustBeProposed,
    DueInPast,
    ObjectiveClosed,
    OwnerNotAParty,
    StrategyDroppedAlready,
    StrategyWithoutObjective,
)
from domain.plan.commands import AdoptStrategy, CommitAction, CompleteAction, DropStrategy, ReviseStrategy
from domain.plan.commands.part import RealismBody
from domain.plan.events import ActionCommitted, ActionCompleted, StrategyAdopted, StrategyDropped, StrategyRevised
from domain.plan.terms import Evidence, Realism, StrategyTerms
from domain.values import OfClient
from tests.domain.planning import (
    ACTION,
    ENGAGED,
    OBJECTIVE,
    OTHER_OBJECTIVE,
    OTHER_STRATEGY,
    STRATEGY,
    UNKNOWN,
    active,
    adopted,
    by,
    committed,
    defined,
    drafted,
)
from tests.domain.spec import CLIENT, COACH, IDS, NOW, SPONSOR, STRANGER, TODAY, Happened, days, given
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
        ({"evidence": (Evidence(kind="measurement", ref="2", as_of=TODAY),)}, ItemUnknown, "/evidence/0/ref"),
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


COMMIT = CommitAction(
    text="Ask three colleagues what they miss", owner=CLIENT, due_on=days(7), objective_id=OBJECTIVE, accountable_to=COACH
)


def test_an_action_is_committed_in_any_state_of_the_plan() -> None:
    expected = replace(committed(), action_id=IDS[0])
    given(drafted(), defined()).when(COMMIT, by(CLIENT)).then(expected)
    given(*active(defined())).when(COMMIT, by(CLIENT)).then(expected)


def test_an_action_may_say_its_first_step_its_strategy_and_its_session() -> None:
    command = replace(COMMIT, first_step="Write to Ana", strategy_id=STRATEGY, session_id=UNKNOWN, due_on=TODAY)
    (event,) = given(*PAST).when(command, by(COACH)).events()
    assert isinstance(event, ActionCommitted)
    assert (event.first_step, event.strategy_id, event.session_id, event.committed_by) == (
        OfClient("Write to Ana"),
        STRATEGY,
        UNKNOWN,
        "coach",
    )


@pytest.mark.parametrize(
    ("changes", "refusal", "pointer"),
    [
        ({"owner": STRANGER}, OwnerNotAParty, "/owner"),
        ({"accountable_to": STRANGER}, OwnerNotAParty, "/accountable_to"),
        ({"due_on": days(181)}, ActionDueAfterEngagement, "/due_on"),
        ({"due_on": days(-1)}, DueInPast, "/due_on"),
        ({"objective_id": UNKNOWN}, ItemUnknown, "/objective_id"),
        ({"strategy_id": UNKNOWN}, ItemUnknown, "/strategy_id"),
    ],
)
def test_what_cannot_be_promised(changes: dict[str, Any], refusal: Any, pointer: str) -> None:
    given(*PAST).when(replace(COMMIT, **changes), by(CLIENT)).then_refused(refusal, pointer)


def test_nothing_is_promised_under_what_is_over() -> None:
    given(*PAST, DROPPED).when(replace(COMMIT, strategy_id=STRATEGY), by(CLIENT)).then_refused(StrategyDroppedAlready)
    given(*PAST, CONCLUDED).when(COMMIT, by(CLIENT)).then_refused(ObjectiveClosed)


def test_an_engagement_without_an_end_sets_no_last_day() -> None:
    (event,) = (
        given(*PAST)
        .when(replace(COMMIT, due_on=days(900), owner=SPONSOR), by(CLIENT, engagement=replace(ENGAGED, planned_end=None)))
        .events()
    )
    assert isinstance(event, ActionCommitted)


COMPLETED = ActionCompleted(action_id=ACTION, completed_on=TODAY, evidence=OfClient("Their answers"), effort_minutes=45)


def test_an_action_is_completed_once() -> None:
    command = CompleteAction(action_id=ACTION, evidence="Their answers", effort_minutes=45)
    past = [drafted(), defined(), committed()]
    given(*past).when(command, by(CLIENT)).then(COMPLETED)
    given(*past, COMPLETED).when(command, by(CLIENT)).then_refused(AlreadyCompleted)
    given(drafted()).when(command, by(CLIENT)).then_refused(ItemUnknown, "/action_id")


def test_an_action_is_completed_on_the_day_it_happened_and_not_before_it_was_promised() -> None:
    command = CompleteAction(action_id=ACTION)
    past = [drafted(), defined(), Happened(committed(), at=NOW - timedelta(days=3))]
    (event,) = given(*past).when(command, by(CLIENT, occurred_at=NOW - timedelta(days=2))).events()
    assert isinstance(event, ActionCompleted)
    assert event.completed_on == days(-2)
    given(*past).when(command, by(CLIENT, occurred_at=NOW - timedelta(days=4))).then_refused(OccurredAtOutOfRange, "/occurred_at")


def test_an_adopted_strategy_is_the_adopters() -> None:
    (event,) = given(drafted(), defined()).when(ADOPT, by(COACH)).events()
    assert isinstance(event, StrategyAdopted)
    assert event.adopted_by == "coach"
