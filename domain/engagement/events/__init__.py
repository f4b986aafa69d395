"""Everything that can have happened to an engagement, with its agreement and the client's consent."""

from domain.engagement.events.agreement import (
    AgreementAmended,
    AgreementDrafted,
    AgreementSigned,
    AgreementTerms,
    AgreementTermsRevised,
    AiUse,
    InformationFlow,
    RecontractingOpened,
    RecontractingWithdrawn,
    Signatory,
    SigningMethod,
    Term,
)
from domain.engagement.events.alignment import AlignmentMeetingHeld
from domain.engagement.events.choice import ChemistrySessionHeld, ConflictOfInterestDeclared, ConflictOfInterestResolved
from domain.engagement.events.consent import DisclosureConsentGranted, DisclosureConsentWithdrawn, Recipient
from domain.engagement.events.course import (
    Closing,
    Ender,
    EngagementActivated,
    EngagementCancelled,
    EngagementCompleted,
    EngagementEndedEarly,
    EngagementNoticeGiven,
    EngagementNoticeWithdrawn,
    EngagementPaused,
    EngagementResumed,
    ReasonedClosing,
    ReasonedEvent,
)
from domain.engagement.events.emergency import (
    EmergencyAccessApproved,
    EmergencyAccessDeclined,
    EmergencyAccessEnded,
    EmergencyAccessRequested,
)
from domain.engagement.events.handover import CoachReassigned, HandoverConsentGranted, HandoverConsentWithdrawn
from domain.engagement.events.member import MemberAdded, MemberRemoved
from domain.engagement.events.proposal import CoachAssigned, EngagementKind, EngagementProposed

__all__ = [
    "AgreementAmended",
    "AgreementDrafted",
    "AgreementSigned",
    "AgreementTerms",
    "AgreementTermsRevised",
    "AiUse",
    "AlignmentMeetingHeld",
    "ChemistrySessionHeld",
    "Closing",
    "CoachAssigned",
    "CoachReassigned",
    "ConflictOfInterestDeclared",
    "ConflictOfInterestResolved",
    "DisclosureConsentGranted",
    "DisclosureConsentWithdrawn",
    "EmergencyAccessApproved",
    "EmergencyAccessDeclined",
    "EmergencyAccessEnded",
    "EmergencyAccessRequested",
    "Ender",
    "EngagementActivated",
    "EngagementCancelled",
    "EngagementCompleted",
    "EngagementEndedEarly",
    "EngagementKind",
    "EngagementNoticeGiven",
    "EngagementNoticeWithdrawn",
    "EngagementPaused",
    "EngagementProposed",
    "EngagementResumed",
    "HandoverConsentGranted",
    "HandoverConsentWithdrawn",
    "InformationFlow",
    "MemberAdded",
    "MemberRemoved",
    "ReasonedClosing",
    "ReasonedEvent",
    "Recipient",
    "RecontractingOpened",
    "RecontractingWithdrawn",
    "Signatory",
    "SigningMethod",
    "Term",
]
