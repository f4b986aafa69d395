"""Actions: promised and done."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from domain.errors import ItemUnknown, OccurredAtOutOfRange
from domain.errors.plan import (
    ActionDueAfterEngagement,
    AlreadyCompleted,
    DueInPast,
    ObjectiveClosed,
    OwnerNotAParty,
    StrategyDroppedAlready,
)
from domain.plan.commands import CommitAction, CompleteAction
from domain.plan.events import ActionCommitted, ActionCompleted
from domain.values import OfClient
from tests.domain.planning import (
    ACTION,
    ENGAGED,
    OBJECTIVE,
    STRATEGY,
    UNKNOWN,
    active,
    by,
    committed,
    defined,
    drafted,
)
from tests.domain.spec import CLIENT, COACH, IDS, NOW, SPONSOR, STRANGER, TODAY, Happened, days, given
from tests.domain.test_plan_measurement import CONCLUDED
from tests.domain.test_plan_strategy import DROPPED, PAST

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
