"""Refusals that a command shares with others, shown of each: who is no party, what is not there, and what no longer fits."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from domain.command import Command
from domain.errors import ItemUnknown, OccurredAtOutOfRange, ReasonRequired, Refusal
from domain.errors.engagement import NotAParty
from domain.errors.plan import (
    ActionDueAfterEngagement,
    MeasureHasData,
    MeasureMissing,
    MilestoneAfterObjective,
    ObjectiveClosed,
    ScaleInvalid,
    StrategyDroppedAlready,
    StrategyWithoutObjective,
    WeightOutOfRange,
    WrongUnit,
)
from domain.plan.commands import (
    AcceptChange,
    ActivatePlan,
    AdoptStrategy,
    ConcludeObjective,
    CorrectMeasurement,
    DeclineChange,
    DefineAttainmentScale,
    DefineObjective,
    DropStrategy,
    ProposeChange,
    ProposePlan,
    ReachMilestone,
    RecordBaseline,
    RecordClientInput,
    RefineObjective,
    ReviseStrategy,
    SetMilestone,
)
from domain.plan.commands.part import BandBody, BaselineBody, LevelBody, OverrideBody
from domain.plan.commands.refinement import RefineDue, RefineMeasure, ReplaceMeasure
from domain.plan.events import ChangeProposed, MeasureRefined, ObjectiveRefined, StrategyAdopted, StrategyRevised
from domain.plan.smart.verdict import SmartCode
from domain.plan.terms import Measure
from domain.values import OfClient
from tests.domain.planning import (
    ANY_DIGEST,
    CHANGE,
    MILESTONE,
    OBJECTIVE,
    OTHER_OBJECTIVE,
    STRATEGY,
    UNKNOWN,
    active,
    adopted,
    approved,
    by,
    committed,
    defined,
    drafted,
    measured,
    milestone,
    smart,
)
from tests.domain.spec import CLIENT, COACH, STRANGER, Happened, days, given
from tests.domain.test_plan_action import COMMIT
from tests.domain.test_plan_comment import COMMENT
from tests.domain.test_plan_exercise import ANSWER, OFFER, OFFERED, WITHDRAW
from tests.domain.test_plan_measurement import CONCLUDED, UNMEASURED, progress
from tests.domain.test_plan_priority import WEIGH
from tests.domain.test_plan_scale import RISING, levels
from tests.domain.test_plan_several import act, moving, step
from tests.domain.test_plan_strategy import DROPPED
from tests.domain.test_plan_template import DRAFT as FROM_TEMPLATE
from tests.domain.test_plan_template import TEMPLATE

Past = tuple[Any, ...]
DRAFT: Past = (drafted(), defined(), Happened(adopted(), actor=CLIENT), OFFERED)
ACTIVE: Past = tuple(active(defined(), adopted(), milestone()))
GIVEN_UP = replace(CONCLUDED, outcome="abandoned", reason_code="scope")
REFINE = RefineObjective(objective_id=OBJECTIVE, refinement=RefineDue(from_=days(40), to=days(50)), reason_code="scope")
ADOPT = AdoptStrategy(title="Shadow a colleague", kind="practice", objective_ids=(OBJECTIVE,))
REVISE = ReviseStrategy(strategy_id=STRATEGY, seen=99, title="Practice every day", reason_code="learning")
DROP = DropStrategy(strategy_id=STRATEGY, reason_code="scope")
SCALE = DefineAttainmentScale(objective_id=OBJECTIVE, levels=levels())
INPUT = RecordClientInput(about="plan", stance="agrees", text="That is it.")
SET = SetMilestone(objective_id=OBJECTIVE, title="Half of the team", due_on=days(20))
OVERRIDE = OverrideBody(objective_id=OBJECTIVE, code=SmartCode.NO_TARGET, reason_code="other")
CORRECT = CorrectMeasurement(objective_id=UNKNOWN, corrects_version=2, from_=Decimal(1), to=Decimal(2), reason_code="other")
UPSIDE_DOWN = measured(kind="scale", unit=None, scope=BandBody(low=Decimal(9), high=Decimal(1)))
AHEAD = BaselineBody(value=Decimal(40), at=days(1), source="hr")

OUTSIDE: list[tuple[Past, Command]] = [
    *((DRAFT, command) for command in (REFINE, ADOPT, REVISE, DROP, SCALE, INPUT, SET, COMMIT, OFFER, ANSWER, WITHDRAW, ProposePlan())),
    (ACTIVE, COMMENT),
    (ACTIVE, ProposeChange(change=REFINE)),
    (ACTIVE, ConcludeObjective(objective_id=OBJECTIVE, outcome="attained")),
    (ACTIVE, moving(step(days(27)))),
    (tuple(approved(defined())), ActivatePlan(overrides=(OVERRIDE,))),
]


@pytest.mark.parametrize(("past", "command"), OUTSIDE, ids=lambda value: type(value).__name__)
def test_who_is_no_party_changes_nothing(past: Past, command: Command) -> None:
    given(*past).when(command, by(STRANGER)).then_refused(NotAParty)


def test_who_is_no_party_drafts_from_no_template() -> None:
    given().when(FROM_TEMPLATE, by(STRANGER, template=TEMPLATE)).then_refused(NotAParty)


def proposing(change: Any) -> ProposeChange:
    return ProposeChange(change=change, reason_code="scope")


def refining(refinement: Any) -> RefineObjective:
    return RefineObjective(objective_id=OBJECTIVE, refinement=refinement, reason_code="scope")


MISFITS: list[tuple[Past, Command, type[Refusal], str | None]] = [
    (DRAFT, CORRECT, ItemUnknown, "/objective_id"),
    (ACTIVE, DeclineChange(change_id=UNKNOWN, reason_code="scope"), ItemUnknown, "/change_id"),
    (DRAFT, RecordBaseline(objective_id=UNKNOWN, value=Decimal(1), source="hr"), ItemUnknown, "/objective_id"),
    ((*DRAFT, GIVEN_UP), RecordBaseline(objective_id=OBJECTIVE, value=Decimal(1), source="hr"), ObjectiveClosed, "/objective_id"),
    ((*ACTIVE, CONCLUDED), proposing(REFINE), ObjectiveClosed, "/change/objective_id"),
    (
        (*DRAFT, defined(objective_id=OTHER_OBJECTIVE), replace(GIVEN_UP, objective_id=OTHER_OBJECTIVE)),
        replace(REVISE, objective_ids=(OBJECTIVE, OTHER_OBJECTIVE)),
        ObjectiveClosed,
        "/objective_ids/1",
    ),
    (ACTIVE, proposing(DefineObjective(title="Without a measure", target=Decimal(3))), MeasureMissing, None),
    (ACTIVE, proposing(refining(RefineDue(from_=days(40), to=days(10)))), MilestoneAfterObjective, "/change/refinement/to"),
    (ACTIVE, proposing(refining(ReplaceMeasure(to=measured(), baseline=AHEAD, seen=99))), OccurredAtOutOfRange, None),
    (ACTIVE, proposing(replace(SCALE, levels=levels()[:4])), ScaleInvalid, "/change/levels"),
    (ACTIVE, proposing(replace(ADOPT, objective_ids=())), StrategyWithoutObjective, "/change/objective_ids"),
    (ACTIVE, proposing(smart(measure=measured(kind="yes_no", unit=None))), WrongUnit, None),
    (
        tuple(active(defined(smart(**UNMEASURED)), milestone())),
        ReachMilestone(milestone_id=MILESTONE, measured_value=Decimal(4)),
        MeasureMissing,
        "/objective_id",
    ),
    ((*DRAFT, progress(50)), refining(RefineMeasure(to=measured(unit="count"), seen=99)), MeasureHasData, "/refinement/to"),
    (DRAFT, refining(ReplaceMeasure(to=measured(), baseline=AHEAD, seen=99)), OccurredAtOutOfRange, None),
    (DRAFT, refining(ReplaceMeasure(to=UPSIDE_DOWN, seen=99)), ScaleInvalid, None),
    ((*ACTIVE, committed()), moving(act(days(200))), ActionDueAfterEngagement, "/moves/0/to"),
]


@pytest.mark.parametrize(("past", "command", "refusal", "pointer"), MISFITS, ids=lambda value: getattr(value, "__name__", ""))
def test_what_does_not_fit_is_named(past: Past, command: Command, refusal: type[Refusal], pointer: str | None) -> None:
    given(*past).when(command, by(COACH)).then_refused(refusal, pointer)


def waits(change: Any) -> ChangeProposed:
    """A change that waits, as it could stand in a log."""
    return ChangeProposed(
        change_id=CHANGE,
        change=change,
        proposed_by="coach",
        evidence=(),
        overrides=(),
        based_on=ANY_DIGEST,
        reason_code="scope",
        reason=None,
    )


def proposed(command: Any, past: Past = ACTIVE) -> ChangeProposed:
    (event,) = given(*past).when(proposing(command), by(COACH, ids=(CHANGE, UNKNOWN))).events()
    assert isinstance(event, ChangeProposed)
    return event


def turned_around() -> ObjectiveRefined:
    """The measure now goes down, by a change of its own."""
    (event,) = given(drafted(), defined()).when(refining(RefineMeasure(to=measured(direction="decrease"), seen=99)), by()).events()
    assert isinstance(event, ObjectiveRefined)
    assert isinstance(event.refinement, MeasureRefined)
    assert isinstance(event.refinement.to, Measure)
    return event


def revised() -> StrategyRevised:
    terms = replace(adopted().terms, title=OfClient("Practice every day"))
    return StrategyRevised(
        strategy_id=STRATEGY, terms=terms, replaces=3, evidence=(), revised_by="coach", change_id=CHANGE, reason_code="scope", reason=None
    )


BARE: StrategyAdopted = replace(adopted(strategy_id=UNKNOWN), terms=replace(adopted().terms, objective_ids=()), change_id=CHANGE)
ANCHORED = replace(SCALE, levels=tuple(LevelBody(level=one.level, text=one.text, anchor=one.anchor) for one in levels(RISING)))
OVERTAKEN: list[tuple[Past, AcceptChange, type[Refusal]]] = [
    ((*ACTIVE, DROPPED, waits(revised())), AcceptChange(change_id=CHANGE), StrategyDroppedAlready),
    (
        (*ACTIVE, proposed(refining(RefineMeasure(to=measured(unit="count"), seen=99))), progress(50)),
        AcceptChange(change_id=CHANGE),
        MeasureHasData,
    ),
    ((*ACTIVE, proposed(ANCHORED), turned_around()), AcceptChange(change_id=CHANGE), ScaleInvalid),
    ((*ACTIVE, waits(BARE)), AcceptChange(change_id=CHANGE), StrategyWithoutObjective),
]


@pytest.mark.parametrize(("past", "command", "refusal"), OVERTAKEN, ids=lambda value: getattr(value, "__name__", ""))
def test_a_change_that_does_not_fit_the_plan_any_more_does_not_happen(past: Past, command: AcceptChange, refusal: type[Refusal]) -> None:
    given(*past).when(command, by(CLIENT)).then_refused(refusal)


def test_an_override_at_acceptance_needs_a_reason() -> None:
    change = proposed(smart(title="Delegate the release of the billing project"))
    bare = OverrideBody(code=SmartCode.NO_TARGET)
    past = [*ACTIVE, Happened(replace(change, proposed_by="client"), actor=CLIENT)]
    given(*past).when(AcceptChange(change_id=CHANGE, overrides=(bare,)), by(COACH)).then_refused(ReasonRequired, "/overrides/0/reason")


def test_a_weight_out_of_range_is_not_even_proposed() -> None:
    given(*ACTIVE).when(proposing(replace(WEIGH, to=12)), by(CLIENT)).then_refused(WeightOutOfRange, "/change/to")
