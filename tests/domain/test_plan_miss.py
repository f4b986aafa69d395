"""Milestones that are missed, which the workers note, and milestones that are withdrawn."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from domain.errors import ItemUnknown, ReasonRequired
from domain.errors.engagement import NotAParty
from domain.errors.plan import AlreadyWithdrawn, MilestoneClosed, NotLastVerdict
from domain.plan.commands import (
    AdjustMilestone,
    MissMilestone,
    ProposeChange,
    ProposePlan,
    ReachMilestone,
    RefineObjective,
    WithdrawEntry,
    WithdrawMilestone,
)
from domain.plan.commands.refinement import RefineDue
from domain.plan.context import PlanContext
from domain.plan.events import EntryWithdrawn, MilestoneMissed, MilestoneWithdrawn, PlanActivated, PlanProposed
from domain.plan.smart.verdict import SmartCode
from domain.plan.state import PlanState
from domain.values import NIL, OfAuthor
from tests.domain.planning import (
    ENGAGED,
    MILESTONE,
    OBJECTIVE,
    UNKNOWN,
    Past,
    active,
    approved,
    by,
    defined,
    drafted,
    milestone,
    proposed,
    smart,
)
from tests.domain.spec import CLIENT, COACH, NOW, STRANGER, days, folded, given
from tests.domain.test_plan_milestone import REACHED, adjust, adjusted

PAST = active(defined(), milestone())
MISS = MissMilestone(milestone_id=MILESTONE, due_on=days(20))
MISSED = MilestoneMissed(milestone_id=MILESTONE, due_on=days(20))
WITHDRAW = WithdrawMilestone(milestone_id=MILESTONE, reason="The release was called off", initiated_by="client")
WITHDRAWN = MilestoneWithdrawn(
    milestone_id=MILESTONE,
    due_on=days(20),
    withdrawn_by="coach",
    initiated_by="client",
    reason_code=None,
    reason=OfAuthor("The release was called off"),
)


def after(number: int, **changes: Any) -> PlanContext:
    """What the worker may know, that many days from now."""
    return by(NIL, role="worker", now=NOW + timedelta(days=number), **changes)


def entry_withdrawn(past: list[Past], version: int | None = None) -> EntryWithdrawn:
    """The last report, or that of a version, taken back."""
    at = version or len(past)
    return EntryWithdrawn(corrects_version=at, entry="milestone_missed", item_id=MILESTONE, reason_code="other", reason=None)


def take_back(version: int) -> WithdrawEntry:
    return WithdrawEntry(corrects_version=version, reason_code="other")


def test_a_day_that_passed_is_noted_once() -> None:
    state = given(*PAST).when(MISS, after(21)).then(MISSED)
    assert state.milestones[MILESTONE].is_missed
    given(*PAST, MISSED).when(MISS, after(22)).then_nothing()


@pytest.mark.parametrize("number", [0, 20])
def test_a_day_that_has_not_passed_is_not_missed(number: int) -> None:
    given(*PAST).when(MISS, after(number)).then_nothing()


@pytest.mark.parametrize("meanwhile", [REACHED, adjusted(20, 30), WITHDRAWN])
def test_what_was_reached_moved_or_withdrawn_meanwhile_is_not_missed(meanwhile: Any) -> None:
    given(*PAST, meanwhile).when(MISS, after(21)).then_nothing()


def test_nothing_is_missed_unless_the_plan_and_the_engagement_run() -> None:
    given(*approved(defined(), milestone())).when(MISS, after(21)).then_nothing()
    given(*PAST).when(MISS, after(21, engagement=replace(ENGAGED, state="paused"))).then_nothing()


def test_an_unknown_milestone_is_a_fault() -> None:
    given(*PAST).when(replace(MISS, milestone_id=UNKNOWN), after(21)).then_refused(ItemUnknown, "/milestone_id")


def test_each_due_date_can_be_missed_once() -> None:
    past = [*PAST, MISSED, adjusted(20, 30)]
    assert not folded("plan", past).milestones[MILESTONE].is_missed, "it has a new date"
    again = MilestoneMissed(milestone_id=MILESTONE, due_on=days(30))
    state = given(*past).when(replace(MISS, due_on=days(30)), after(31)).then(again)
    assert [miss.due_on for miss in state.milestones[MILESTONE].misses] == [days(20), days(30)]


def test_a_date_that_was_missed_and_comes_back_is_not_noted_twice() -> None:
    past = [*PAST, MISSED, adjusted(20, 30), adjusted(30, 20)]
    given(*past).when(MISS, after(21)).then_nothing()


def test_what_was_missed_can_still_be_reached_and_moved() -> None:
    late = after(22, policy=by().policy)
    given(*PAST, MISSED).when(ReachMilestone(milestone_id=MILESTONE), replace(late, actor=CLIENT)).then(replace(REACHED, on=days(22)))
    given(*PAST, MISSED).when(adjust(20, 30), by(COACH)).then(adjusted(20, 30))
    assert not folded("plan", [*PAST, MISSED, REACHED]).milestones[MILESTONE].is_missed


def test_a_note_that_is_taken_back_does_not_come_again() -> None:
    past = [*PAST, MISSED]
    state = given(*past).when(take_back(len(past)), by(CLIENT)).then(entry_withdrawn(past))
    assert not state.milestones[MILESTONE].is_missed
    past.append(entry_withdrawn(past))
    given(*past).when(MISS, after(21)).then_nothing()
    given(*past).when(take_back(len(past) - 1), by(CLIENT)).then_refused(AlreadyWithdrawn)


def test_only_the_last_verdict_is_taken_back() -> None:
    past = [*PAST, MISSED, REACHED]
    refusal = given(*past).when(take_back(len(past) - 1), by(CLIENT)).then_refused(NotLastVerdict)
    assert refusal.facts == {"last": len(past)}
    reached = replace(entry_withdrawn(past), entry="milestone_reached")
    given(*past).when(take_back(len(past)), by(CLIENT)).then(reached)
    given(*past, reached).when(take_back(len(past) - 1), by(CLIENT)).then(entry_withdrawn(past, len(past) - 1))


def test_a_milestone_is_withdrawn_for_a_reason_and_once() -> None:
    state = given(*PAST).when(WITHDRAW, by(COACH)).then(WITHDRAWN)
    assert (state.timeline, state.milestones[MILESTONE].is_open) == ([], False)
    given(*PAST, WITHDRAWN).when(WITHDRAW, by(COACH)).then_refused(MilestoneClosed)


@pytest.mark.parametrize(
    ("command", "refusal", "pointer"),
    [
        (replace(WITHDRAW, reason=None), ReasonRequired, "/reason"),
        (replace(WITHDRAW, reason_code="whim"), ReasonRequired, "/reason_code"),
        (replace(WITHDRAW, milestone_id=UNKNOWN), ItemUnknown, "/milestone_id"),
    ],
)
def test_what_is_no_withdrawal(command: WithdrawMilestone, refusal: Any, pointer: str) -> None:
    given(*PAST).when(command, by(COACH)).then_refused(refusal, pointer)


def test_only_parties_withdraw_milestones_and_only_open_ones() -> None:
    given(*PAST).when(WITHDRAW, by(STRANGER)).then_refused(NotAParty)
    given(*PAST, REACHED).when(WITHDRAW, by(COACH)).then_refused(MilestoneClosed)


@pytest.mark.parametrize("command", [adjust(20, 30), ReachMilestone(milestone_id=MILESTONE)])
def test_what_is_withdrawn_is_neither_moved_nor_reached(command: AdjustMilestone | ReachMilestone) -> None:
    given(*PAST, WITHDRAWN).when(command, by(CLIENT)).then_refused(MilestoneClosed)


def test_first_milestones_are_part_of_what_is_agreed_and_later_ones_are_not() -> None:
    past = proposed(defined(), milestone())
    state: PlanState = given(*past).when(WITHDRAW, by(COACH)).then(WITHDRAWN)
    assert (state.status, state.digest == folded("plan", past).digest) == ("draft", False)
    assert folded("plan", [*PAST, WITHDRAWN]).digest == folded("plan", PAST).digest


def test_what_was_withdrawn_from_the_draft_is_not_in_the_timeline_that_was_agreed() -> None:
    assert [event.timeline for event in active(defined(), milestone()) if isinstance(event, PlanActivated)] != [()]
    past = active(defined(), milestone(), WITHDRAWN)
    assert [one.id for one in folded("plan", past).timeline] == []


def test_a_milestone_that_was_withdrawn_is_no_checkpoint() -> None:
    far = defined(smart(due_on=days(60)))
    for past, warned in (([drafted(), far, milestone()], False), ([drafted(), far, milestone(), WITHDRAWN], True)):
        (event,) = given(*past).when(ProposePlan(), by(COACH)).events()
        assert isinstance(event, PlanProposed)
        assert (SmartCode.NO_CHECKPOINT in event.lints[0].lint.warnings) == warned


def test_a_milestone_that_was_withdrawn_holds_no_due_date_back() -> None:
    refinement = RefineObjective(objective_id=OBJECTIVE, refinement=RefineDue(from_=days(40), to=days(10)), reason_code="scope")
    (event,) = given(*PAST, WITHDRAWN).when(ProposeChange(change=refinement, reason_code="scope"), by(COACH)).events()
    assert event.proposed_by == "coach"  # type: ignore[attr-defined]
