"""Activating a plan: approvals, assessments, and the SMART gate."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from domain.context import Policy
from domain.errors import ItemUnknown, NotPermitted, ReasonRequired
from domain.errors.plan import (
    ApprovalsMissing,
    AssessmentRequired,
    ClientApprovalRequired,
    ObjectiveNotSmart,
    PlanAlreadyActive,
    PlanNotProposed,
    TooManyActiveObjectives,
)
from domain.plan.commands import ActivatePlan, RefineObjective
from domain.plan.commands.part import BaselineBody, OverrideBody
from domain.plan.commands.refinement import RefineTarget, RefineTitle, ReplaceMeasure
from domain.plan.events import (
    ObjectiveDefined,
    Override,
    PlanActivated,
    PlanApproved,
    PlanProposed,
    TimelineEntry,
)
from domain.plan.smart.verdict import Features
from domain.values import OfAuthor
from tests.domain.planning import (
    MILESTONE,
    OBJECTIVE,
    UNKNOWN,
    active,
    approved,
    by,
    defined,
    drafted,
    measured,
    milestone,
    program,
    smart,
)
from tests.domain.spec import CLIENT, COACH, TODAY, days, folded, given, uuid
from tests.domain.test_plan_measurement import UNMEASURED

VAGUE = "I want to improve my leadership skills"
IMPROVED = "I want to lead a successful project team in the next three months"


def test_activation_keeps_the_timeline_and_the_lint_that_judged() -> None:
    past = approved(defined(smart(due_on=days(90))), milestone())
    (event,) = given(*past).when(ActivatePlan(), by(COACH)).events()
    assert isinstance(event, PlanActivated)
    assert event.timeline == (TimelineEntry(milestone_id=MILESTONE, objective_id=OBJECTIVE, due_on=days(20)),)
    assert (event.plan_version, event.digest, event.activated_on) == (1, folded("plan", past).digest, TODAY)
    assert [(one.objective_id, one.lint.blocking, one.lint.warnings) for one in event.lints] == [(OBJECTIVE, (), ())]
    assert (event.overrides, event.smart_gate) == ((), True)
    assert event.lints[0].lint.not_applicable == (), "the limit and the client's voice are judged now"


def test_a_plan_is_activated_once_and_after_it_was_proposed() -> None:
    given(*active(defined())).when(ActivatePlan(), by(COACH)).then_refused(PlanAlreadyActive)
    given(drafted(), defined()).when(ActivatePlan(), by(COACH)).then_refused(PlanNotProposed)
    given(*approved(defined()), milestone()).when(ActivatePlan(), by(COACH)).then_refused(PlanNotProposed)


@pytest.mark.parametrize(
    ("parties", "facts", "refusal", "missing"),
    [
        ((), program(), ClientApprovalRequired, ["client", "coach"]),
        (("coach",), program(), ClientApprovalRequired, ["client"]),
        (("coach", "sponsor"), program(sponsor_approves_plans=True), ClientApprovalRequired, ["client"]),
        (("client",), None, ApprovalsMissing, ["coach"]),
        (("client", "coach"), program(sponsor_approves_plans=True), ApprovalsMissing, ["sponsor"]),
    ],
)
def test_every_party_needed_has_approved(parties: Any, facts: Any, refusal: Any, missing: list[str]) -> None:
    caught = given(*approved(defined(), parties=parties)).when(ActivatePlan(), by(COACH, program=facts)).then_refused(refusal)
    assert caught.facts["missing"] == missing


def test_an_approval_of_an_earlier_version_does_not_count() -> None:
    past = [*approved(defined()), milestone()]
    digest = folded("plan", past).digest
    again = PlanProposed(plan_version=2, digest=digest, lints=(), proposed_by="coach")
    coach = PlanApproved(party="coach", plan_version=2, digest=digest)
    given(*past, again, coach).when(ActivatePlan(), by(COACH)).then_refused(ClientApprovalRequired)


def test_a_program_may_demand_an_assessment_first() -> None:
    demanding = program(required_assessments=("self",))
    past = approved(defined())
    refusal = given(*past).when(ActivatePlan(), by(COACH, program=demanding)).then_refused(AssessmentRequired)
    assert refusal.facts == {"missing": ["self"]}
    context = by(COACH, program=demanding, finished_assessments=frozenset({"self"}))
    (event,) = given(*past).when(ActivatePlan(), context).events()
    assert isinstance(event, PlanActivated)


def codes(past: Any, **context: Any) -> list[str]:
    """The codes that keep the only objective from becoming active."""
    refusal = given(*past).when(ActivatePlan(), by(COACH, **context)).then_refused(ObjectiveNotSmart)
    (told,) = refusal.facts["objectives"]
    assert told["objective_id"] == OBJECTIVE
    return [str(code) for code in told["codes"]]


def test_the_refusal_says_what_each_code_means() -> None:
    refusal = given(*UNSMART).when(ActivatePlan(), by(COACH)).then_refused(ObjectiveNotSmart)
    assert refusal.facts["rules"].keys() == {"S1", "M1"}
    assert refusal.facts["rules"]["M1"] == "Nothing says how success will be known."


def test_the_reason_of_an_override_is_pointed_at_where_it_stands() -> None:
    overrides = (override("S1"), override("M1", reason="because"))
    given(*UNSMART).when(ActivatePlan(overrides=overrides), by(COACH)).then_refused(ReasonRequired, "/overrides/1/reason")


def test_the_articles_sentences_are_refused_until_a_measure_says_what_they_mean() -> None:
    vague = defined(smart(title=VAGUE, due_on=days(90), **UNMEASURED))
    assert codes(approved(vague)) == ["S1", "M1"]
    (improved,) = (
        given(drafted(), vague)
        .when(RefineObjective(objective_id=OBJECTIVE, refinement=RefineTitle(to=IMPROVED, seen=2)), by(CLIENT))
        .events()
    )
    assert codes(approved(vague, improved)) == ["S2", "M1"]
    wanted = ReplaceMeasure(to=measured(), baseline=BaselineBody(value=Decimal(40), at=TODAY, source="hr"), target=Decimal(80), seen=2)
    (known,) = given(drafted(), vague, improved).when(RefineObjective(objective_id=OBJECTIVE, refinement=wanted), by(CLIENT)).events()
    (event,) = given(*approved(vague, improved, known)).when(ActivatePlan(), by(COACH)).events()
    assert isinstance(event, PlanActivated)
    assert [(one.lint.blocking, one.lint.warnings) for one in event.lints] == [((), ("S2", "T4"))]


def test_what_was_smart_when_it_was_written_may_be_late_when_it_is_activated() -> None:
    assert codes(approved(defined()), today=days(41)) == ["T2"]


def test_fresh_features_count_where_the_ruleset_has_changed_since() -> None:
    features = Features(vague_verb=False, subjective_term=True, too_short=False)
    past = approved(defined(smart(**UNMEASURED)))
    assert codes(past) == ["M1"]
    assert codes(past, fresh_features={OBJECTIVE: features}) == ["S2", "M1"]


UNSMART = approved(defined(smart(title=VAGUE, **UNMEASURED)))
WHY = "The team is formed only in May"


def override(code: Any, **changes: Any) -> OverrideBody:
    return replace(OverrideBody(objective_id=OBJECTIVE, code=code, reason=WHY), **changes)


def test_the_coach_overrides_each_code_with_a_reason_and_that_is_kept() -> None:
    command = ActivatePlan(overrides=(override("S1"), override("M1"), override("T1")))
    (event,) = given(*UNSMART).when(command, by(COACH)).events()
    assert isinstance(event, PlanActivated)
    kept = [Override(objective_id=OBJECTIVE, code=code, reason_code=None, reason=OfAuthor(WHY)) for code in ("S1", "M1")]
    assert list(event.overrides) == kept, "a code that does not block is not overridden"
    assert event.lints[0].lint.blocking == ("S1", "M1"), "an override is no pass"


@pytest.mark.parametrize(
    ("overrides", "actor", "refusal"),
    [
        ((override("S1"),), COACH, ObjectiveNotSmart),
        ((override("S1"), override("M1")), CLIENT, NotPermitted),
        ((override("S1"), override("M1", reason="because")), COACH, ReasonRequired),
        ((override("S1"), override("M1", reason_code="whim")), COACH, ReasonRequired),
        ((override("S1", objective_id=UNKNOWN),), COACH, ItemUnknown),
        ((override("S1", objective_id=None),), COACH, ItemUnknown),
    ],
)
def test_what_is_no_override(overrides: Any, actor: Any, refusal: Any) -> None:
    given(*UNSMART).when(ActivatePlan(overrides=overrides), by(actor)).then_refused(refusal)


@pytest.mark.parametrize(
    ("policy", "facts", "passes"),
    [
        (Policy(version=3, smart_gate=False), None, True),
        (Policy(version=3, smart_gate=False), program(), True),
        (Policy(version=3, smart_gate=False), program(smart_gate=True), False),
        (Policy(version=3), program(smart_gate=False), True),
    ],
)
def test_the_gate_is_the_programs_and_else_the_organizations(policy: Policy, facts: Any, passes: bool) -> None:
    decision = given(*UNSMART).when(ActivatePlan(), by(COACH, policy=policy, program=facts))
    if passes:
        (event,) = decision.events()
        assert isinstance(event, PlanActivated)
        assert (event.smart_gate, event.lints[0].lint.blocking) == (False, ("S1", "M1"))
    else:
        decision.then_refused(ObjectiveNotSmart)


FOUR = [defined(objective_id=uuid(600 + number)) for number in range(4)]


@pytest.mark.parametrize("gate", [True, False])
def test_the_fourth_objective_is_one_too_many(gate: bool) -> None:
    context = by(COACH, policy=Policy(version=0, smart_gate=gate))
    refusal = given(*approved(*FOUR)).when(ActivatePlan(), context).then_refused(TooManyActiveObjectives)
    assert refusal.facts == {"limit": 3, "objective_ids": [uuid(603)]}
    (event,) = given(*approved(*FOUR)).when(ActivatePlan(), by(COACH, policy=Policy(version=0, max_active_objectives=4))).events()
    assert isinstance(event, PlanActivated)


def test_the_coach_may_override_the_limit_too() -> None:
    command = ActivatePlan(overrides=(override("A1", objective_id=uuid(603)),))
    (event,) = given(*approved(*FOUR)).when(command, by(COACH)).events()
    assert isinstance(event, PlanActivated)
    assert [one.code for one in event.overrides] == ["A1"]


def test_one_too_many_is_named_among_the_other_codes() -> None:
    past = approved(*FOUR[:3], defined(smart(target=None)))
    assert codes(past) == ["M4", "A1"]


def test_a_refinement_in_a_proposed_plan_needs_new_approvals() -> None:
    command = RefineObjective(objective_id=OBJECTIVE, refinement=RefineTarget(from_=Decimal(80), to=Decimal(70)))
    (event,) = given(*approved(defined())).when(command, by(COACH)).events()
    given(*approved(defined()), event).when(ActivatePlan(), by(COACH)).then_refused(PlanNotProposed)


def test_a_definition_survives_the_fold_as_it_was_stored() -> None:
    state = folded("plan", approved(defined()))
    event = defined()
    assert isinstance(event, ObjectiveDefined)
    assert state.objectives[OBJECTIVE].terms.title.sealed is not None
    assert state.objectives[OBJECTIVE].lint == event.lint
