"""Everything that may be asked of an engagement."""

from domain.engagement.commands.agreement import (
    AmendAgreement,
    DraftAgreement,
    InformationFlowBody,
    OpenRecontracting,
    ReviseAgreementTerms,
    SignAgreement,
    TermsBody,
    WithdrawRecontracting,
)
from domain.engagement.commands.alignment import HoldAlignmentMeeting
from domain.engagement.commands.choice import DeclareConflictOfInterest, HoldChemistrySession, ResolveConflictOfInterest
from domain.engagement.commands.consent import Disclosures, GrantDisclosureConsent, RecipientBody, WithdrawDisclosureConsent
from domain.engagement.commands.course import (
    ActivateEngagement,
    CancelEngagement,
    CompleteEngagement,
    EndAfterNotice,
    EndEngagementEarly,
    EndForErasure,
    PauseEngagement,
    Reasoned,
    ResumeEngagement,
    WithdrawEngagementNotice,
)
from domain.engagement.commands.emergency import ApproveEmergencyAccess, DeclineEmergencyAccess, EndEmergencyAccess, RequestEmergencyAccess
from domain.engagement.commands.handover import GrantHandoverConsent, ReassignCoach, WithdrawHandoverConsent
from domain.engagement.commands.member import AddMember, RemoveMember
from domain.engagement.commands.proposal import AssignCoach, ProposeEngagement

__all__ = [
    "ActivateEngagement",
    "AddMember",
    "AmendAgreement",
    "ApproveEmergencyAccess",
    "AssignCoach",
    "CancelEngagement",
    "CompleteEngagement",
    "DeclareConflictOfInterest",
    "DeclineEmergencyAccess",
    "Disclosures",
    "DraftAgreement",
    "EndAfterNotice",
    "EndEmergencyAccess",
    "EndEngagementEarly",
    "EndForErasure",
    "GrantDisclosureConsent",
    "GrantHandoverConsent",
    "HoldAlignmentMeeting",
    "HoldChemistrySession",
    "InformationFlowBody",
    "OpenRecontracting",
    "PauseEngagement",
    "ProposeEngagement",
    "Reasoned",
    "ReassignCoach",
    "RecipientBody",
    "RemoveMember",
    "RequestEmergencyAccess",
    "ResolveConflictOfInterest",
    "ResumeEngagement",
    "ReviseAgreementTerms",
    "SignAgreement",
    "TermsBody",
    "WithdrawDisclosureConsent",
    "WithdrawEngagementNotice",
    "WithdrawHandoverConsent",
    "WithdrawRecontracting",
]
