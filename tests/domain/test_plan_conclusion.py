"""How objectives end, and how reports are taken back."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from domain.errors import ItemUnknown, NotPermitted, ReasonRequired
from domain.errors.plan import (
    AlreadyWithdrawn,
    ChangeMustBeProposed,
    LevelMissing,
    MeasureMissing,
    NotItsEntry,
    NotLastVerdict,
    ObjectiveClosed,
    PlanNotActive,
    ScaleInvalid,
    TooManyActiveObjectives,
    WrongUnit,
)
from domain.plan.commands import ConcludeObjective, WithdrawEntry
from domain.plan.events import EntryWithdrawn
from domain.values import OfAuthor
from tests.domain.planning import ACTION, MILESTONE, OBJECTIVE, UNKNOWN, active, by, committed, defined, drafted, measured, milestone, smart
from tests.domain.spec import CLIENT, COACH, SPONSOR, folded, given, uuid
from tests.domain.test_plan_action import COMPLETED
from tests.domain.test_plan_measurement import CONCLUDED, UNMEASURED
from tests.domain.test_plan_milestone import REACHED
from tests.domain.test_plan_scale import scaled

PAST = active(defined())
SCALED = active(defined(), scaled())
CONCLUDE = ConcludeObjective(objective_id=OBJECTIVE, outcome="attained")
BY_COACH = replace(CONCLUDED, rated_by="coach", client_agrees=None)


def test_the_client_concludes_at_once() -> None:
    state = given(*PAST).when(CONCLUDE, by(CLIENT)).then(CONCLUDED)
    assert state.objectives[OBJECTIVE].outcome == "attained"


def test_the_coachs_judgement_waits_for_the_clients() -> None:
    state = given(*PAST).when(CONCLUDE, by(COACH)).then(BY_COACH)
    assert (state.objectives[OBJECTIVE].outcome, state.objectives[OBJECTIVE].pending.outcome) == (None, "attained")


def test_the_client_agrees_by_judging_the_same() -> None:
    state = given(*PAST, BY_COACH).when(CONCLUDE, by(CLIENT)).then(CONCLUDED)
    assert (state.objectives[OBJECTIVE].outcome, state.objectives[OBJECTIVE].pending) == ("attained", None)


def test_where_the_client_judges_otherwise_their_word_holds_and_both_stay_known() -> None:
    expected = replace(CONCLUDED, outcome="partly_attained", client_agrees=False)
    state = given(*PAST, BY_COACH).when(replace(CONCLUDE, outcome="partly_attained"), by(CLIENT)).then(expected)
    assert state.objectives[OBJECTIVE].outcome == "partly_attained"
    assert [one.outcome for one in state.objectives[OBJECTIVE].conclusions] == ["attained", "partly_attained"]


def test_the_coach_may_think_again_while_the_client_has_not_judged() -> None:
    given(*PAST, BY_COACH).when(CONCLUDE, by(COACH)).then_nothing()
    given(*PAST, BY_COACH).when(replace(CONCLUDE, outcome="not_attained"), by(COACH)).then(replace(BY_COACH, outcome="not_attained"))


def test_a_level_is_on_the_scale_in_force() -> None:
    command = replace(CONCLUDE, level=1, measured_value=Decimal(90))
    expected = replace(CONCLUDED, level=1, scale_version=2, measured_value=Decimal(90))
    given(*active(defined(), scaled(), scaled(2))).when(command, by(CLIENT)).then(expected)


def test_another_level_is_another_judgement() -> None:
    coach = replace(BY_COACH, level=1, scale_version=1)
    given(*SCALED, coach).when(replace(CONCLUDE, level=0), by(CLIENT)).then(
        replace(CONCLUDED, level=0, scale_version=1, client_agrees=False)
    )


@pytest.mark.parametrize(
    ("past", "command", "actor", "refusal"),
    [
        (SCALED, CONCLUDE, CLIENT, LevelMissing),
        (PAST, replace(CONCLUDE, level=0), CLIENT, ScaleInvalid),
        (PAST, replace(CONCLUDE, outcome="abandoned"), CLIENT, ReasonRequired),
        (PAST, replace(CONCLUDE, reason_code="whim"), CLIENT, ReasonRequired),
        (PAST, CONCLUDE, SPONSOR, NotPermitted),
        (PAST, replace(CONCLUDE, objective_id=UNKNOWN), CLIENT, ItemUnknown),
        ([*PAST, CONCLUDED], CONCLUDE, CLIENT, ObjectiveClosed),
        ([drafted(), defined()], CONCLUDE, CLIENT, PlanNotActive),
        (active(defined(smart(**UNMEASURED))), replace(CONCLUDE, measured_value=Decimal(1)), CLIENT, MeasureMissing),
        (
            active(defined(smart(measure=measured(kind="yes_no"), baseline=None, target=Decimal(1)))),
            replace(CONCLUDE, measured_value=Decimal(2)),
            CLIENT,
            WrongUnit,
        ),
    ],
)
def test_what_is_no_judgement(past: Any, command: ConcludeObjective, actor: Any, refusal: Any) -> None:
    given(*past).when(command, by(actor)).then_refused(refusal)


ABANDON = replace(CONCLUDE, outcome="abandoned", reason_code="org_change")
ABANDONED = replace(CONCLUDED, outcome="abandoned", reason_code="org_change")


def test_an_abandoned_objective_needs_no_level() -> None:
    given(*SCALED).when(ABANDON, by(CLIENT)).then(ABANDONED)


def test_in_a_draft_either_side_takes_an_objective_out_and_the_content_is_another() -> None:
    past = [drafted(), defined()]
    expected = replace(ABANDONED, rated_by="coach", client_agrees=None)
    state = given(*past).when(ABANDON, by(COACH)).then(expected)
    assert (state.open_objectives, state.digest == folded("plan", past).digest) == ([], False)


def withdraw(version: int, **changes: Any) -> WithdrawEntry:
    return WithdrawEntry(corrects_version=version, **({"reason": "Reported for the wrong item"} | changes))


def withdrawn(version: int, entry: Any, item: Any) -> EntryWithdrawn:
    return EntryWithdrawn(
        corrects_version=version, entry=entry, item_id=item, reason_code=None, reason=OfAuthor("Reported for the wrong item")
    )


BUSY = active(defined(), milestone(), committed())


@pytest.mark.parametrize(
    ("report", "entry", "item"),
    [(COMPLETED, "action_completed", ACTION), (REACHED, "milestone_reached", MILESTONE), (CONCLUDED, "objective_concluded", OBJECTIVE)],
)
def test_a_report_is_taken_back_once_and_its_item_is_as_before(report: Any, entry: Any, item: Any) -> None:
    past = [*BUSY, report]
    gone = withdrawn(len(past), entry, item)
    state = given(*past).when(withdraw(len(past)), by(COACH)).then(gone)
    before = folded("plan", BUSY)
    assert (state.actions, state.milestones, state.objectives) == (before.actions, before.milestones, before.objectives)
    given(*past, gone).when(withdraw(len(past)), by(COACH)).then_refused(AlreadyWithdrawn)


@pytest.mark.parametrize("version", [1, 2, len(BUSY), len(BUSY) + 1])
def test_only_reports_are_taken_back(version: int) -> None:
    given(*BUSY).when(withdraw(version), by(COACH)).then_refused(NotItsEntry, "/corrects_version")


def test_taking_back_says_why() -> None:
    given(*BUSY, CONCLUDED).when(withdraw(len(BUSY) + 1, reason="typo"), by(COACH)).then_refused(ReasonRequired)


def test_only_the_last_judgement_is_taken_back_and_then_the_one_before_stands() -> None:
    past = [*PAST, BY_COACH, CONCLUDED]
    refusal = given(*past).when(withdraw(len(past) - 1), by(CLIENT)).then_refused(NotLastVerdict)
    assert refusal.facts == {"last": len(past)}
    state = given(*past).when(withdraw(len(past)), by(CLIENT)).then(withdrawn(len(past), "objective_concluded", OBJECTIVE))
    assert state.objectives[OBJECTIVE].pending.version == len(past) - 1


def test_an_objective_becomes_active_again_only_where_there_is_room() -> None:
    others = [defined(objective_id=uuid(600 + number)) for number in range(2)]
    past = [*active(defined(), *others), CONCLUDED]
    full = [*past, defined(objective_id=uuid(603))]
    given(*full).when(withdraw(len(past)), by(CLIENT)).then_refused(TooManyActiveObjectives)
    given(*past).when(withdraw(len(past)), by(CLIENT)).then(withdrawn(len(past), "objective_concluded", OBJECTIVE))


def test_what_was_left_out_of_the_agreed_plan_comes_back_only_by_proposal() -> None:
    past = active(defined(), defined(objective_id=UNKNOWN), ABANDONED)
    given(*past).when(withdraw(4), by(CLIENT)).then_refused(ChangeMustBeProposed)
    draft = [drafted(), defined(), ABANDONED]
    state = given(*draft).when(withdraw(3), by(CLIENT)).then(withdrawn(3, "objective_concluded", OBJECTIVE))
    assert state.digest != folded("plan", draft).digest
