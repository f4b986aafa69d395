"""How much an objective counts among the others: agreed, and so changed by agreement once the plan is."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from domain.errors import ItemUnknown, ReasonRequired, VersionConflict
from domain.errors.engagement import NotAParty
from domain.errors.plan import ChangeMustBeProposed, ChangePending, ObjectiveClosed, StaleChange, WeightOutOfRange
from domain.plan.commands import AcceptChange, DefineAttainmentScale, ProposeChange, ReprioritizeObjective
from domain.plan.events import ChangeAccepted, ChangeProposed, ObjectiveReprioritized
from domain.values import OfAuthor
from tests.domain.planning import OBJECTIVE, UNKNOWN, active, by, defined, drafted
from tests.domain.spec import CLIENT, COACH, IDS, STRANGER, Happened, folded, given
from tests.domain.test_plan_measurement import CONCLUDED
from tests.domain.test_plan_scale import levels, scaled

WEIGH = ReprioritizeObjective(objective_id=OBJECTIVE, from_=1, to=9, reason="The release is all that counts now.")
WEIGHED = ObjectiveReprioritized(
    objective_id=OBJECTIVE,
    from_=1,
    to=9,
    reprioritized_by="client",
    change_id=None,
    reason_code=None,
    reason=OfAuthor("The release is all that counts now."),
)
DRAFT = (drafted(), defined())
ACTIVE = active(defined())


def proposed(command: Any = WEIGH, actor: Any = CLIENT) -> ChangeProposed:
    (event,) = given(*ACTIVE).when(ProposeChange(change=command), by(actor)).events()
    assert isinstance(event, ChangeProposed)
    return event


def test_a_draft_is_weighed_anew_at_once() -> None:
    state = given(*DRAFT).when(WEIGH, by(CLIENT)).then(WEIGHED)
    assert (state.objectives[OBJECTIVE].terms.weight, state.objectives[OBJECTIVE].touch("weight").version) == (9, 3)


def test_it_changes_what_is_agreed() -> None:
    before, after = folded("plan", DRAFT), folded("plan", [*DRAFT, WEIGHED])
    assert before.digest != after.digest


@pytest.mark.parametrize("weight", [0, 10, -3])
def test_a_weight_lies_between_one_and_nine(weight: int) -> None:
    given(*DRAFT).when(replace(WEIGH, to=weight), by(CLIENT)).then_refused(WeightOutOfRange, "/to")


def test_it_needs_a_reason() -> None:
    given(*DRAFT).when(replace(WEIGH, reason=None), by(CLIENT)).then_refused(ReasonRequired, "/reason")


def test_the_same_weight_is_no_change() -> None:
    given(*DRAFT).when(replace(WEIGH, to=1), by(CLIENT)).then_nothing()


def test_who_read_another_weight_learns_who_set_it() -> None:
    past = (*DRAFT, Happened(scaled(), actor=CLIENT))  # importance 2, difficulty 3
    refusal = given(*past).when(WEIGH, by(COACH)).then_refused(VersionConflict, "/from")
    assert refusal.facts == {"current": 6, "changed_by": CLIENT, "changed_at": 3}


def test_only_of_an_open_objective_and_by_a_party() -> None:
    given(*DRAFT).when(replace(WEIGH, objective_id=UNKNOWN), by(CLIENT)).then_refused(ItemUnknown, "/objective_id")
    closed = replace(CONCLUDED, outcome="abandoned", reason_code="scope")
    given(*DRAFT, closed).when(WEIGH, by(CLIENT)).then_refused(ObjectiveClosed, "/objective_id")
    given(*DRAFT).when(WEIGH, by(STRANGER)).then_refused(NotAParty)


def test_an_agreed_plan_changes_by_agreement_only() -> None:
    given(*ACTIVE).when(WEIGH, by(CLIENT)).then_refused(ChangeMustBeProposed)
    change = proposed()
    accepted = ChangeAccepted(change_id=change.change_id, party="coach", plan_version=2, overrides=())
    weighed = replace(WEIGHED, change_id=change.change_id)
    state = given(*ACTIVE, change).when(AcceptChange(change_id=change.change_id), by(COACH)).then(accepted, weighed)
    assert (state.objectives[OBJECTIVE].terms.weight, state.plan_version) == (9, 2)


def test_a_scale_and_a_weight_cannot_wait_beside_each_other() -> None:
    scale = DefineAttainmentScale(objective_id=OBJECTIVE, levels=levels())
    given(*ACTIVE, proposed()).when(ProposeChange(change=scale), by(COACH)).then_refused(ChangePending)


def test_a_weight_that_was_set_meanwhile_makes_the_proposal_stale() -> None:
    change = proposed()
    past = (*ACTIVE, change, Happened(replace(WEIGHED, to=4, change_id=IDS[9]), actor=CLIENT))
    refusal = given(*past).when(AcceptChange(change_id=change.change_id), by(COACH)).then_refused(StaleChange)
    assert refusal.facts["changed_by"] == CLIENT
