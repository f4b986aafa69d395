"""How an engagement goes over to another coach: who may take it, what goes over, and with whose consent."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from domain.engagement.commands import GrantHandoverConsent, ReassignCoach, WithdrawHandoverConsent
from domain.engagement.context import Course
from domain.engagement.emergency import OPEN_FOR
from domain.engagement.events import (
    CoachReassigned,
    EmergencyAccessApproved,
    EmergencyAccessRequested,
    HandoverConsentGranted,
    HandoverConsentWithdrawn,
)
from domain.engagement.handover import Handover
from domain.engagement.state import EngagementState
from domain.errors import NotPermitted, ReasonRequired, VersionConflict
from domain.errors.engagement import (
    CoachAtCapacity,
    CoachNotInPool,
    ConflictOfInterest,
    EngagementEnded,
    EngagementNotContracted,
    HandoverConsentMissing,
    SelfCoaching,
)
from domain.errors.program import NotACoach
from domain.values import OfAuthor
from tests.domain.spec import CLIENT, COACH, IDS, MANAGER, NOW, SPONSOR, STRANGER, Happened, days, given, uuid
from tests.domain.test_closure import ENDED, RUNNING
from tests.domain.test_engagement import ALONE, ASSIGNED, ASSIGNED_ALONE, CONTRACTED, DRAFTED, FACTS, PROGRAM, PROPOSED, context, signed
from tests.domain.test_pause import PAUSED

NEXT = uuid(50)
AGAIN = uuid(51)
POOLED = replace(FACTS, pool={COACH: 2, NEXT: 1, AGAIN: 1, SPONSOR: 1, CLIENT: 1})
REASSIGN = ReassignCoach(from_=COACH, to=NEXT, reason_code="other")
REASSIGNED = CoachReassigned(
    engagement_id=IDS[0],
    from_coach_id=COACH,
    coach_id=NEXT,
    program_id=PROGRAM,
    from_seat=2,
    seat=1,
    handover_scope="none",
    consent_version=None,
    effective_on=days(0),
    next_session_no=4,
    reason_code="other",
    reason=None,
)
ASKED = Happened(
    EmergencyAccessRequested(
        emergency_id=uuid(60), reason_code="danger", reason=OfAuthor("There is danger."), answer_by=NOW + timedelta(hours=24)
    ),
    actor=COACH,
)
LET = Happened(
    EmergencyAccessApproved(emergency_id=uuid(60), asker_id=COACH, reason_code="danger", open_until=NOW + OPEN_FOR), actor=MANAGER
)


def at_change(**changes: Any) -> Any:
    known: dict[str, Any] = {"actor": MANAGER, "free_seat": 1, "course": Course(next_session_no=4), "program": POOLED}
    return context(**known | changes)


def consented(coach: Any = None) -> HandoverConsentGranted:
    return HandoverConsentGranted(coach_id=coach)


def shared(state: EngagementState) -> tuple[Any, Any]:
    return state.handover and state.handover.scope, state.handover_consent


@pytest.mark.parametrize("past", [CONTRACTED, RUNNING, (*RUNNING, PAUSED)])
def test_another_coach_takes_over_at_once(past: Any) -> None:
    state = given(*past).when(REASSIGN, at_change()).then(REASSIGNED)
    assert (state.coach_id, state.seat, state.former_coaches) == (NEXT, 1, {COACH})
    assert state.handover == Handover(scope="none", since=len(past) + 1, by=COACH)
    assert state.facts(days(0)).parties.get(COACH) is None


def test_the_change_takes_a_session_number_of_its_own() -> None:
    state = given(*RUNNING).when(REASSIGN, at_change()).then(REASSIGNED)
    assert state.next_session_no(3) == 5


def test_outside_of_a_program_there_are_no_seats() -> None:
    drafted = replace(DRAFTED, parties=DRAFTED.parties[:2])
    past = (ALONE, ASSIGNED_ALONE, drafted, signed("client"), signed("coach"))
    event = replace(REASSIGNED, program_id=None, from_seat=None, seat=None)
    given(*past).when(REASSIGN, at_change(program=None, free_seat=None)).then(event)


def test_needs_a_reason() -> None:
    given(*RUNNING).when(replace(REASSIGN, reason_code=None), at_change()).then_refused(ReasonRequired, "/reason")


@pytest.mark.parametrize("past", [(PROPOSED,), (PROPOSED, ASSIGNED)])
def test_refuses_before_the_agreement_is_signed_by_all(past: Any) -> None:
    given(*past).when(REASSIGN, at_change()).then_refused(EngagementNotContracted)


def test_refuses_what_is_over() -> None:
    given(*RUNNING, ENDED).when(REASSIGN, at_change()).then_refused(EngagementEnded)


def test_who_read_another_coach_is_told_who_came_meanwhile() -> None:
    refusal = given(*RUNNING, Happened(REASSIGNED, actor=MANAGER)).when(REASSIGN, at_change()).then_refused(VersionConflict, "/from")
    assert refusal.facts == {"coach_id": NEXT, "changed_by": MANAGER, "changed_at": len(RUNNING) + 1}
    refusal = given(*RUNNING).when(replace(REASSIGN, from_=STRANGER), at_change()).then_refused(VersionConflict, "/from")
    assert refusal.facts == {"coach_id": COACH, "changed_by": None, "changed_at": 0}


def test_the_same_coach_is_no_change() -> None:
    given(*RUNNING).when(replace(REASSIGN, to=COACH), at_change()).then_nothing()


@pytest.mark.parametrize(
    ("coach", "facts", "refusal"),
    [
        (CLIENT, {}, SelfCoaching),
        (SPONSOR, {}, ConflictOfInterest),
        (NEXT, {"coach_role_held": False}, NotACoach),
        (STRANGER, {}, CoachNotInPool),
        (NEXT, {"free_seat": None}, CoachAtCapacity),
    ],
)
def test_refuses_a_coach_as_at_the_first_assignment(coach: Any, facts: dict[str, Any], refusal: Any) -> None:
    given(*RUNNING).when(replace(REASSIGN, to=coach), at_change(**facts)).then_refused(refusal, "/to")


def test_the_words_of_the_plan_go_over_without_consent() -> None:
    event = replace(REASSIGNED, handover_scope="objectives")
    state = given(*RUNNING).when(replace(REASSIGN, handover_scope="objectives"), at_change()).then(event)
    assert shared(state) == ("objectives", None)


@pytest.mark.parametrize("coach", [None, NEXT])
def test_shared_notes_go_over_with_the_consent_of_the_client(coach: Any) -> None:
    command = replace(REASSIGN, handover_scope="shared_notes")
    event = replace(REASSIGNED, handover_scope="shared_notes", consent_version=len(RUNNING) + 1)
    state = given(*RUNNING, consented(coach)).when(command, at_change()).then(event)
    assert shared(state) == ("shared_notes", None)  # which is good for one change


@pytest.mark.parametrize("consents", [(), (consented(AGAIN),), (consented(), HandoverConsentWithdrawn(coach_id=None))])
def test_refuses_to_hand_over_notes_without_it(consents: Any) -> None:
    command = replace(REASSIGN, handover_scope="shared_notes")
    given(*RUNNING, *consents).when(command, at_change()).then_refused(HandoverConsentMissing, "/handover_scope")


def test_a_consent_is_not_good_for_the_coach_after_the_next() -> None:
    past = (*RUNNING, consented(), replace(REASSIGNED, handover_scope="shared_notes", consent_version=len(RUNNING) + 1))
    command = replace(REASSIGN, from_=NEXT, to=AGAIN, handover_scope="shared_notes")
    given(*past).when(command, at_change()).then_refused(HandoverConsentMissing, "/handover_scope")


def test_only_the_client_consents_and_takes_it_back() -> None:
    for actor in (COACH, MANAGER, SPONSOR):
        given(*RUNNING).when(GrantHandoverConsent(), context(actor=actor)).then_refused(NotPermitted)
        given(*RUNNING, consented()).when(WithdrawHandoverConsent(), context(actor=actor)).then_refused(NotPermitted)


def test_consents_once_to_the_same() -> None:
    by_client = context(actor=CLIENT)
    given(*RUNNING).when(GrantHandoverConsent(), by_client).then(consented())
    given(*RUNNING, consented()).when(GrantHandoverConsent(), by_client).then_nothing()
    given(*RUNNING, consented()).when(GrantHandoverConsent(coach_id=NEXT), by_client).then(consented(NEXT))
    nobody = context(actor=CLIENT, coach_role_held=False)
    given(*RUNNING).when(GrantHandoverConsent(coach_id=NEXT), nobody).then_refused(NotACoach, "/coach_id")


def test_nobody_consents_to_what_is_over() -> None:
    given(*RUNNING, ENDED).when(GrantHandoverConsent(), context(actor=CLIENT)).then_refused(EngagementEnded)


def test_takes_back_what_nobody_has_read_yet() -> None:
    by_client = context(actor=CLIENT)
    state = given(*RUNNING, consented()).when(WithdrawHandoverConsent(), by_client).then(HandoverConsentWithdrawn(coach_id=None))
    assert shared(state) == (None, None)
    given(*RUNNING).when(WithdrawHandoverConsent(), by_client).then_nothing()


@pytest.mark.parametrize("end", [(), (replace(ENDED, coach_id=NEXT, seat=1),)])
def test_takes_back_what_was_handed_over_and_the_plan_stays_handed_over(end: Any) -> None:
    handed = replace(REASSIGNED, handover_scope="shared_notes", consent_version=len(RUNNING) + 1)
    past = (*RUNNING, consented(), handed, *end)
    state = given(*past).when(WithdrawHandoverConsent(), context(actor=CLIENT)).then(HandoverConsentWithdrawn(coach_id=NEXT))
    assert shared(state) == ("objectives", None)
    given(*past, HandoverConsentWithdrawn(coach_id=NEXT)).when(WithdrawHandoverConsent(), context(actor=CLIENT)).then_nothing()


def test_an_emergency_of_who_leaves_ends_with_it() -> None:
    state = given(*RUNNING, ASKED, LET).when(REASSIGN, at_change()).then(REASSIGNED)
    assert not state.is_open_to(COACH, NOW, NOW)
    [one] = given(*RUNNING, ASKED).when(REASSIGN, at_change()).then(REASSIGNED).emergencies
    assert one.standing(NOW) == "declined"
    other = replace(ASKED, actor=STRANGER)
    state = given(*RUNNING, other, LET).when(REASSIGN, at_change()).then(REASSIGNED)
    assert state.is_open_to(STRANGER, NOW, NOW)
