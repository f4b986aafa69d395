"""What changed about an engagement between two moments: each event of it is one thing that became otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final
from uuid import UUID

from domain.difference import Difference, Kind
from domain.engagement.events import (
    AgreementDrafted,
    AgreementSigned,
    CoachAssigned,
    CoachReassigned,
    DisclosureConsentGranted,
    DisclosureConsentWithdrawn,
    EngagementActivated,
    EngagementCancelled,
    EngagementCompleted,
    EngagementEndedEarly,
    EngagementPaused,
    EngagementResumed,
    HandoverConsentGranted,
    HandoverConsentWithdrawn,
)
from domain.event import Event, Recorded

TRACED: Final[tuple[type[Event], ...]] = (
    *(CoachAssigned, CoachReassigned, HandoverConsentGranted, HandoverConsentWithdrawn),
    *(AgreementDrafted, AgreementSigned, EngagementActivated, EngagementPaused, EngagementResumed),
    *(EngagementCompleted, EngagementEndedEarly, EngagementCancelled),
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
        case AgreementDrafted(agreement_version=number):
            yield Difference(about="agreement", kind="drafted", to=number, versions=versions)
        case AgreementSigned(agreement_version=number, party=party):
            yield Difference(about="agreement", kind="signed", field=party, to=number, versions=versions)
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
        case EngagementCancelled(closed_on=on):
            yield Difference(about="engagement", kind="dropped", to=on, versions=versions)
        case DisclosureConsentGranted(subjects=subjects, until=until, recipient=recipient):
            for subject in subjects:
                yield Difference(
                    about="consent",
                    kind="granted",
                    id=recipient.person_id,
                    field=subject,
                    from_=recipient.role,
                    to=until,
                    versions=versions,
                )
        case DisclosureConsentWithdrawn(subjects=subjects, recipient=recipient):
            for subject in subjects:
                yield Difference(
                    about="consent", kind="withdrawn", id=recipient.person_id, field=subject, from_=recipient.role, versions=versions
                )


def handover(kind: Kind, coach: UUID | None, versions: tuple[int, ...]) -> Difference:
    """Where no coach is named, it is about whoever comes next."""
    whom = "next_coach" if coach is None else None
    return Difference(about="consent", kind=kind, id=coach, field="shared_notes", from_=whom, versions=versions)
