"""What must be unique in an organization: which events take a claim, which give one back, and what a taken one answers.

A claim is held by its stream, and taken in the same append as the event that needs it, so that of two racing commands one
is refused. Its value is canonical: whatever two persons would call the same is written the same way.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Any, Final, NamedTuple
from uuid import UUID

from domain.assessment.events import NeedsAssessmentLaunched, SelfAssessmentSubmitted
from domain.engagement.events import CoachAssigned, EngagementProposed
from domain.errors import Refusal
from domain.errors.assessment import AssessmentOpen
from domain.errors.engagement import CoachAtCapacity, EngagementExists
from domain.errors.evaluation import EvaluationExists
from domain.errors.person import PersonExists
from domain.errors.plan import PlanExists
from domain.errors.reminder import ReminderPlannedAlready
from domain.evaluation.events import EvaluationScheduled
from domain.event import Event
from domain.person.events import PersonRegistered
from domain.plan.events import PlanDrafted
from domain.reminder.events import DedupeKey, ReminderFailed, ReminderPlanned


class Claim(NamedTuple):
    """`kind` says what `value` is unique as; `takes` is false when it is given back; a personal value is never stored readable."""

    kind: str
    value: str
    takes: bool
    personal: bool


# The number behind `@` names the normaliser: another way to write addresses would be another kind.
EMAIL: Final = "email@1"
ENGAGEMENT: Final = "engagement"
COACH_SEAT: Final = "coach_seat"
ASSESSMENT: Final = "assessment"
PLAN: Final = "plan"
EVALUATION: Final = "evaluation"
REMINDER: Final = "reminder"

REFUSALS: Final[dict[str, type[Refusal]]] = {
    EMAIL: PersonExists,
    ENGAGEMENT: EngagementExists,
    COACH_SEAT: CoachAtCapacity,
    ASSESSMENT: AssessmentOpen,
    PLAN: PlanExists,
    EVALUATION: EvaluationExists,
    REMINDER: ReminderPlannedAlready,
}


def email_1(address: str) -> str:
    """The canonical form of an address: without blanks around it, composed, in lower case."""
    return unicodedata.normalize("NFC", address.strip()).lower()


def coach_seat(program_id: UUID, coach_id: UUID, seat: int) -> str:
    """One of the places that a coach has in a program, counted from 1."""
    return f"{program_id}:{coach_id}:{seat}"


def reminder(key: DedupeKey) -> str:
    """The same rule, for the same person, about the same thing and the same moment of it."""
    return f"{key.rule}:{key.subject_id}:{key.recipient_id}:{key.anchor}:{key.offset_days}"


def claims_of(event: Event, stream_id: UUID) -> list[Claim]:
    """What the event claims or gives back for its stream. A personal value has to be open."""
    derive = CLAIMS.get(type(event))
    return derive(event, stream_id) if derive else []


def _address(event: PersonRegistered, stream_id: UUID) -> list[Claim]:
    return [Claim(EMAIL, email_1(event.email.plain()), takes=True, personal=True)]


def _engagement(event: EngagementProposed, stream_id: UUID) -> list[Claim]:
    if event.program_id is None:
        return []
    return [Claim(ENGAGEMENT, f"{event.program_id}:{event.client_id}", takes=True, personal=False)]


def _seat(event: CoachAssigned, stream_id: UUID) -> list[Claim]:
    if event.program_id is None or event.seat is None:
        return []
    return [Claim(COACH_SEAT, coach_seat(event.program_id, event.coach_id, event.seat), takes=True, personal=False)]


def _assessment(event: NeedsAssessmentLaunched, stream_id: UUID) -> list[Claim]:
    return [Claim(ASSESSMENT, f"{event.engagement_id}:{event.kind}", takes=True, personal=False)]


def _self_assessment(event: SelfAssessmentSubmitted, stream_id: UUID) -> list[Claim]:
    return [Claim(ASSESSMENT, f"{event.engagement_id}:{event.kind}", takes=False, personal=False)]


def _plan(event: PlanDrafted, stream_id: UUID) -> list[Claim]:
    return [Claim(PLAN, str(event.engagement_id), takes=True, personal=False)]


def _evaluation(event: EvaluationScheduled, stream_id: UUID) -> list[Claim]:
    return [Claim(EVALUATION, f"{event.engagement_id}:{event.point}", takes=True, personal=False)]


def _reminder(event: ReminderPlanned, stream_id: UUID) -> list[Claim]:
    return [Claim(REMINDER, reminder(event.key), takes=True, personal=False)]


def _failed_reminder(event: ReminderFailed, stream_id: UUID) -> list[Claim]:
    return [Claim(REMINDER, reminder(event.key), takes=False, personal=False)]


CLAIMS: Final[dict[type[Event], Callable[[Any, UUID], list[Claim]]]] = {
    PersonRegistered: _address,
    EngagementProposed: _engagement,
    CoachAssigned: _seat,
    NeedsAssessmentLaunched: _assessment,
    SelfAssessmentSubmitted: _self_assessment,
    PlanDrafted: _plan,
    EvaluationScheduled: _evaluation,
    ReminderPlanned: _reminder,
    ReminderFailed: _failed_reminder,
}
