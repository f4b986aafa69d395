"""What must be unique, and what a taken claim answers."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from domain.claims import CLAIMS, REFUSALS, Claim, claims_of, coach_seat, email_1, reminder
from domain.errors.assessment import AssessmentOpen
from domain.errors.engagement import CoachAtCapacity, EngagementExists
from domain.errors.evaluation import EvaluationExists
from domain.errors.organization import DuplicateReference
from domain.errors.person import IdentityInUse, PersonExists
from domain.errors.plan import PlanExists
from domain.errors.reminder import ReminderPlannedAlready
from domain.errors.session import CoachUnavailable, SessionNumberTaken
from domain.errors.survey import SurveyOpen
from domain.event import Event
from domain.organization.events import ClientOrganizationAdded
from domain.person.events import AddressConfirmed, IdentityLinked, PersonProfileChanged
from domain.plan.events import PlanDrafted
from domain.program.events import (
    CoachAddedToPool,
    CoachPoolLimitRevised,
    CoachRemovedFromPool,
    ParticipantEnrolled,
    ParticipantWithdrawn,
    ProgramClosed,
)
from domain.survey.events import SurveyClosed, SurveyIssued
from tests.domain.assessing import closed
from tests.domain.spec import CLIENT, COACH, IDS, uuid
from tests.domain.test_assessment import LAUNCHED, SUBMITTED
from tests.domain.test_closure import CANCELLED, COMPLETED, ENDED
from tests.domain.test_engagement import ALONE, ASSIGNED, ASSIGNED_ALONE, PROPOSED
from tests.domain.test_evaluation import SCHEDULED
from tests.domain.test_handover import NEXT, REASSIGNED
from tests.domain.test_notice import GIVEN as NOTICED
from tests.domain.test_organization import REGISTERED as ORGANIZATION
from tests.domain.test_person import REGISTERED as PERSON
from tests.domain.test_reminder import ACTION, FAILED, KEY, PLANNED
from tests.domain.test_session_booking import CALLED_OFF, FIRST_SLOT, MOVED
from tests.domain.test_session_booking import SCHEDULED as BOOKED

ENDS = (COMPLETED, ENDED, CANCELLED)
STREAM, PROGRAM, ENGAGEMENT = uuid(50), uuid(20), uuid(30)
PLAN = PlanDrafted(plan_id=STREAM, engagement_id=ENGAGEMENT, client_id=CLIENT, template=None, language="en")


ASSESSED = closed(0)


@pytest.mark.parametrize(
    ("event", "claims"),
    [
        (PERSON, [Claim("email@1", "ada@example.org", takes=True, personal=True)]),
        (PROPOSED, [Claim("engagement", f"{PROGRAM}:{CLIENT}", takes=True, personal=False)]),
        (ALONE, []),
        (ASSIGNED, [Claim("coach_seat", f"{PROGRAM}:{COACH}:2", takes=True, personal=False)]),
        (ASSIGNED_ALONE, []),
        (
            REASSIGNED,
            [
                Claim("coach_seat", f"{PROGRAM}:{COACH}:2", takes=False, personal=False),
                Claim("coach_seat", f"{PROGRAM}:{NEXT}:1", takes=True, personal=False),
                Claim("session_number", f"{IDS[0]}:4", takes=True, personal=False),
            ],
        ),
        (NOTICED, [Claim("session_number", f"{IDS[0]}:9", takes=True, personal=False)]),
        (LAUNCHED, [Claim("assessment", f"{ENGAGEMENT}:self", takes=True, personal=False)]),
        (SUBMITTED, [Claim("assessment", f"{ENGAGEMENT}:self", takes=False, personal=False)]),
        (replace(SUBMITTED, kind="feedback_360"), []),
        (ASSESSED, [Claim("assessment", f"{ENGAGEMENT}:feedback_360", takes=False, personal=False)]),
        (PLAN, [Claim("plan", str(ENGAGEMENT), takes=True, personal=False)]),
        (SCHEDULED, [Claim("evaluation", f"{ENGAGEMENT}:mid", takes=True, personal=False)]),
        (PLANNED, [Claim("reminder", f"action_due:{ACTION}:{CLIENT}:2026-03-09:-2", takes=True, personal=False)]),
        (
            BOOKED,
            [
                Claim("session_number", f"{ENGAGEMENT}:1", takes=True, personal=False),
                *(Claim("coach_time", f"{COACH}:{FIRST_SLOT + n}", takes=True, personal=False) for n in range(12)),
            ],
        ),
        (
            MOVED,
            [
                *(Claim("coach_time", f"{COACH}:{FIRST_SLOT + n}", takes=False, personal=False) for n in range(12)),
                *(Claim("coach_time", f"{COACH}:{FIRST_SLOT + n}", takes=True, personal=False) for n in range(6, 12)),
            ],
        ),
        (CALLED_OFF, [Claim("coach_time", f"{COACH}:{FIRST_SLOT + n}", takes=False, personal=False) for n in range(12)]),
        *(
            (
                event,
                [
                    Claim("engagement", f"{PROGRAM}:{CLIENT}", takes=False, personal=False),
                    Claim("coach_seat", f"{PROGRAM}:{COACH}:2", takes=False, personal=False),
                    Claim("session_number", f"{IDS[0]}:9", takes=True, personal=False),
                ],
            )
            for event in ENDS
        ),
        (replace(CANCELLED, program_id=None, seat=None), [Claim("session_number", f"{IDS[0]}:9", takes=True, personal=False)]),
        (FAILED, [Claim("reminder", f"action_due:{ACTION}:{CLIENT}:2026-03-09:-2", takes=False, personal=False)]),
        (ORGANIZATION, []),
    ],
)
def test_claims(event: Event, claims: list[Claim]) -> None:
    assert claims_of(event) == claims


def test_every_kind_has_its_refusal() -> None:
    assert {
        "email@1": PersonExists,
        "engagement": EngagementExists,
        "coach_seat": CoachAtCapacity,
        "assessment": AssessmentOpen,
        "plan": PlanExists,
        "evaluation": EvaluationExists,
        "reminder": ReminderPlannedAlready,
        "coach_time": CoachUnavailable,
        "session_number": SessionNumberTaken,
        "client_organization": DuplicateReference,
        "identity@1": IdentityInUse,
        "survey": SurveyOpen,
    } == REFUSALS


TRIED_WITH_THEIR_RULES = {
    *(ClientOrganizationAdded, CoachAddedToPool, CoachPoolLimitRevised, CoachRemovedFromPool),
    *(ParticipantEnrolled, ParticipantWithdrawn, ProgramClosed),
    *(PersonProfileChanged, AddressConfirmed, IdentityLinked, SurveyIssued, SurveyClosed),
}


def test_every_event_with_claims_is_tried_above() -> None:
    tried = (
        *(PERSON, PROPOSED, ASSIGNED, REASSIGNED, NOTICED, *ENDS),
        *(LAUNCHED, SUBMITTED, ASSESSED, PLAN, SCHEDULED, PLANNED, FAILED, BOOKED, MOVED, CALLED_OFF),
    )
    assert {type(event) for event in tried} | TRIED_WITH_THEIR_RULES == set(CLAIMS)


def test_each_seat_of_a_coach_in_a_program_is_a_claim_of_its_own() -> None:
    seats = {coach_seat(program, coach, seat) for program in (PROGRAM, ENGAGEMENT) for coach in (COACH, CLIENT) for seat in (1, 2)}
    assert len(seats) == 8
    (claim,) = claims_of(replace(ASSIGNED, seat=1))
    assert claim.value == coach_seat(PROGRAM, COACH, 1)


@pytest.mark.parametrize(
    "other", [{"rule": "milestone_due"}, {"subject_id": uuid(77)}, {"recipient_id": COACH}, {"anchor": "2026-03-10"}, {"offset_days": 1}]
)
def test_a_reminder_that_differs_in_anything_is_another_one(other: dict[str, Any]) -> None:
    assert reminder(replace(KEY, **other)) != reminder(KEY)


@pytest.mark.parametrize("address", ["ada@example.org", " ADA@Example.ORG ", "Ada@example.org"])
def test_one_address_however_it_is_written(address: str) -> None:
    assert email_1(address) == "ada@example.org"


def test_a_letter_with_its_accent_apart_is_the_same_letter() -> None:
    assert email_1("zoe\u0308@example.org") == email_1("zo\u00eb@example.org")
