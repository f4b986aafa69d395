"""Actions: promised, moved, done, given up."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from domain.errors import ItemUnknown, NotPermitted, OccurredAtOutOfRange, ReasonRequired, VersionConflict
from domain.errors.engagement import NotAParty
from domain.errors.plan import (
    ActionClosed,
    ActionDueAfterEngagement,
    AlreadyCompleted,
    DueInPast,
    ObjectiveClosed,
    OwnerNotAParty,
    StrategyDroppedAlready,
)
from domain.plan.commands import CommitAction, CompleteAction, DropAction, RescheduleAction
from domain.plan.events import ActionCommitted, ActionCompleted, ActionDropped, ActionRescheduled, EntryWithdrawn
from domain.values import OfAuthor, OfClient
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


def reschedule(old: int, new: int, **changes: Any) -> RescheduleAction:
    fields: dict[str, Any] = {"reason_code": "capacity"} | changes
    return RescheduleAction(action_id=ACTION, from_=days(old), to=days(new), **fields)


def rescheduled(old: int, new: int, **changes: Any) -> ActionRescheduled:
    event = ActionRescheduled(
        action_id=ACTION,
        from_=days(old),
        to=days(new),
        times_moved=1,
        rescheduled_by="coach",
        initiated_by="coach",
        reason_code="capacity",
        reason=None,
    )
    return replace(event, **changes)


DROP = DropAction(action_id=ACTION, reason="Somebody else has done it meanwhile")
DROPPED_ACTION = ActionDropped(
    action_id=ACTION,
    due_on=days(7),
    dropped_by="client",
    initiated_by="client",
    reason_code=None,
    reason=OfAuthor("Somebody else has done it meanwhile"),
)
PROMISED = [drafted(), defined(), Happened(committed(), actor=CLIENT)]


def test_an_action_is_moved_by_one_on_the_wish_of_another_and_counts_its_moves() -> None:
    first = rescheduled(7, 10, initiated_by="client", reason=OfAuthor("The survey is late"))
    state = given(*PROMISED).when(reschedule(7, 10, initiated_by="client", reason="The survey is late"), by(COACH)).then(first)
    assert (state.actions[ACTION].due_on, state.actions[ACTION].times_moved) == (days(10), 1)
    second = rescheduled(10, 5, times_moved=2, rescheduled_by="client", initiated_by="client")
    given(*PROMISED, first).when(reschedule(10, 5), by(CLIENT)).then(second)


def test_the_second_mover_of_an_action_learns_who_moved_it_meanwhile_and_to_which_day() -> None:
    past = [*PROMISED, Happened(rescheduled(7, 10), actor=COACH)]
    refusal = given(*past).when(reschedule(7, 9), by(CLIENT)).then_refused(VersionConflict, "/from")
    assert refusal.facts == {"current": days(10), "changed_by": COACH, "changed_at": len(past)}
    given(*past).when(reschedule(7, 10), by(CLIENT)).then_nothing()
    refusal = given(*PROMISED).when(reschedule(6, 9), by(COACH)).then_refused(VersionConflict)
    assert refusal.facts["changed_by"] == CLIENT, "nobody has moved it: its date is that of the promise"


@pytest.mark.parametrize(
    ("command", "refusal", "pointer"),
    [
        (reschedule(7, -1), DueInPast, "/to"),
        (reschedule(7, 181), ActionDueAfterEngagement, "/to"),
        (reschedule(7, 10, reason_code=None), ReasonRequired, "/reason"),
        (reschedule(7, 10, reason_code=None, reason="late"), ReasonRequired, "/reason"),
        (reschedule(7, 10, reason_code="whim"), ReasonRequired, "/reason_code"),
        (replace(reschedule(7, 10), action_id=UNKNOWN), ItemUnknown, "/action_id"),
        (replace(DROP, reason=None), ReasonRequired, "/reason"),
        (replace(DROP, action_id=UNKNOWN), ItemUnknown, "/action_id"),
    ],
)
def test_what_neither_moves_nor_drops_an_action(command: Any, refusal: Any, pointer: str) -> None:
    given(*PROMISED).when(command, by(CLIENT)).then_refused(refusal, pointer)


def test_an_action_is_dropped_for_a_reason_and_once() -> None:
    state = given(*PROMISED).when(DROP, by(CLIENT)).then(DROPPED_ACTION)
    assert state.actions[ACTION].dropped
    moved = replace(DROPPED_ACTION, due_on=days(10), dropped_by="coach", initiated_by="client")
    given(*PROMISED, rescheduled(7, 10)).when(replace(DROP, initiated_by="client"), by(COACH)).then(moved)
    given(*PROMISED, DROPPED_ACTION).when(DROP, by(CLIENT)).then_refused(ActionClosed)


@pytest.mark.parametrize("command", [reschedule(7, 10), DROP])
def test_what_is_done_or_dropped_is_neither_moved_nor_dropped(command: Any) -> None:
    given(*PROMISED, COMPLETED).when(command, by(CLIENT)).then_refused(ActionClosed)
    given(*PROMISED, DROPPED_ACTION).when(command, by(CLIENT)).then_refused(ActionClosed)


def test_what_was_dropped_is_not_done() -> None:
    given(*PROMISED, DROPPED_ACTION).when(CompleteAction(action_id=ACTION), by(CLIENT)).then_refused(ActionClosed)


def test_what_was_not_done_after_all_can_be_moved_again() -> None:
    past = [*PROMISED, COMPLETED]
    withdrawn = EntryWithdrawn(corrects_version=len(past), entry="action_completed", item_id=ACTION, reason_code="other", reason=None)
    given(*past, withdrawn).when(reschedule(7, 10), by(COACH)).then(rescheduled(7, 10))


@pytest.mark.parametrize("command", [reschedule(7, 10), DROP])
def test_only_parties_move_and_drop_actions(command: Any) -> None:
    given(*PROMISED).when(command, by(STRANGER)).then_refused(NotAParty)


def test_an_action_can_come_from_a_session_of_the_engagement() -> None:
    session = IDS[5]
    command = replace(COMMIT, session_id=session)
    expected = replace(committed(), action_id=IDS[0], session_id=session)
    state = given(drafted(), defined()).when(command, by(CLIENT, sessions=frozenset({session}))).then(expected)
    assert (state.actions[IDS[0]].session_id, state.actions[IDS[0]].objective_id) == (session, OBJECTIVE)
    given(drafted(), defined()).when(command, by(CLIENT, sessions=frozenset({IDS[6]}))).then_refused(ItemUnknown, "/session_id")


def test_a_member_of_a_group_promises_for_themselves_and_on_the_clients_side() -> None:
    member = by(STRANGER, engagement=replace(ENGAGED, members=frozenset({STRANGER})))
    promised = replace(committed(), action_id=IDS[0], owner=STRANGER, committed_by="client")
    given(drafted(), defined()).when(replace(COMMIT, owner=STRANGER), member).then(promised)
    given(drafted(), defined()).when(COMMIT, member).then_refused(NotPermitted, "/owner")
