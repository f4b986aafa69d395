"""How client and coach find each other: conversations without obligation, the client's choice, and conflicts of interest."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from domain.engagement.commands import (
    AssignCoach,
    DeclareConflictOfInterest,
    HoldChemistrySession,
    ReassignCoach,
    ResolveConflictOfInterest,
)
from domain.engagement.context import Course
from domain.engagement.events import (
    ChemistrySessionHeld,
    ConflictOfInterestDeclared,
    ConflictOfInterestResolved,
    EngagementCancelled,
)
from domain.errors import ItemUnknown, OccurredAtOutOfRange, ReasonRequired
from domain.errors.engagement import (
    ChemistrySessionsExhausted,
    CoachNotChosen,
    CoachNotInPool,
    ConflictOfInterest,
    EngagementEnded,
    SelfCoaching,
)
from domain.errors.program import NotACoach
from domain.values import OfAuthor
from tests.domain.spec import CLIENT, COACH, IDS, NOW, SPONSOR, STRANGER, TODAY, Happened, days, folded, given
from tests.domain.test_engagement import ASSIGNED, CONTRACTED, FACTS, PROPOSED, context

TALK = HoldChemistrySession(coach_id=COACH, choice="yes")
TALKED = ChemistrySessionHeld(coach_id=COACH, held_on=TODAY, choice="yes")
CHOSEN = AssignCoach(coach_id=COACH, chosen_by="client")
DECLARE = DeclareConflictOfInterest(coach_id=COACH, kind="manager_of_client", reason="I lead the client's unit.")
DECLARED = ConflictOfInterestDeclared(coach_id=COACH, kind="manager_of_client", reason=OfAuthor("I lead the client's unit."))
RESOLVE = ResolveConflictOfInterest(coach_id=COACH, kind="manager_of_client", reason="The client moved to another unit.")
RESOLVED = ConflictOfInterestResolved(
    coach_id=COACH, kind="manager_of_client", reason_code=None, reason=OfAuthor("The client moved to another unit.")
)
CANCELLED = EngagementCancelled(
    engagement_id=IDS[0],
    client_id=CLIENT,
    coach_id=None,
    program_id=None,
    seat=None,
    closed_on=TODAY,
    next_session_no=1,
    reason_code="other",
    reason=None,
)


@pytest.mark.parametrize("choice", ["yes", "no", "undecided"])
def test_the_client_talks_with_somebody_and_says_whether_it_fits(choice: Any) -> None:
    state = given(PROPOSED).when(replace(TALK, choice=choice), context()).then(replace(TALKED, choice=choice))
    assert state.choice_of(COACH) == choice


def test_what_was_said_last_counts() -> None:
    state = folded("engagement", [PROPOSED, TALKED, replace(TALKED, choice="no")])
    assert state.choice_of(COACH) == "no"
    assert state.choice_of(STRANGER) is None


def test_it_was_held_on_the_day_that_is_reported() -> None:
    past = Happened(PROPOSED, at=NOW - timedelta(days=9))
    before = context(occurred_at=NOW - timedelta(days=2))
    given(past).when(TALK, before).then(replace(TALKED, held_on=days(-2)))
    given(past).when(TALK, context(occurred_at=NOW - timedelta(days=10))).then_refused(OccurredAtOutOfRange, "/occurred_at")
    given(past).when(TALK, context(occurred_at=NOW + timedelta(minutes=6))).then_refused(OccurredAtOutOfRange, "/occurred_at")


def test_there_are_three_at_most() -> None:
    refusal = given(PROPOSED, TALKED, TALKED, TALKED).when(TALK, context()).then_refused(ChemistrySessionsExhausted)
    assert refusal.facts == {"most": 3}


def test_a_program_says_how_many_there_are() -> None:
    refusal = (
        given(PROPOSED, TALKED).when(TALK, context(program=replace(FACTS, chemistry_sessions=1))).then_refused(ChemistrySessionsExhausted)
    )
    assert refusal.facts == {"most": 1}
    given(PROPOSED, TALKED, TALKED, TALKED).when(TALK, context(program=replace(FACTS, chemistry_sessions=4))).then(TALKED)


@pytest.mark.parametrize(
    ("coach", "known_facts", "refusal"),
    [
        (CLIENT, {}, SelfCoaching),
        (SPONSOR, {}, ConflictOfInterest),
        (STRANGER, {}, CoachNotInPool),
        (COACH, {"coach_role_held": False}, NotACoach),
    ],
)
def test_who_cannot_coach_the_client_is_not_tried_out(coach: Any, known_facts: dict[str, Any], refusal: Any) -> None:
    given(PROPOSED).when(replace(TALK, coach_id=coach), context(**known_facts)).then_refused(refusal, "/coach_id")


def test_a_full_coach_can_be_tried_out_and_not_assigned() -> None:
    given(PROPOSED).when(TALK, context(free_seat=None)).then(TALKED)


def test_a_choice_of_the_client_is_somebody_to_whom_they_said_yes() -> None:
    given(PROPOSED, TALKED).when(CHOSEN, context()).then(ASSIGNED)
    refused = given(PROPOSED, replace(TALKED, choice="no")).when(CHOSEN, context()).then_refused(CoachNotChosen, "/chosen_by")
    assert refused.facts == {"choice": "no"}
    other = replace(FACTS, pool={COACH: 2, STRANGER: 2})
    given(PROPOSED, replace(TALKED, coach_id=STRANGER)).when(CHOSEN, context(program=other)).then_refused(CoachNotChosen, "/chosen_by")


def test_without_such_talks_the_choice_is_taken_as_told_and_the_organization_may_choose_in_any_case() -> None:
    given(PROPOSED).when(CHOSEN, context()).then(ASSIGNED)
    by_organization = replace(CHOSEN, chosen_by="organization")
    undecided = replace(TALKED, choice="undecided")
    given(PROPOSED, undecided).when(by_organization, context()).then(replace(ASSIGNED, chosen_by="organization"))


def test_who_has_a_conflict_of_interest_is_neither_tried_out_nor_assigned() -> None:
    given(PROPOSED).when(DECLARE, context(actor=CLIENT)).then(DECLARED)
    refusal = given(PROPOSED, DECLARED).when(CHOSEN, context()).then_refused(ConflictOfInterest, "/coach_id")
    assert refusal.facts == {"declared": ["manager_of_client"]}
    given(PROPOSED, DECLARED).when(TALK, context()).then_refused(ConflictOfInterest, "/coach_id")


def test_nor_is_the_engagement_given_to_them() -> None:
    declared = replace(DECLARED, coach_id=STRANGER, kind="rater_of_client")
    program = replace(FACTS, pool={COACH: 2, STRANGER: 2})
    known = context(program=program, course=Course())
    command = ReassignCoach(from_=COACH, to=STRANGER, handover_scope="none", reason_code="capacity")
    given(*CONTRACTED, declared).when(command, known).then_refused(ConflictOfInterest, "/to")


def test_a_conflict_of_the_coach_of_today_is_kept_and_said_once() -> None:
    state = given(*CONTRACTED).when(DECLARE, context()).then(DECLARED)
    assert [(one.coach_id, one.kind, one.declared_by) for one in state.conflicts] == [(COACH, "manager_of_client", COACH)]
    given(*CONTRACTED, DECLARED).when(DECLARE, context()).then_nothing()
    financial = replace(DECLARE, kind="financial", reason=None)
    given(*CONTRACTED, DECLARED).when(financial, context()).then(replace(DECLARED, kind="financial", reason=None))


def test_only_of_a_coach_a_conflict_is_declared() -> None:
    given(PROPOSED).when(DECLARE, context(coach_role_held=False)).then_refused(NotACoach, "/coach_id")


def test_a_conflict_that_stands_no_more_is_taken_back_with_a_reason() -> None:
    state = given(PROPOSED, DECLARED).when(RESOLVE, context()).then(RESOLVED)
    assert state.conflicts == ()
    given(PROPOSED, DECLARED, RESOLVED).when(CHOSEN, context()).then(ASSIGNED)
    given(PROPOSED, DECLARED).when(replace(RESOLVE, reason=None), context()).then_refused(ReasonRequired, "/reason")
    given(PROPOSED, DECLARED).when(replace(RESOLVE, kind="other"), context()).then_refused(ItemUnknown, "/coach_id")


@pytest.mark.parametrize("command", [TALK, DECLARE, RESOLVE])
def test_nothing_of_it_when_it_is_over(command: Any) -> None:
    given(PROPOSED, DECLARED, CANCELLED).when(command, context()).then_refused(EngagementEnded)
