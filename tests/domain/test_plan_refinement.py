"""Refining objectives in a draft: what replaces what, and what was changed meanwhile."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from domain.errors import ItemUnknown, ReasonRequired, VersionConflict
from domain.errors.plan import ChangeMustBeProposed, MeasureHasData, MeasureMissing, MilestoneAfterObjective, ObjectiveClosed, WrongUnit
from domain.plan.commands import ConcludeObjective, ProposeChange, RefineObjective
from domain.plan.commands.part import BandBody, BaselineBody, EvidenceBody, LinksBody
from domain.plan.commands.refinement import (
    RefineConfidence,
    RefineDue,
    RefineLinks,
    RefineMeasure,
    RefineOutcomeArea,
    RefineTarget,
    RefineTitle,
    RefineWhy,
    ReplaceMeasure,
)
from domain.plan.decide.measure import measure_from
from domain.plan.events import (
    ConfidenceRefined,
    DueRefined,
    LinksRefined,
    MeasureRefined,
    MeasureReplaced,
    ObjectiveRefined,
    OutcomeAreaRefined,
    TargetRefined,
    TitleRefined,
    WhyRefined,
)
from domain.plan.terms import Baseline, Links
from domain.values import LabelOfClient, OfAuthor, OfClient
from tests.domain.planning import NEED, OBJECTIVE, UNKNOWN, active, by, defined, drafted, measured, milestone, smart
from tests.domain.spec import CLIENT, COACH, TODAY, Happened, days, given
from tests.domain.test_plan_measurement import progress

PAST = (drafted(), Happened(defined(smart(outcome_area="teamwork")), actor=CLIENT))


def refine(refinement: Any, **changes: Any) -> RefineObjective:
    return RefineObjective(objective_id=OBJECTIVE, refinement=refinement, **changes)


def refined_to(refinement: Any, *past: Any) -> ObjectiveRefined:
    (event,) = given(*(past or PAST)).when(refine(refinement), by(CLIENT)).events()
    assert isinstance(event, ObjectiveRefined)
    return event


VALUES = [
    (RefineTarget(from_=Decimal(80), to=Decimal(90)), TargetRefined(from_=Decimal(80), to=Decimal(90))),
    (RefineDue(from_=days(40), to=days(41)), DueRefined(from_=days(40), to=days(41))),
    (RefineOutcomeArea(from_="teamwork", to=None), OutcomeAreaRefined(from_="teamwork", to=None)),
    (RefineLinks(from_=LinksBody(), to=LinksBody(need_id=NEED)), LinksRefined(from_=Links(), to=Links(need_id=NEED))),
    (
        RefineConfidence(from_=7, to=2, comment="The budget is open"),
        ConfidenceRefined(from_=7, to=2, comment=OfClient("The budget is open")),
    ),
    (RefineConfidence(from_=7, to=7, comment="Still sure"), ConfidenceRefined(from_=7, to=7, comment=OfClient("Still sure"))),
]


@pytest.mark.parametrize(("wanted", "made"), VALUES)
def test_a_value_says_what_it_replaces(wanted: Any, made: Any) -> None:
    event = refined_to(wanted)
    assert event.refinement == made
    assert (event.refined_by, event.lint.blocking, event.change_id) == ("client", (), None)


@pytest.mark.parametrize(
    "wanted",
    [
        RefineTarget(from_=Decimal(70), to=Decimal(90)),
        RefineDue(from_=None, to=days(41)),
        RefineOutcomeArea(from_="sales", to="teamwork2"),
        RefineLinks(from_=LinksBody(need_id=NEED), to=LinksBody(need_id=UNKNOWN)),
        RefineConfidence(from_=6, to=5),
    ],
)
def test_a_value_that_is_another_by_now_is_a_conflict_with_its_author(wanted: Any) -> None:
    refusal = given(*PAST).when(refine(wanted), by(COACH)).then_refused(VersionConflict, "/refinement/from")
    assert (refusal.facts["changed_by"], refusal.facts["changed_at"]) == (CLIENT, 2)


@pytest.mark.parametrize(
    "wanted",
    [
        RefineTarget(from_=Decimal(70), to=Decimal("80.0")),
        RefineDue(from_=None, to=days(40)),
        RefineOutcomeArea(from_=None, to="teamwork"),
        RefineLinks(from_=LinksBody(need_id=NEED), to=LinksBody()),
        RefineConfidence(from_=1, to=7),
    ],
)
def test_what_is_so_already_changes_nothing_whatever_was_read(wanted: Any) -> None:
    given(*PAST).when(refine(wanted), by(COACH)).then_nothing()


def test_the_conflict_names_the_last_of_several_authors_of_that_field() -> None:
    once = refined_to(RefineTarget(from_=Decimal(80), to=Decimal(90)))
    other = refined_to(RefineDue(from_=days(40), to=days(30)), *PAST, once)
    command = refine(RefineTarget(from_=Decimal(80), to=Decimal(70)))
    refusal = (
        given(*PAST, Happened(once, actor=COACH), Happened(other, actor=CLIENT)).when(command, by(CLIENT)).then_refused(VersionConflict)
    )
    assert refusal.facts == {"current": Decimal(90), "changed_by": COACH, "changed_at": 3}


def test_commands_about_different_fields_both_succeed() -> None:
    once = refined_to(RefineTarget(from_=Decimal(80), to=Decimal(90)))
    assert refined_to(RefineDue(from_=days(40), to=days(30)), *PAST, once).refinement == DueRefined(from_=days(40), to=days(30))


def test_a_new_title_is_linted_and_says_which_version_it_replaces() -> None:
    event = refined_to(RefineTitle(to="I want to lead a successful project team in the next three months", seen=2))
    assert event.refinement == TitleRefined(to=OfClient("I want to lead a successful project team in the next three months"), replaces=2)
    assert (event.lint.blocking, event.lint.warnings) == ((), ("S2",))


def test_words_set_after_they_were_read_are_a_conflict() -> None:
    once = refined_to(RefineTitle(to="Lead the project team to release one", seen=2))
    refusal = (
        given(*PAST, once).when(refine(RefineTitle(to="Lead it", seen=2)), by(CLIENT)).then_refused(VersionConflict, "/refinement/seen")
    )
    assert refusal.facts == {"current": None, "changed_by": COACH, "changed_at": 3}


def test_words_read_after_something_else_changed_are_no_conflict() -> None:
    assert refined_to(RefineWhy(to="Because my team asks for it", seen=9)).refinement == WhyRefined(
        to=OfClient("Because my team asks for it"), replaces=2
    )


def test_a_blank_reason_is_none_and_leaves_the_objective_unlinked() -> None:
    event = refined_to(RefineWhy(to="  ", seen=2))
    assert (event.refinement, event.lint.blocking) == (WhyRefined(to=None, replaces=2), ("R1",))


def test_a_measure_can_be_described_better() -> None:
    better = measured(name="Colleagues who would follow me again")
    assert refined_to(RefineMeasure(to=better, seen=2)).refinement == MeasureRefined(to=measure_from(better), replaces=2)


def test_a_first_measure_brings_its_numbers() -> None:
    past = (drafted(), defined(smart(measure=None, baseline=None, target=None)))
    wanted = ReplaceMeasure(to=measured(), baseline=BaselineBody(value=Decimal(40), at=TODAY, source="hr"), target=Decimal(80), seen=2)
    event = refined_to(wanted, *past)
    assert event.refinement == MeasureReplaced(
        to=measure_from(measured()),
        version=1,
        baseline=Baseline(value=Decimal(40), at=TODAY, source=LabelOfClient("hr")),
        baseline_by=None,
        target=Decimal(80),
        replaces=2,
    )
    assert event.lint.blocking == ()


def test_another_measure_is_the_next_version_and_forgets_the_old_numbers() -> None:
    event = refined_to(ReplaceMeasure(to=measured(unit="count"), baseline_by=days(10), target=Decimal(3), seen=2))
    assert isinstance(event.refinement, MeasureReplaced)
    assert (event.refinement.version, event.refinement.baseline) == (2, None)


def test_another_measure_has_seen_the_numbers_that_it_replaces() -> None:
    once = refined_to(RefineTarget(from_=Decimal(80), to=Decimal(90)))
    command = refine(ReplaceMeasure(to=measured(unit="count"), target=Decimal(3), seen=2))
    given(*PAST, once).when(command, by(CLIENT)).then_refused(VersionConflict, "/refinement/seen")


@pytest.mark.parametrize(
    "change", [{"unit": "count"}, {"direction": "decrease"}, {"kind": "scale"}, {"scope": BandBody(low=Decimal(0), high=Decimal(100))}]
)
def test_what_measured_numbers_mean_cannot_change(change: dict[str, Any]) -> None:
    command = ProposeChange(change=refine(RefineMeasure(to=measured(**change), seen=2), reason_code="learning"))
    given(*active(defined()), progress(50)).when(command, by(CLIENT)).then_refused(MeasureHasData, "/change/refinement/to")
    (event,) = given(*active(defined())).when(command, by(CLIENT)).events()
    assert event is not None


REFUSED = [
    (RefineTarget(from_=Decimal(80), to=Decimal(9)), {"measure": None, "baseline": None, "target": None}, MeasureMissing),
    (RefineMeasure(to=measured(), seen=2), {"measure": None, "baseline": None, "target": None}, MeasureMissing),
    (
        RefineTarget(from_=Decimal(1), to=Decimal(9)),
        {"measure": measured(kind="yes_no"), "baseline": None, "target": Decimal(1)},
        WrongUnit,
    ),
    (RefineMeasure(to=measured(kind="yes_no"), seen=2), {}, WrongUnit),
    (RefineLinks(from_=LinksBody(), to=LinksBody(sponsor_outcome_id=UNKNOWN)), {}, ItemUnknown),
]


@pytest.mark.parametrize(("wanted", "changes", "refusal"), REFUSED)
def test_what_does_not_fit_the_objective_is_refused(wanted: Any, changes: dict[str, Any], refusal: Any) -> None:
    given(drafted(), defined(smart(**changes))).when(refine(wanted), by(CLIENT)).then_refused(refusal)


def test_an_objective_cannot_be_due_before_its_open_milestones() -> None:
    command = refine(RefineDue(from_=days(40), to=days(19)))
    given(*PAST, milestone(days(20))).when(command, by(CLIENT)).then_refused(MilestoneAfterObjective, "/refinement/to")
    assert refined_to(RefineDue(from_=days(40), to=days(20)), *PAST, milestone(days(20))).refinement == DueRefined(
        from_=days(40), to=days(20)
    )


def test_a_draft_needs_no_reason_but_keeps_one() -> None:
    command = refine(RefineTarget(from_=Decimal(80), to=Decimal(90)), reason="Ten more is possible")
    (event,) = given(*PAST).when(command, by(CLIENT)).events()
    assert isinstance(event, ObjectiveRefined)
    assert event.reason == OfAuthor("Ten more is possible")


def test_a_reason_code_is_one_of_the_list() -> None:
    command = refine(RefineTarget(from_=Decimal(80), to=Decimal(90)), reason_code="whim")
    given(*PAST).when(command, by(CLIENT)).then_refused(ReasonRequired, "/reason_code")


def test_evidence_that_is_a_measurement_stands_in_the_plan() -> None:
    cited = EvidenceBody(kind="measurement", ref="7", as_of=TODAY)
    command = refine(RefineTarget(from_=Decimal(80), to=Decimal(90)), evidence=(cited,))
    given(*PAST).when(command, by(CLIENT)).then_refused(ItemUnknown, "/evidence/0/ref")


def test_an_unknown_objective() -> None:
    command = RefineObjective(objective_id=UNKNOWN, refinement=RefineTarget(from_=None, to=None))
    given(*PAST).when(command, by(CLIENT)).then_refused(ItemUnknown, "/objective_id")


def test_a_concluded_objective() -> None:
    (gone,) = given(*PAST).when(ConcludeObjective(objective_id=OBJECTIVE, outcome="abandoned", reason_code="scope"), by(CLIENT)).events()
    command = refine(RefineTarget(from_=Decimal(80), to=Decimal(90)))
    given(*PAST, gone).when(command, by(CLIENT)).then_refused(ObjectiveClosed, "/objective_id")


def test_an_agreed_objective_changes_only_by_proposal() -> None:
    command = refine(RefineTarget(from_=Decimal(80), to=Decimal(90)))
    given(*active(defined())).when(command, by(CLIENT)).then_refused(ChangeMustBeProposed)
