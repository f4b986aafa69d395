"""What must be unique in an organization: which events take a claim, which give one back, and what a taken one answers.

A claim is held by its stream, and taken in the same append as the event that needs it, so that of two racing commands one
is refused. Its value is canonical: whatever two persons would call the same is written the same way.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple
from uuid import UUID

from domain.assessment.events import AssessmentClosed, NeedsAssessmentLaunched, SelfAssessmentSubmitted
from domain.engagement.events import (
    Closing,
    CoachAssigned,
    CoachReassigned,
    EngagementCancelled,
    EngagementCompleted,
    EngagementEndedEarly,
    EngagementNoticeGiven,
    EngagementProposed,
)
from domain.errors import Refusal
from domain.errors.assessment import AssessmentOpen
from domain.errors.engagement import CoachAtCapacity, EngagementExists
from domain.errors.evaluation import EvaluationExists
from domain.errors.organization import DuplicateReference
from domain.errors.person import IdentityInUse, PersonExists
from domain.errors.plan import PlanExists
from domain.errors.reminder import ReminderPlannedAlready
from domain.errors.session import CoachUnavailable, SessionNumberTaken
from domain.errors.survey import SurveyOpen
from domain.evaluation.events import EvaluationScheduled
from domain.event import Event
from domain.organization.events import ClientOrganizationAdded
from domain.person.events import AddressConfirmed, IdentityLinked, PersonProfileChanged, PersonRegistered
from domain.plan.events import PlanDrafted
from domain.program.events import (
    CoachAddedToPool,
    CoachPoolLimitRevised,
    CoachRemovedFromPool,
    ParticipantEnrolled,
    ParticipantWithdrawn,
    ProgramClosed,
)
from domain.reminder.events import DedupeKey, ReminderFailed, ReminderPlanned
from domain.session.events import SessionCancelled, SessionRescheduled, SessionScheduled
from domain.session.slot import slots
from domain.survey.events import SurveyClosed, SurveyIssued


class Claim(NamedTuple):
    """`kind` says what `value` is unique as; `takes` is false when it is given back; a personal value is never stored readable."""

    kind: str
    value: str
    takes: bool
    personal: bool


# The number behind `@` names the normaliser: another way to write addresses would be another kind.
EMAIL: Final = "email@1"
IDENTITY: Final = "identity@1"
ENGAGEMENT: Final = "engagement"
COACH_SEAT: Final = "coach_seat"
ASSESSMENT: Final = "assessment"
PLAN: Final = "plan"
EVALUATION: Final = "evaluation"
REMINDER: Final = "reminder"
COACH_TIME: Final = "coach_time"
CLIENT_ORGANIZATION: Final = "client_organization"
SESSION_NUMBER: Final = "session_number"
SURVEY: Final = "survey"

PERSONAL: Final = frozenset({EMAIL, IDENTITY})

REFUSALS: Final[dict[str, type[Refusal]]] = {
    EMAIL: PersonExists,
    IDENTITY: IdentityInUse,
    ENGAGEMENT: EngagementExists,
    COACH_SEAT: CoachAtCapacity,
    ASSESSMENT: AssessmentOpen,
    PLAN: PlanExists,
    EVALUATION: EvaluationExists,
    REMINDER: ReminderPlannedAlready,
    COACH_TIME: CoachUnavailable,
    SESSION_NUMBER: SessionNumberTaken,
    CLIENT_ORGANIZATION: DuplicateReference,
    SURVEY: SurveyOpen,
}


def email_1(address: str) -> str:
    """The canonical form of an address: without blanks around it, composed, in lower case."""
    return unicodedata.normalize("NFC", address.strip()).lower()


def identity_1(provider: str, subject: str) -> str:
    """Who somebody is to a provider: its own ids are compared as they are."""
    return f"{provider}\n{subject}"


def engagement_place(program_id: UUID, client_id: UUID) -> str:
    """A client's place for one engagement in a program: of the engagement, or of the program that lets none begin."""
    return f"{program_id}:{client_id}"


def coach_seat(program_id: UUID, coach_id: UUID, seat: int) -> str:
    """One of the places that a coach has in a program, counted from 1."""
    return f"{program_id}:{coach_id}:{seat}"


def reminder(key: DedupeKey) -> str:
    """The same rule, for the same person, about the same thing and the same moment of it."""
    return f"{key.rule}:{key.subject_id}:{key.recipient_id}:{key.anchor}:{key.offset_days}"


def session_number(engagement_id: UUID, number: int) -> str:
    """One of an engagement's sessions, counted from 1 and never again: of two that are booked at once one has to look anew.

    So what counts the sessions of an engagement, and takes the next number, knows of all of them.
    """
    return f"{engagement_id}:{number}"


def claims_of(event: Event) -> list[Claim]:
    """What the event claims or gives back for its stream. A personal value has to be open."""
    return [
        Claim(rule.kind, value, rule.takes, rule.kind in PERSONAL) for rule in CLAIMS.get(type(event), ()) for value in rule.values(event)
    ]


def _reference(event: ClientOrganizationAdded) -> Sequence[str]:
    """In whatever case it is written: two firms are not told apart by that."""
    return [] if event.external_ref is None else [unicodedata.normalize("NFC", event.external_ref.strip()).casefold()]


def _address(event: PersonRegistered) -> Sequence[str]:
    return [email_1(event.email.plain())]


def _new_address(event: PersonProfileChanged | AddressConfirmed) -> Sequence[str]:
    return [] if event.email is None else [email_1(event.email.plain())]


def _former_address(event: PersonProfileChanged | AddressConfirmed) -> Sequence[str]:
    return [] if event.former_email is None else [email_1(event.former_email.plain())]


def _identity(event: IdentityLinked) -> Sequence[str]:
    return [identity_1(event.provider, event.subject.plain())]


def _engagement(event: EngagementProposed | Closing) -> Sequence[str]:
    return [] if event.program_id is None else [engagement_place(event.program_id, event.client_id)]


def _returning(event: ParticipantEnrolled) -> Sequence[str]:
    return [] if event.returns_to is None else [engagement_place(event.returns_to, event.client_id)]


def _withdrawn(event: ParticipantWithdrawn) -> Sequence[str]:
    return [engagement_place(event.program_id, event.client_id)]


def _all_places(event: ProgramClosed) -> Sequence[str]:
    """Of an end of the program and an engagement that begins in it, one has to look anew."""
    return [engagement_place(event.program_id, client) for client in event.client_ids]


def coach_seats(program_id: UUID, coach_id: UUID, places: int) -> list[str]:
    """All the places of a coach in a program."""
    return [coach_seat(program_id, coach_id, seat) for seat in range(1, places + 1)]


def _pooled(event: CoachAddedToPool) -> Sequence[str]:
    return [] if event.returns_to is None else coach_seats(event.returns_to, event.coach_id, event.places_kept)


def _kept_no_more(event: CoachPoolLimitRevised) -> Sequence[str]:
    return coach_seats(event.program_id, event.coach_id, min(event.to, event.places_kept))[event.from_ :]


def _kept(event: CoachPoolLimitRevised) -> Sequence[str]:
    return coach_seats(event.program_id, event.coach_id, event.from_)[event.to :]


def _removed(event: CoachRemovedFromPool) -> Sequence[str]:
    return coach_seats(event.program_id, event.coach_id, event.max_engagements)


def _seat(event: CoachAssigned | CoachReassigned | Closing) -> Sequence[str]:
    if event.program_id is None or event.coach_id is None or event.seat is None:
        return []
    return [coach_seat(event.program_id, event.coach_id, event.seat)]


def _left_seat(event: CoachReassigned) -> Sequence[str]:
    if event.program_id is None or event.from_seat is None:
        return []
    return [coach_seat(event.program_id, event.from_coach_id, event.from_seat)]


def _last_number(event: Closing | CoachReassigned | EngagementNoticeGiven) -> Sequence[str]:
    """Of a booking and an end that meet, one has to look anew: no session is booked in an engagement that is over, with a coach who left it, or after its last day."""
    return [session_number(event.engagement_id, event.next_session_no)]


def _assessment(event: NeedsAssessmentLaunched | AssessmentClosed) -> Sequence[str]:
    return [f"{event.engagement_id}:{event.kind}"]


def _answered_alone(event: SelfAssessmentSubmitted) -> Sequence[str]:
    """With the client's answers one that asks nobody else is over."""
    return [f"{event.engagement_id}:{event.kind}"] if event.kind == "self" else []


def _plan(event: PlanDrafted) -> Sequence[str]:
    return [str(event.engagement_id)]


def _evaluation(event: EvaluationScheduled) -> Sequence[str]:
    return [f"{event.engagement_id}:{event.point}"]


def _survey(event: SurveyIssued | SurveyClosed) -> Sequence[str]:
    return [f"{event.program_id}:{event.audience}:{event.instrument}"]


def _reminder(event: ReminderPlanned | ReminderFailed) -> Sequence[str]:
    return [reminder(event.key)]


def _booked(event: SessionScheduled) -> Sequence[str]:
    return slots(event.coach_id, event.starts_at, event.minutes)


def _number(event: SessionScheduled) -> Sequence[str]:
    return [session_number(event.engagement_id, event.session_no)]


def _freed(event: SessionRescheduled) -> Sequence[str]:
    return slots(event.from_coach_id, event.from_, event.from_minutes)


def _moved(event: SessionRescheduled) -> Sequence[str]:
    return slots(event.coach_id, event.to, event.minutes)


def _cancelled(event: SessionCancelled) -> Sequence[str]:
    return slots(event.coach_id, event.starts_at, event.minutes)


class Rule(NamedTuple):
    """That an event takes claims of a kind, or gives them back: one for each of its values, of which there may be none."""

    kind: str
    values: Callable[[Any], Sequence[str]]
    takes: bool = True


ENDING: Final = (
    Rule(ENGAGEMENT, _engagement, takes=False),
    Rule(COACH_SEAT, _seat, takes=False),
    Rule(SESSION_NUMBER, _last_number),
)
"""What an engagement gives back at its end, whichever that is."""

CLAIMS: Final[dict[type[Event], tuple[Rule, ...]]] = {
    ClientOrganizationAdded: (Rule(CLIENT_ORGANIZATION, _reference),),
    PersonRegistered: (Rule(EMAIL, _address),),
    **dict.fromkeys((PersonProfileChanged, AddressConfirmed), (Rule(EMAIL, _former_address, takes=False), Rule(EMAIL, _new_address))),
    IdentityLinked: (Rule(IDENTITY, _identity),),
    ParticipantEnrolled: (Rule(ENGAGEMENT, _returning, takes=False),),
    ParticipantWithdrawn: (Rule(ENGAGEMENT, _withdrawn),),
    ProgramClosed: (Rule(ENGAGEMENT, _all_places),),
    CoachAddedToPool: (Rule(COACH_SEAT, _pooled, takes=False),),
    CoachPoolLimitRevised: (Rule(COACH_SEAT, _kept_no_more, takes=False), Rule(COACH_SEAT, _kept)),
    CoachRemovedFromPool: (Rule(COACH_SEAT, _removed),),
    EngagementProposed: (Rule(ENGAGEMENT, _engagement),),
    CoachAssigned: (Rule(COACH_SEAT, _seat),),
    CoachReassigned: (Rule(COACH_SEAT, _left_seat, takes=False), Rule(COACH_SEAT, _seat), Rule(SESSION_NUMBER, _last_number)),
    **dict.fromkeys((EngagementCompleted, EngagementEndedEarly, EngagementCancelled), ENDING),
    EngagementNoticeGiven: (Rule(SESSION_NUMBER, _last_number),),
    NeedsAssessmentLaunched: (Rule(ASSESSMENT, _assessment),),
    SelfAssessmentSubmitted: (Rule(ASSESSMENT, _answered_alone, takes=False),),
    AssessmentClosed: (Rule(ASSESSMENT, _assessment, takes=False),),
    PlanDrafted: (Rule(PLAN, _plan),),
    EvaluationScheduled: (Rule(EVALUATION, _evaluation),),
    SessionScheduled: (Rule(SESSION_NUMBER, _number), Rule(COACH_TIME, _booked)),
    SessionRescheduled: (Rule(COACH_TIME, _freed, takes=False), Rule(COACH_TIME, _moved)),
    SessionCancelled: (Rule(COACH_TIME, _cancelled, takes=False),),
    SurveyIssued: (Rule(SURVEY, _survey),),
    SurveyClosed: (Rule(SURVEY, _survey, takes=False),),
    ReminderPlanned: (Rule(REMINDER, _reminder),),
    ReminderFailed: (Rule(REMINDER, _reminder, takes=False),),
}
"""Event -> its rules, in their order: what gives back comes first."""
