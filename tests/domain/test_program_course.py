"""How a program goes on and ends: its terms are revised, coaches and participants leave, and it is closed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from domain.claims import claims_of, coach_seats, engagement_place
from domain.command import Command
from domain.context import ProgramBounds
from domain.errors import ReasonRequired, VersionConflict
from domain.errors.program import (
    CoachHasEngagements,
    CoachNotPooled,
    DatesInverted,
    EndEngagementFirst,
    EngagementsExceedTerms,
    EngagementsOpen,
    NotACoach,
    NotEnrolled,
    ProgramClosedAlready,
)
from domain.program.commands import (
    AddCoachToPool,
    CloseProgram,
    EnrolParticipant,
    OpenProgram,
    RemoveCoachFromPool,
    ReviseCapacity,
    ReviseChemistry,
    ReviseEnd,
    ReviseProgramTerms,
    ReviseSessions,
    ReviseStart,
    WithdrawParticipant,
)
from domain.program.context import Given
from domain.program.events import (
    CapacityRevised,
    ChemistryRevised,
    CoachAddedToPool,
    CoachPoolLimitRevised,
    CoachRemovedFromPool,
    EndRevised,
    ParticipantEnrolled,
    ParticipantWithdrawn,
    ProgramClosed,
    ProgramTermsRevised,
    SessionsRevised,
    StartRevised,
)
from domain.values import OfAuthor
from tests.domain.spec import CLIENT, COACH, IDS, MANAGER, NOW, STRANGER, TODAY, Happened, days, folded, given, uuid
from tests.domain.test_program import DEFINED, ENROLLED, OPENED, POOLED, context

PROGRAM, ENGAGEMENT = IDS[0], uuid(70)
BEGUN = (DEFINED, POOLED, OPENED, ENROLLED)
REMOVED = CoachRemovedFromPool(program_id=PROGRAM, coach_id=COACH, max_engagements=3)
WITHDRAWN = ParticipantWithdrawn(program_id=PROGRAM, client_id=CLIENT, stage="before_coaching", reason_code="absence", reason=None)
WITHDRAW = WithdrawParticipant(client_id=CLIENT, stage="before_coaching", reason_code="absence")
CLOSED = ProgramClosed(program_id=PROGRAM, closed_on=TODAY, client_ids=(CLIENT,))
UNDER_WAY = Given(engagement_id=ENGAGEMENT, starts_on=days(5), planned_end=days(150), sessions=6)


def revise(revision: Any, applies_to: Any = "all", **changes: Any) -> ReviseProgramTerms:
    return ReviseProgramTerms(**{"revision": revision, "applies_to": applies_to, "reason_code": "scope"} | changes)


def revised(revision: Any, applies_to: Any = "all") -> ProgramTermsRevised:
    return ProgramTermsRevised(revision=revision, applies_to=applies_to, reason_code="scope", reason=None)


@pytest.mark.parametrize(
    ("command", "event"),
    [
        (ReviseStart(from_=days(0), to=days(5)), StartRevised(from_=days(0), to=days(5))),
        (ReviseEnd(from_=days(180), to=days(150)), EndRevised(from_=days(180), to=days(150))),
        (ReviseCapacity(from_=1, to=40), CapacityRevised(from_=1, to=40)),
        (ReviseSessions(from_=8, to=6), SessionsRevised(from_=8, to=6)),
        (ReviseChemistry(from_=3, to=0), ChemistryRevised(from_=3, to=0)),
    ],
)
def test_revises_one_term_as_far_as_what_was_given_allows(command: Any, event: Any) -> None:
    state = given(*BEGUN).when(revise(command), context(given=(UNDER_WAY,))).then(revised(event))
    assert getattr(state, command.__struct_config__.tag) == command.to


@pytest.mark.parametrize(
    "revision",
    [
        ReviseStart(from_=days(0), to=days(6)),
        ReviseEnd(from_=days(180), to=days(149)),
        ReviseSessions(from_=8, to=5),
    ],
)
def test_terms_never_fall_short_of_what_an_engagement_was_given(revision: Any) -> None:
    given(*BEGUN).when(revise(revision), context(given=(UNDER_WAY,))).then_refused(EngagementsExceedTerms, "/revision/to")


def test_terms_for_new_engagements_leave_old_ones_as_they_are() -> None:
    event = revised(EndRevised(from_=days(180), to=days(20)), "new")
    given(*BEGUN).when(revise(ReviseEnd(from_=days(180), to=days(20)), "new"), context()).then(event)


def bounds(starts_on: int, ends_on: int, sessions: int) -> ProgramBounds:
    return ProgramBounds(starts_on=days(starts_on), ends_on=days(ends_on), sessions=sessions)


def test_terms_for_new_engagements_leave_to_the_earlier_ones_what_they_were_given_until_terms_are_for_all() -> None:
    more, longer = SessionsRevised(from_=8, to=12), EndRevised(from_=days(180), to=days(365))
    at = [NOW + timedelta(days=one) for one in (1, 2, 3)]
    facts = folded("program", [*BEGUN, Happened(revised(more, "new"), at=at[0]), Happened(revised(longer, "new"), at=at[1])]).facts()
    found = [facts.bounds_of(moment) for moment in (NOW, at[0], at[2])]
    assert found == [bounds(0, 180, 8), bounds(0, 180, 12), bounds(0, 365, 12)]
    for_all = Happened(revised(SessionsRevised(from_=12, to=10)), at=at[2])
    facts = folded("program", [*BEGUN, Happened(revised(more, "new"), at=at[0]), for_all]).facts()
    assert facts.bounds_of(NOW) == facts.bounds == bounds(0, 180, 10)


def test_seats_that_are_taken_bound_the_capacity() -> None:
    past = (*BEGUN, revised(CapacityRevised(from_=1, to=2)), enrolment(STRANGER))
    given(*past).when(revise(ReviseCapacity(from_=2, to=1), "new"), context()).then_refused(EngagementsExceedTerms, "/revision/to")


def test_the_same_value_again_changes_nothing() -> None:
    given(*BEGUN).when(revise(ReviseCapacity(from_=1, to=1)), context()).then_nothing()


@pytest.mark.parametrize("revision", [ReviseStart(from_=days(0), to=days(180)), ReviseEnd(from_=days(180), to=days(0))])
def test_revised_dates_are_not_inverted(revision: Any) -> None:
    given(*BEGUN).when(revise(revision), context()).then_refused(DatesInverted, "/revision/to")


def test_a_value_that_somebody_else_replaced_is_a_conflict_that_names_them() -> None:
    past = (*BEGUN, Happened(revised(CapacityRevised(from_=1, to=9)), actor=MANAGER, role="program_manager"))
    decision = given(*past).when(revise(ReviseCapacity(from_=1, to=5)), context())
    refusal = decision.then_refused(VersionConflict, "/revision/from")
    assert refusal.facts == {"current": 9, "changed_by": MANAGER, "changed_at": 5}


def test_a_value_that_was_never_revised_is_the_one_of_the_definition() -> None:
    refusal = given(*BEGUN).when(revise(ReviseSessions(from_=7, to=5)), context()).then_refused(VersionConflict, "/revision/from")
    assert refusal.facts["changed_at"] == 1


def test_says_why_terms_change_and_why_somebody_leaves() -> None:
    given(*BEGUN).when(revise(ReviseCapacity(from_=1, to=2), reason_code=None), context()).then_refused(ReasonRequired, "/reason")
    given(*BEGUN).when(WithdrawParticipant(client_id=CLIENT, stage="before_coaching"), context()).then_refused(ReasonRequired, "/reason")
    words = WithdrawParticipant(client_id=CLIENT, stage="after_coaching", reason="Moved to the Oslo office")
    event = ParticipantWithdrawn(
        program_id=PROGRAM, client_id=CLIENT, stage="after_coaching", reason_code=None, reason=OfAuthor("Moved to the Oslo office")
    )
    given(*BEGUN).when(words, context()).then(event)


def test_a_coach_without_engagements_leaves_the_pool_and_comes_back() -> None:
    state = given(*BEGUN).when(RemoveCoachFromPool(coach_id=COACH), context()).then(REMOVED)
    assert state.pool == {}
    back = CoachAddedToPool(coach_id=COACH, max_engagements=2, returns_to=PROGRAM, places_kept=3)
    assert given(*BEGUN, REMOVED).when(AddCoachToPool(coach_id=COACH, max_engagements=2), context()).then(back).pool == {COACH: 2}


def limit(start: int, to: int, kept: int = 0) -> CoachPoolLimitRevised:
    return CoachPoolLimitRevised(program_id=PROGRAM, coach_id=COACH, from_=start, to=to, places_kept=kept)


def test_the_limit_of_a_coach_is_raised_and_lowered_and_the_program_keeps_the_places_between() -> None:
    lowered = limit(3, 1)
    state = given(*BEGUN).when(AddCoachToPool(coach_id=COACH, max_engagements=1), context(coach_role_held=False)).then(lowered)
    assert (state.pool, state.removed) == ({COACH: 1}, {COACH: 3})
    raised = limit(1, 2, kept=3)
    state = given(*BEGUN, lowered).when(AddCoachToPool(coach_id=COACH, max_engagements=2), context()).then(raised)
    assert (state.pool, state.removed) == ({COACH: 2}, {COACH: 3})
    beyond = limit(2, 5, kept=3)
    state = given(*BEGUN, lowered, raised).when(AddCoachToPool(coach_id=COACH, max_engagements=5), context()).then(beyond)
    assert (state.pool, state.removed) == ({COACH: 5}, {})
    _, two, three = coach_seats(PROGRAM, COACH, 3)
    claims = [[(claim.value, claim.takes) for claim in claims_of(event)] for event in (lowered, raised, beyond)]
    assert claims == [[(two, True), (three, True)], [(two, False)], [(three, False)]]


def test_who_leaves_with_a_lowered_limit_comes_back_to_all_their_places() -> None:
    gone = CoachRemovedFromPool(program_id=PROGRAM, coach_id=COACH, max_engagements=1)
    back = CoachAddedToPool(coach_id=COACH, max_engagements=2, returns_to=PROGRAM, places_kept=3)
    given(*BEGUN, limit(3, 1), gone).when(AddCoachToPool(coach_id=COACH, max_engagements=2), context()).then(back)


def test_a_limit_is_not_lowered_below_what_the_coach_has_nor_raised_without_the_role() -> None:
    lower, raised = AddCoachToPool(coach_id=COACH, max_engagements=1), AddCoachToPool(coach_id=COACH, max_engagements=4)
    refusal = given(*BEGUN).when(lower, context(taken=(ENGAGEMENT,))).then_refused(CoachHasEngagements, "/max_engagements")
    assert refusal.facts == {"engagements": (ENGAGEMENT,)}
    given(*BEGUN).when(raised, context(coach_role_held=False)).then_refused(NotACoach, "/coach_id")


def test_a_coach_with_engagements_stays_in_the_pool() -> None:
    given(*BEGUN).when(RemoveCoachFromPool(coach_id=COACH), context(taken=(ENGAGEMENT,))).then_refused(CoachHasEngagements, "/coach_id")


def test_only_a_coach_of_the_pool_is_removed() -> None:
    given(*BEGUN).when(RemoveCoachFromPool(coach_id=STRANGER), context()).then_refused(CoachNotPooled, "/coach_id")


def test_the_places_of_a_coach_are_kept_until_they_come_back() -> None:
    kept = {(one.kind, one.value) for one in claims_of(REMOVED) if one.takes}
    back = claims_of(CoachAddedToPool(coach_id=COACH, max_engagements=2, returns_to=PROGRAM, places_kept=3))
    assert kept == {(one.kind, one.value) for one in back if not one.takes}
    assert {value for _, value in kept} == set(coach_seats(PROGRAM, COACH, 3))
    assert claims_of(POOLED) == []


def enrolment(client: Any, returns_to: Any = None) -> ParticipantEnrolled:
    return ParticipantEnrolled(client_id=client, cohort=None, department=None, location=None, returns_to=returns_to)


def test_who_withdraws_gives_the_seat_back() -> None:
    state = given(*BEGUN).when(WITHDRAW, context()).then(WITHDRAWN)
    assert state.enrolled == frozenset()
    given(*BEGUN, WITHDRAWN).when(EnrolParticipant(client_id=STRANGER), context()).then(enrolment(STRANGER))


def test_who_withdrew_comes_back_to_a_free_place() -> None:
    back = enrolment(CLIENT, returns_to=PROGRAM)
    state = given(*BEGUN, WITHDRAWN).when(EnrolParticipant(client_id=CLIENT), context()).then(back)
    assert state.participants[CLIENT].withdrawn_at is None
    place = engagement_place(PROGRAM, CLIENT)
    assert [(one.value, one.takes) for one in claims_of(WITHDRAWN) + claims_of(back)] == [(place, True), (place, False)]
    assert claims_of(ENROLLED) == []


def test_an_engagement_ends_before_its_client_withdraws() -> None:
    given(*BEGUN).when(WITHDRAW, context(taken=(ENGAGEMENT,))).then_refused(EndEngagementFirst, "/client_id")


def test_only_who_has_a_seat_gives_it_back() -> None:
    given(DEFINED, POOLED, OPENED).when(WITHDRAW, context()).then_refused(NotEnrolled, "/client_id")
    given(*BEGUN, WITHDRAWN).when(WITHDRAW, context()).then_refused(NotEnrolled, "/client_id")


def test_closes_when_no_engagement_is_open() -> None:
    state = given(*BEGUN).when(CloseProgram(), context()).then(CLOSED)
    assert (state.stage, state.closed_on, state.is_open) == ("closed", TODAY, False)


def test_open_engagements_keep_it_open() -> None:
    given(*BEGUN).when(CloseProgram(), context(taken=(ENGAGEMENT, None))).then_refused(EngagementsOpen)


def test_keeps_the_places_of_its_participants_once_it_is_closed() -> None:
    assert [(one.value, one.takes) for one in claims_of(CLOSED)] == [(engagement_place(PROGRAM, CLIENT), True)]


@pytest.mark.parametrize(
    "command",
    [
        OpenProgram(),
        CloseProgram(),
        revise(ReviseCapacity(from_=1, to=2)),
        AddCoachToPool(coach_id=STRANGER, max_engagements=1),
        RemoveCoachFromPool(coach_id=COACH),
        EnrolParticipant(client_id=STRANGER),
        WITHDRAW,
    ],
)
def test_nothing_of_a_closed_program_changes(command: Command) -> None:
    given(*BEGUN, CLOSED).when(command, context()).then_refused(ProgramClosedAlready)


def test_keeps_when_somebody_came_and_went() -> None:
    participant = folded("program", [*BEGUN, WITHDRAWN]).participants[CLIENT]
    assert (participant.enrolled_at, participant.withdrawn_at) == (NOW, NOW)
