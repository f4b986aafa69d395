"""What keeps a change from being proposed or accepted: another that waits, what changed since, the SMART gate."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from domain.context import Policy
from domain.errors import ItemUnknown, NotPermitted, ReasonRequired, VersionConflict
from domain.errors.plan import (
    ChangePending,
    MilestoneAfterObjective,
    ObjectiveClosed,
    ObjectiveNotSmart,
    StaleChange,
    StrategyDroppedAlready,
    TooManyActiveObjectives,
)
from domain.plan.commands import (
    AcceptChange,
    ApprovePlan,
    DropStrategy,
    ProposeChange,
    RefineObjective,
)
from domain.plan.commands.part import EvidenceBody, OverrideBody
from domain.plan.commands.refinement import RefineDue, RefineTarget, RefineTitle, ReplaceMeasure
from domain.plan.events import (
    ChangeAccepted,
    ChangeProposed,
    ObjectiveDefined,
    ObjectiveRefined,
    PlanApproved,
    StrategyDropped,
    StrategyRevised,
)
from tests.domain.planning import (
    OBJECTIVE,
    OTHER_OBJECTIVE,
    STRATEGY,
    UNKNOWN,
    active,
    adopted,
    by,
    defined,
    measured,
    milestone,
    smart,
)
from tests.domain.spec import CLIENT, COACH, IDS, SPONSOR, TODAY, Happened, days, folded, given, uuid
from tests.domain.test_plan_change import ACCEPT, CHANGE, KINDS, LOWER, PAST, accepted, propose, waiting
from tests.domain.test_plan_measurement import CONCLUDED, UNMEASURED, progress, recorded_baseline
from tests.domain.test_plan_milestone import adjusted
from tests.domain.test_plan_scale import scaled

NEW_MEASURE = RefineObjective(objective_id=OBJECTIVE, refinement=ReplaceMeasure(to=measured(unit="count"), target=Decimal(9), seen=2))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (LOWER, replace(LOWER, refinement=RefineTarget(from_=Decimal(80), to=Decimal(60)))),
        (LOWER, NEW_MEASURE),
        (NEW_MEASURE, LOWER),
        (KINDS[3][0], KINDS[3][0]),
        (KINDS[5][0], KINDS[6][0]),
    ],
)
def test_one_change_of_a_thing_waits_at_a_time(first: Any, second: Any) -> None:
    refusal = given(*waiting(first)).when(propose(second), by(CLIENT, ids=IDS[2:])).then_refused(ChangePending)
    assert refusal.facts == {"change_id": CHANGE}


def test_changes_of_different_things_wait_side_by_side() -> None:
    past = waiting(LOWER)
    for number, command in enumerate([*(command for command, _ in KINDS[1:6]), smart()], start=1):
        past = [*past, *given(*past).when(propose(command), by(CLIENT, ids=IDS[2 * number :])).events()]
    assert len(folded("plan", past).changes) == 7


def test_a_change_of_what_changed_since_is_stale() -> None:
    unknown = active(defined(smart(baseline=None, baseline_by=days(9))))
    seen = RefineObjective(objective_id=OBJECTIVE, refinement=ReplaceMeasure(to=measured(unit="count"), target=Decimal(9), seen=2))
    past = [*waiting(seen, *unknown), Happened(recorded_baseline(35, 0), actor=CLIENT)]
    refusal = given(*past).when(ACCEPT, by(CLIENT)).then_refused(StaleChange)
    assert refusal.facts == {"changed_by": CLIENT, "changed_at": len(past)}


def test_a_change_of_a_strategy_that_was_revised_since_is_stale() -> None:
    revised = StrategyRevised(
        strategy_id=STRATEGY,
        terms=adopted().terms,
        replaces=3,
        evidence=(),
        revised_by="client",
        change_id=UNKNOWN,
        reason_code="scope",
        reason=None,
    )
    given(*waiting(DropStrategy(strategy_id=STRATEGY)), revised).when(ACCEPT, by(CLIENT)).then_refused(StaleChange)


def test_a_change_of_something_else_meanwhile_makes_nothing_stale() -> None:
    past = [*waiting(LOWER), progress(50), replace(scaled(), change_id=UNKNOWN)]
    assert len(accepted(past)) == 2


def test_what_became_impossible_is_refused_at_acceptance() -> None:
    given(*waiting(LOWER), CONCLUDED).when(ACCEPT, by(CLIENT)).then_refused(ObjectiveClosed)
    given(*waiting(KINDS[4][0]), CONCLUDED).when(ACCEPT, by(CLIENT)).then_refused(ObjectiveClosed)
    sooner = RefineObjective(objective_id=OBJECTIVE, refinement=RefineDue(from_=days(40), to=days(25)))
    past = waiting(sooner, *active(defined(), milestone()))
    refusal = given(*past, adjusted(20, 30)).when(ACCEPT, by(CLIENT)).then_refused(MilestoneAfterObjective)
    assert refusal.pointer is None


def test_what_refuses_a_command_refuses_its_proposal_and_points_into_it() -> None:
    wrong = replace(LOWER, refinement=RefineTarget(from_=Decimal(10), to=Decimal(70)))
    given(*PAST).when(propose(wrong), by(COACH)).then_refused(VersionConflict, "/change/refinement/from")
    given(*PAST).when(propose(DropStrategy(strategy_id=UNKNOWN)), by(COACH)).then_refused(ItemUnknown, "/change/strategy_id")
    gone = StrategyDropped(strategy_id=STRATEGY, leaves_bare=(), dropped_by="coach", change_id=UNKNOWN, reason_code="scope", reason=None)
    given(*PAST, gone).when(propose(DropStrategy(strategy_id=STRATEGY)), by(COACH)).then_refused(
        StrategyDroppedAlready, "/change/strategy_id"
    )


@pytest.mark.parametrize("command", [LOWER, KINDS[5][0], KINDS[6][0]])
def test_changing_what_was_agreed_needs_a_reason(command: Any) -> None:
    given(*PAST).when(ProposeChange(change=command), by(COACH)).then_refused(ReasonRequired)


def test_bringing_something_new_needs_none_but_a_code_is_of_the_list() -> None:
    (event,) = given(*PAST).when(ProposeChange(change=smart()), by(COACH)).events()
    assert isinstance(event, ChangeProposed)
    given(*PAST).when(ProposeChange(change=smart(), reason_code="whim"), by(COACH)).then_refused(ReasonRequired, "/reason_code")


def test_evidence_stands_in_the_plan() -> None:
    cited = EvidenceBody(kind="measurement", ref="1", as_of=TODAY)
    given(*PAST).when(propose(LOWER, evidence=(cited,)), by(COACH)).then_refused(ItemUnknown, "/evidence/0/ref")


def test_proposing_what_is_so_already_is_nothing() -> None:
    same = replace(LOWER, refinement=RefineTarget(from_=Decimal(80), to=Decimal(80)))
    given(*PAST).when(propose(same), by(COACH)).then_nothing()


def test_a_new_objective_passes_the_gate_when_it_is_accepted() -> None:
    past = waiting(smart(**UNMEASURED))
    refusal = given(*past).when(ACCEPT, by(CLIENT)).then_refused(ObjectiveNotSmart)
    assert refusal.facts["objectives"] == [{"objective_id": IDS[1], "codes": ["M1"]}]
    _, change = accepted(past, policy=Policy(version=0, smart_gate=False))
    assert isinstance(change, ObjectiveDefined)
    assert change.lint.blocking == ("M1",)


def test_a_new_objective_is_judged_on_the_day_of_its_acceptance() -> None:
    given(*waiting(smart())).when(ACCEPT, by(CLIENT, today=days(41))).then_refused(ObjectiveNotSmart)


UNMEASURED_FOR_NOW = OverrideBody(code="M1", reason="The survey begins in May")


def test_the_coach_overrides_as_they_propose_or_as_they_accept() -> None:
    overridden = given(*PAST).when(propose(smart(**UNMEASURED), overrides=(UNMEASURED_FOR_NOW,)), by(COACH)).events()
    assert len(accepted([*PAST, *overridden])) == 2
    past = waiting(smart(**UNMEASURED), actor=CLIENT)
    command = replace(ACCEPT, overrides=(UNMEASURED_FOR_NOW,))
    acceptance, _ = given(*past).when(command, by(COACH)).events()
    assert isinstance(acceptance, ChangeAccepted)
    assert [(one.objective_id, one.code) for one in acceptance.overrides] == [(IDS[1], "M1")]


def test_the_client_overrides_nothing() -> None:
    command = propose(smart(**UNMEASURED), overrides=(UNMEASURED_FOR_NOW,))
    given(*PAST).when(command, by(CLIENT)).then_refused(NotPermitted, "/overrides")


def test_a_fourth_active_objective_is_refused_as_it_is_accepted() -> None:
    past = waiting(smart(), *active(*(defined(objective_id=uuid(600 + number)) for number in range(3))))
    refusal = given(*past).when(ACCEPT, by(CLIENT)).then_refused(TooManyActiveObjectives)
    assert refusal.facts == {"limit": 3, "objective_ids": [IDS[1]]}


def test_a_concluded_objective_makes_room() -> None:
    others = (defined(objective_id=uuid(600 + number)) for number in range(2))
    past = waiting(smart(), *active(defined(), *others), CONCLUDED)
    assert len(accepted(past)) == 2


def test_a_refinement_is_linted_with_the_title_of_that_moment() -> None:
    titled = RefineObjective(objective_id=OBJECTIVE, refinement=RefineTitle(to="Lead a good team to the first release", seen=2))
    past = waiting(LOWER)
    first = given(*past).when(propose(titled), by(COACH, ids=IDS[2:])).events()
    past = [*past, *first]
    second = given(*past).when(AcceptChange(change_id=IDS[2]), by(CLIENT)).events()
    _, change = accepted([*past, *second])
    assert isinstance(change, ObjectiveRefined)
    assert change.lint.warnings == ("S2",)


def test_dropping_names_what_is_left_bare_on_the_day_of_acceptance() -> None:
    past = waiting(
        DropStrategy(strategy_id=STRATEGY),
        *active(defined(), defined(objective_id=OTHER_OBJECTIVE), adopted(objective_ids=(OBJECTIVE, OTHER_OBJECTIVE))),
    )
    _, change = accepted([*past, CONCLUDED])
    assert isinstance(change, StrategyDropped)
    assert change.leaves_bare == (OTHER_OBJECTIVE,)


def test_what_the_plan_became_by_a_change_can_be_approved() -> None:
    past = waiting(LOWER)
    past = [*past, *accepted(past)]
    digest = folded("plan", past).digest
    command = ApprovePlan(plan_version=2, digest=digest)
    given(*past).when(command, by(SPONSOR)).then(PlanApproved(party="sponsor", plan_version=2, digest=digest))
