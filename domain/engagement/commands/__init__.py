"""Everything that may be asked of an engagement."""

from domain.engagement.commands.agreement import DraftAgreement, InformationFlowBody, SignAgreement
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
from domain.engagement.commands.proposal import AssignCoach, ProposeEngagement

__all__ = [
    "ActivateEngagement",
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
    "InformationFlowBody",
    "PauseEngagement",
    "ProposeEngagement",
    "Reasoned",
    "RecipientBody",
    "RequestEmergencyAccess",
    "ResumeEngagement",
    "SignAgreement",
    "WithdrawDisclosureConsent",
]
