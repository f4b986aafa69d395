"""Changes of an agreed plan: one side proposes, the other accepts, and what was proposed is what happens."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace

from domain.context import Policy
from domain.errors import ItemUnknown, ReasonRequired
from domain.errors.engagement import ConsentMissing, NotAParty
from domain.errors.plan import (
    ChangeDecided,
    PlanNotActive,
)
from domain.event import Event
from domain.plan.commands import (
    AcceptChange,
    AdoptStrategy,
    DeclineChange,
    DefineAttainmentScale,
    DropStrategy,
    ProposeChange,
    RefineObjective,
    ReviseStrategy,
)
from domain.plan.commands.part import EvidenceBody
from domain.plan.commands.refinement import RefineTarget, RefineTitle
from domain.plan.events import (
    AttainmentScaleDefined,
    ChangeAccepted,
    ChangeDeclined,
    ChangeProposed,
    ObjectiveDefined,
    ObjectiveRefined,
    StrategyAdopted,
    StrategyDropped,
    StrategyRevised,
    TargetRefined,
)
from domain.values import OfAuthor, personal_values
from tests.domain.planning import (
    ENGAGED,
    OBJECTIVE,
    STRATEGY,
    active,
    adopted,
    by,
    defined,
    drafted,
    kept,
    program,
    smart,
)
from tests.domain.spec import CLIENT, COACH, IDS, SPONSOR, STRANGER, TODAY, Happened, folded, given
from tests.domain.test_plan_measurement import progress
from tests.domain.test_plan_scale import levels

LOWER = RefineObjective(objective_id=OBJECTIVE, refinement=RefineTarget(from_=Decimal(80), to=Decimal(70)))
PAST = active(defined(), adopted())
VERSION = len(PAST)
CHANGE = IDS[0]


def propose(change: Any, **changes: Any) -> ProposeChange:
    return ProposeChange(change=change, **({"reason": "Two people left the team"} | changes))


def waiting(change: Any, *past: Any, actor: Any = COACH, **context: Any) -> list[Any]:
    """The past with that change proposed."""
    events = given(*(past or PAST)).when(propose(change), by(actor, **context)).events()
    return [*(past or PAST), *(Happened(event, actor=actor) for event in events)]


ACCEPT = AcceptChange(change_id=CHANGE)


def accepted(past: Any, actor: Any = CLIENT, **context: Any) -> list[Event]:
    return list(given(*past).when(ACCEPT, by(actor, **context)).events())


def test_a_proposal_holds_the_event_that_will_follow() -> None:
    past = [*PAST, progress(50)]
    cited = EvidenceBody(kind="measurement", ref=str(len(past)), value=Decimal(50), as_of=TODAY)
    (event,) = given(*past).when(propose(LOWER, evidence=(cited,)), by(COACH)).events()
    assert isinstance(event, ChangeProposed)
    assert isinstance(event.change, ObjectiveRefined)
    assert event.change.refinement == TargetRefined(from_=Decimal(80), to=Decimal(70))
    assert (event.change_id, event.change.change_id, event.proposed_by, event.change.refined_by) == (CHANGE, CHANGE, "coach", "coach")
    assert (event.evidence, event.based_on) == ((kept(cited),), folded("plan", past).digest)
    assert event.reason == event.change.reason == OfAuthor("Two people left the team")


def test_the_changes_own_reason_stands() -> None:
    (event,) = given(*PAST).when(propose(replace(LOWER, reason_code="capacity")), by(COACH)).events()
    assert isinstance(event, ChangeProposed)
    assert isinstance(event.change, ObjectiveRefined)
    assert (event.change.reason_code, event.change.reason, event.reason_code) == ("capacity", None, None)


def test_the_other_sides_acceptance_makes_it_happen_as_the_next_version() -> None:
    past = waiting(LOWER)
    happened = accepted(past, policy=Policy(version=4))
    assert happened[0] == ChangeAccepted(change_id=CHANGE, party="client", plan_version=2, overrides=())
    assert isinstance(happened[1], ObjectiveRefined)
    state = folded("plan", [*past, *happened])
    assert (state.plan_version, state.objectives[OBJECTIVE].terms.target) == (2, Decimal(70))
    assert state.digest != folded("plan", past).digest


KINDS: list[tuple[Any, type[Event]]] = [
    (LOWER, ObjectiveRefined),
    (RefineObjective(objective_id=OBJECTIVE, refinement=RefineTitle(to="Lead the billing team to release two", seen=2)), ObjectiveRefined),
    (smart(title="Hold ten talks with the board"), ObjectiveDefined),
    (DefineAttainmentScale(objective_id=OBJECTIVE, levels=levels()), AttainmentScaleDefined),
    (AdoptStrategy(title="A course", kind="training", objective_ids=(OBJECTIVE,)), StrategyAdopted),
    (ReviseStrategy(strategy_id=STRATEGY, seen=VERSION, title="Daily practice"), StrategyRevised),
    (DropStrategy(strategy_id=STRATEGY), StrategyDropped),
]


@pytest.mark.parametrize(("command", "kind"), KINDS)
def test_whatever_was_agreed_can_change_and_its_sealed_words_are_copied_unopened(command: Any, kind: type[Event]) -> None:
    past = waiting(command)
    _, change = accepted(past)
    assert type(change) is kind
    kept = folded("plan", past).changes[CHANGE].change
    assert personal_values(change) == personal_values(kept)
    assert all(value.sealed is not None for value in personal_values(change))
    assert folded("plan", [*past, *accepted(past)]).changes[CHANGE].decided


def test_a_new_objective_and_its_change_have_ids_of_their_own() -> None:
    _, change = accepted(waiting(smart()))
    assert isinstance(change, ObjectiveDefined)
    assert (change.objective_id, change.change_id, change.defined_by) == (IDS[1], CHANGE, "coach")


def test_the_sponsor_has_a_word_where_the_program_says_so() -> None:
    context: dict[str, Any] = {"program": program(sponsor_accepts_changes=True)}
    past = waiting(LOWER, **context)
    first = accepted(past, **context)
    assert first == [ChangeAccepted(change_id=CHANGE, party="client", plan_version=None, overrides=())]
    assert folded("plan", [*past, *first]).plan_version == 1
    informed = replace(ENGAGED, consents=frozenset({"objective_titles", "progress"}))
    last = accepted([*past, *first], SPONSOR, engagement=informed, **context)
    assert [type(event) for event in last] == [ChangeAccepted, ObjectiveRefined]
    assert isinstance(last[0], ChangeAccepted)
    assert last[0].plan_version == 2


@pytest.mark.parametrize("command", [ACCEPT, DeclineChange(change_id=CHANGE, reason_code="scope")])
def test_a_sponsor_decides_about_what_the_client_lets_them_see(command: Any) -> None:
    context: dict[str, Any] = {"program": program(sponsor_accepts_changes=True)}
    past = waiting(LOWER, **context)
    for consents in (set[str](), {"progress"}, {"objective_titles"}):
        engagement = replace(ENGAGED, consents=frozenset(consents))
        given(*past).when(command, by(SPONSOR, engagement=engagement, **context)).then_refused(ConsentMissing)
    retitle = RefineObjective(objective_id=OBJECTIVE, refinement=RefineTitle(to="Lead the billing team to release two", seen=2))
    assert given(*waiting(retitle, **context)).when(command, by(SPONSOR, **context)).events()


def test_a_sponsor_without_consent_does_not_learn_whether_a_change_waits() -> None:
    context = by(SPONSOR, engagement=replace(ENGAGED, consents=frozenset({"progress"})))
    for past in (PAST, waiting(LOWER)):
        given(*past).when(ACCEPT, context).then_refused(ConsentMissing)


def test_a_change_that_the_sponsor_proposes_needs_both_the_others() -> None:
    past = waiting(LOWER, actor=SPONSOR)
    first = accepted(past, COACH)
    assert len(first) == 1
    assert len(accepted([*past, *first], CLIENT)) == 2


@pytest.mark.parametrize("actor", [SPONSOR, STRANGER])
def test_others_have_no_word(actor: Any) -> None:
    past = waiting(LOWER)
    given(*past).when(ACCEPT, by(actor, program=program())).then_refused(NotAParty)
    given(*past).when(DeclineChange(change_id=CHANGE, reason_code="scope"), by(actor)).then_refused(NotAParty)


def test_a_change_is_decided_once() -> None:
    past = waiting(LOWER)
    given(*past).when(ACCEPT, by(COACH)).then_refused(ChangeDecided)
    done = [*past, *accepted(past)]
    given(*done).when(ACCEPT, by(CLIENT)).then_refused(ChangeDecided)
    given(*done).when(DeclineChange(change_id=CHANGE, reason_code="scope"), by(CLIENT)).then_refused(ChangeDecided)


@pytest.mark.parametrize(("actor", "party"), [(CLIENT, "client"), (COACH, "coach")])
def test_a_declined_change_does_not_happen_and_makes_room_for_another(actor: Any, party: Any) -> None:
    declined = ChangeDeclined(change_id=CHANGE, party=party, reason_code=None, reason=OfAuthor("We hold on to eighty"))
    past = waiting(LOWER)
    state = given(*past).when(DeclineChange(change_id=CHANGE, reason="We hold on to eighty"), by(actor)).then(declined)
    assert (state.plan_version, state.objectives[OBJECTIVE].terms.target) == (1, Decimal(80))
    given(*past, declined).when(ACCEPT, by(CLIENT)).then_refused(ChangeDecided)
    (event,) = given(*past, declined).when(propose(LOWER), by(CLIENT, ids=IDS[2:])).events()
    assert isinstance(event, ChangeProposed)


def test_declining_says_why() -> None:
    given(*waiting(LOWER)).when(DeclineChange(change_id=CHANGE), by(CLIENT)).then_refused(ReasonRequired)


def test_an_unknown_change() -> None:
    given(*PAST).when(ACCEPT, by(CLIENT)).then_refused(ItemUnknown, "/change_id")


def test_changes_are_proposed_to_an_active_plan_only() -> None:
    given(drafted(), defined()).when(propose(LOWER), by(CLIENT)).then_refused(PlanNotActive)
