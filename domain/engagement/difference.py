"""What changed about an engagement between two moments: each event of it is one thing that became otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final
from uuid import UUID

from domain.difference import Difference, Kind
from domain.engagement.events import (
    AgreementAmended,
    AgreementDrafted,
    AgreementSigned,
    AgreementTerms,
    AgreementTermsRevised,
    AlignmentMeetingHeld,
    CoachAssigned,
    CoachReassigned,
    DisclosureConsentGranted,
    DisclosureConsentWithdrawn,
    EngagementActivated,
    EngagementCancelled,
    EngagementCompleted,
    EngagementEndedEarly,
    EngagementNoticeGiven,
    EngagementNoticeWithdrawn,
    EngagementPaused,
    EngagementResumed,
    HandoverConsentGranted,
    HandoverConsentWithdrawn,
    MemberAdded,
    MemberRemoved,
    RecontractingOpened,
    RecontractingWithdrawn,
)
from domain.event import Event, Recorded

TRACED: Final[tuple[type[Event], ...]] = (
    *(AgreementTermsRevised, RecontractingOpened, RecontractingWithdrawn, AgreementAmended),
    *(AlignmentMeetingHeld, MemberAdded, MemberRemoved),
    *(CoachAssigned, CoachReassigned, HandoverConsentGranted, HandoverConsentWithdrawn),
    *(AgreementDrafted, AgreementSigned, EngagementActivated, EngagementPaused, EngagementResumed),
    *(EngagementCompleted, EngagementEndedEarly, EngagementCancelled, EngagementNoticeGiven, EngagementNoticeWithdrawn),
    *(DisclosureConsentGranted, DisclosureConsentWithdrawn),
)
"""The events that are differences."""


def differences(events: Iterable[Recorded[Any]]) -> list[Difference]:
    """`events` are those of the engagement that the later moment holds and the earlier one does not."""
    return [one for recorded in events for one in of_event(recorded)]


def of_event(recorded: Recorded[Any]) -> Iterator[Difference]:
    versions = (recorded.version,)
    match recorded.event:
        case CoachAssigned(coach_id=coach):
            yield Difference(about="engagement", kind="assigned", to=coach, versions=versions)
        case CoachReassigned(from_coach_id=former, coach_id=coach):
            yield Difference(about="engagement", kind="assigned", from_=former, to=coach, versions=versions)
        case HandoverConsentGranted(coach_id=coach):
            yield handover("granted", coach, versions)
        case HandoverConsentWithdrawn(coach_id=coach):
            yield handover("withdrawn", coach, versions)
        case AgreementTerms() | AgreementSigned() | RecontractingOpened() | RecontractingWithdrawn() | AgreementAmended():
            yield of_agreement(recorded.event, versions)
        case AlignmentMeetingHeld(kind=kind, held_on=on):
            yield Difference(about="engagement", kind="reviewed", field=kind, to=on, versions=versions)
        case MemberAdded(client_id=client):
            yield Difference(about="engagement", kind="added", id=client, versions=versions)
        case MemberRemoved(client_id=client):
            yield Difference(about="engagement", kind="withdrawn", id=client, versions=versions)
        case EngagementActivated(planned_end=planned_end):
            yield Difference(about="engagement", kind="activated", to=planned_end, versions=versions)
        case EngagementPaused(paused_on=paused_on):
            yield Difference(about="engagement", kind="paused", to=paused_on, versions=versions)
        case EngagementResumed(planned_end=planned_end):
            yield Difference(about="engagement", kind="resumed", to=planned_end, versions=versions)
        case EngagementCompleted(closed_on=on):
            yield Difference(about="engagement", kind="completed", to=on, versions=versions)
        case EngagementEndedEarly(closed_on=on):
            yield Difference(about="engagement", kind="concluded", to=on, versions=versions)
        case EngagementNoticeGiven(ends_on=on):
            yield Difference(about="engagement", kind="moved", field="last_day", to=on, versions=versions)
        case EngagementNoticeWithdrawn(ends_on=on):
            yield Difference(about="engagement", kind="reopened", field="last_day", from_=on, versions=versions)
        case EngagementCancelled(closed_on=on):
            yield Difference(about="engagement", kind="dropped", to=on, versions=versions)
        case DisclosureConsentGranted() | DisclosureConsentWithdrawn():
            yield from of_consent(recorded.event, versions)


def of_agreement(
    event: AgreementTerms | AgreementSigned | RecontractingOpened | RecontractingWithdrawn | AgreementAmended, versions: tuple[int, ...]
) -> Difference:
    number = event.agreement_version
    match event:
        case AgreementTerms():
            return Difference(about="agreement", kind="drafted", to=number, versions=versions)
        case AgreementSigned(party=party):
            return Difference(about="agreement", kind="signed", field=party, to=number, versions=versions)
        case RecontractingOpened():
            return Difference(about="agreement", kind="reopened", to=number, versions=versions)
        case RecontractingWithdrawn():
            return Difference(about="agreement", kind="withdrawn", to=number, versions=versions)
        case AgreementAmended(supersedes=old):
            return Difference(about="agreement", kind="activated", from_=old, to=number, versions=versions)


def of_consent(event: DisclosureConsentGranted | DisclosureConsentWithdrawn, versions: tuple[int, ...]) -> Iterator[Difference]:
    """Each class of content by itself."""
    recipient = event.recipient
    kind: Kind = "granted" if isinstance(event, DisclosureConsentGranted) else "withdrawn"
    until = event.until if isinstance(event, DisclosureConsentGranted) else None
    for subject in event.subjects:
        yield Difference(
            about="consent", kind=kind, id=recipient.person_id, field=subject, from_=recipient.role, to=until, versions=versions
        )


def handover(kind: Kind, coach: UUID | None, versions: tuple[int, ...]) -> Difference:
    """Where no coach is named, it is about whoever comes next."""
    whom = "next_coach" if coach is None else None
    return Difference(about="consent", kind=kind, id=coach, field="shared_notes", from_=whom, versions=versions)
