"""Several milestones and actions moved at once: all of them or none."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from msgspec.structs import replace

from domain.errors import ItemUnknown, ReasonRequired, Refusal, VersionConflict
from domain.errors.plan import ActionClosed, DueInPast, MilestoneAfterObjective, MilestoneClosed, NamedTwice
from domain.plan.commands import MoveDueDates
from domain.plan.commands.several import Move, MoveAction, MoveMilestone
from domain.plan.events import ActionRescheduled, MilestoneAdjusted
from domain.values import OfAuthor
from tests.domain.planning import ACTION, MILESTONE, UNKNOWN, active, by, committed, defined, milestone
from tests.domain.spec import CLIENT, Happened, days, given
from tests.domain.test_plan_action import COMPLETED
from tests.domain.test_plan_milestone import REACHED

PAST = (*active(defined(), milestone()), committed())
LATE = "The team is away for a week."


def step(to: date, *, item: UUID = MILESTONE, since: date | None = None) -> MoveMilestone:
    return MoveMilestone(milestone_id=item, from_=since or days(20), to=to)


def act(to: date, *, item: UUID = ACTION, since: date | None = None) -> MoveAction:
    return MoveAction(action_id=item, from_=since or days(7), to=to)


def moving(*moves: Move) -> MoveDueDates:
    return MoveDueDates(moves=moves, reason=LATE, initiated_by="client")


def test_each_item_has_a_change_of_its_own_for_the_one_reason() -> None:
    adjusted = MilestoneAdjusted(
        milestone_id=MILESTONE,
        from_=days(20),
        to=days(27),
        shift_days=7,
        adjusted_by="coach",
        initiated_by="client",
        evidence=(),
        reason_code=None,
        reason=OfAuthor(LATE),
    )
    moved = ActionRescheduled(
        action_id=ACTION,
        from_=days(7),
        to=days(14),
        times_moved=1,
        rescheduled_by="coach",
        initiated_by="client",
        reason_code=None,
        reason=OfAuthor(LATE),
    )
    state = given(*PAST).when(moving(step(days(27)), act(days(14))), by()).then(adjusted, moved)
    assert (state.milestones[MILESTONE].due_on, state.actions[ACTION].due_on) == (days(27), days(14))


REFUSED = [
    (PAST, (act(days(14)), step(days(41))), MilestoneAfterObjective, "/moves/1/to"),
    (PAST, (step(days(27)), act(days(-1))), DueInPast, "/moves/1/to"),
    (PAST, (step(days(27), item=UNKNOWN), act(days(14))), ItemUnknown, "/moves/0/milestone_id"),
    (PAST, (step(days(27)), act(days(14), item=UNKNOWN)), ItemUnknown, "/moves/1/action_id"),
    ((*PAST, REACHED), (act(days(14)), step(days(27))), MilestoneClosed, "/moves/1"),
    ((*PAST, COMPLETED), (step(days(27)), act(days(14))), ActionClosed, "/moves/1"),
    (PAST, (step(days(27)), step(days(28))), NamedTwice, "/moves/1"),
]


@pytest.mark.parametrize(("past", "moves", "refusal", "pointer"), REFUSED)
def test_one_that_cannot_be_moved_keeps_all_where_they_are(
    past: tuple[Happened, ...], moves: tuple[Move, ...], refusal: type[Refusal], pointer: str
) -> None:
    given(*past).when(moving(*moves), by()).then_refused(refusal, pointer)


def test_who_read_another_date_learns_who_set_it() -> None:
    adjusted = MilestoneAdjusted(
        milestone_id=MILESTONE,
        from_=days(20),
        to=days(25),
        shift_days=5,
        adjusted_by="client",
        initiated_by="client",
        evidence=(),
        reason_code="scope",
        reason=None,
    )
    past = (*PAST, Happened(adjusted, actor=CLIENT))
    refusal = given(*past).when(moving(act(days(14)), step(days(27))), by()).then_refused(VersionConflict, "/moves/1/from")
    assert (refusal.facts["current"], refusal.facts["changed_by"]) == (days(25), CLIENT)


def test_it_needs_one_reason() -> None:
    given(*PAST).when(replace(moving(step(days(27))), reason=None), by()).then_refused(ReasonRequired, "/reason")


def test_what_stands_there_already_is_no_change() -> None:
    given(*PAST).when(moving(step(days(20)), act(days(7))), by()).then_nothing()
