"""Everything that may be asked of an engagement."""

from domain.engagement.commands.agreement import (
    AmendAgreement,
    DraftAgreement,
    InformationFlowBody,
    OpenRecontracting,
    ReviseAgreementTerms,
    SignAgreement,
    TermsBody,
)
from domain.engagement.commands.consent import Disclosures, GrantDisclosureConsent, RecipientBody, WithdrawDisclosureConsent
from domain.engagement.commands.course import (
    ActivateEngagement,
    CancelEngagement,
    CompleteEngagement,
    EndEngagementEarly,
    PauseEngagement,
    Reasoned,
    ResumeEngagement,
)
from domain.engagement.commands.emergency import ApproveEmergencyAccess, DeclineEmergencyAccess, EndEmergencyAccess, RequestEmergencyAccess
from domain.engagement.commands.handover import GrantHandoverConsent, ReassignCoach, WithdrawHandoverConsent
from domain.engagement.commands.proposal import AssignCoach, ProposeEngagement

__all__ = [
    "ActivateEngagement",
    "AmendAgreement",
    "ApproveEmergencyAccess",
    "AssignCoach",
    "CancelEngagement",
    "CompleteEngagement",
    "DeclineEmergencyAccess",
    "Disclosures",
    "DraftAgreement",
    "EndEmergencyAccess",
    "EndEngagementEarly",
    "GrantDisclosureConsent",
    "GrantHandoverConsent",
    "InformationFlowBody",
    "OpenRecontracting",
    "PauseEngagement",
    "ProposeEngagement",
    "Reasoned",
    "ReassignCoach",
    "RecipientBody",
    "RequestEmergencyAccess",
    "ResumeEngagement",
    "ReviseAgreementTerms",
    "SignAgreement",
    "TermsBody",
    "WithdrawDisclosureConsent",
    "WithdrawHandoverConsent",
]
