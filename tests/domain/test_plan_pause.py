"""What a pause of the engagement moves in its plan."""

from __future__ import annotations

from msgspec.structs import replace

from domain.plan.commands import ShiftDueDates
from domain.plan.events import DueDatesShifted
from tests.domain.planning import ACTION, MILESTONE, OBJECTIVE, active, by, committed, defined, drafted, milestone
from tests.domain.spec import TODAY, days, given
from tests.domain.test_plan_exercise import ANSWERED, EXERCISE, OFFERED, WITHDRAWN

SHIFT = ShiftDueDates(paused_on=TODAY, days=10)
SHIFTED = DueDatesShifted(
    paused_on=TODAY, days=10, objectives=(OBJECTIVE,), actions=(ACTION,), milestones=(MILESTONE,), exercises=(EXERCISE,)
)
PAST = active(defined(), milestone())


def test_all_that_is_open_and_due_moves() -> None:
    state = given(*PAST, committed(), OFFERED).when(SHIFT, by()).then(SHIFTED)
    assert state.objectives[OBJECTIVE].terms.due_on == days(50)
    assert (state.actions[ACTION].due_on, state.exercises[EXERCISE].due_on) == (days(17), days(17))
    assert (state.milestones[MILESTONE].due_on, state.milestones[MILESTONE].original_due) == (days(30), days(30))


def test_what_is_done_withdrawn_without_a_day_or_was_due_before_stays() -> None:
    still = replace(SHIFTED, actions=(), exercises=())
    for past in ((OFFERED, ANSWERED), (OFFERED, WITHDRAWN), (replace(OFFERED, due_on=None),), (replace(OFFERED, due_on=days(-1)),)):
        given(*PAST, *past).when(SHIFT, by()).then(still)


def test_a_draft_is_not_touched() -> None:
    given(drafted(), defined(), OFFERED).when(SHIFT, by()).then_nothing()


def test_nothing_to_move_is_nothing() -> None:
    given(*PAST).when(replace(SHIFT, paused_on=days(400)), by()).then_nothing()
