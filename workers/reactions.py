"""What happens because something happened: each event, and the actors that are sent a job when it was recorded.

An actor gets `(tenant, stream, version, position)` of the event, and looks up what else it needs. It has to bear being run
twice. An event that nothing follows from says so; from history that is imported nothing follows (`workers/follower.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from dramatiq import Actor

from domain.access import events as access
from domain.assessment import events as assessment
from domain.engagement import events as engagement
from domain.evaluation import events as evaluation
from domain.event import Event
from domain.organization import events as organization
from domain.person import events as person
from domain.plan import events as plan
from domain.program import events as program
from domain.reminder import events as reminder
from domain.report import events as report
from domain.session import events as session
from domain.survey import events as survey
from workers.assessment.actor import invite_raters
from workers.emergency.actor import tell_client, tell_coach
from workers.notice.actor import tell_other
from workers.person.actor import ask_for_address, end_keys, erase_person, tell_former_address
from workers.report.actor import make_report
from workers.report.due import request_evaluated
from workers.signature.actor import ask_client, ask_coach, ask_member, ask_sponsor
from workers.survey.actor import invite_respondents

Actors = tuple[Actor[[str, str, int, int], Any], ...]
NONE: Final[Actors] = ()

REACTIONS: Final[Mapping[type[Event], Actors]] = {
    organization.OrganizationRegistered: NONE,
    organization.OrganizationPolicySet: NONE,
    organization.RulesetAdopted: NONE,
    organization.PlanTemplateDefined: NONE,
    organization.PlanTemplateRetired: NONE,
    organization.InstrumentAdded: NONE,
    organization.InstrumentRetired: NONE,
    organization.ClientOrganizationAdded: NONE,
    organization.OrganizationSuspended: NONE,
    organization.OrganizationReinstated: NONE,
    organization.LegalHoldPlaced: NONE,
    organization.LegalHoldReleased: NONE,
    person.PersonRegistered: NONE,
    person.PersonProfileChanged: (tell_former_address,),
    person.AddressChangeAsked: (ask_for_address,),
    person.AddressKept: NONE,
    person.AddressConfirmed: (tell_former_address,),
    person.IdentityLinked: NONE,
    person.PersonDeprovisioned: (end_keys,),
    person.PersonErasureRequested: (end_keys, erase_person),
    person.PersonErased: NONE,
    person.MembershipGranted: NONE,
    person.MembershipRoleChanged: NONE,
    person.MembershipRevoked: NONE,
    person.CoachCredentialRecorded: NONE,
    person.CoachDevelopmentRecorded: NONE,
    person.CoachDevelopmentWithdrawn: NONE,
    person.CredentialLogExported: NONE,
    person.ListingConsentGranted: NONE,
    person.ListingConsentWithdrawn: NONE,
    program.ProgramDefined: NONE,
    program.ProgramOpened: NONE,
    program.ProgramTermsRevised: NONE,
    program.ProgramClosed: NONE,
    program.CoachAddedToPool: NONE,
    program.CoachPoolLimitRevised: NONE,
    program.CoachRemovedFromPool: NONE,
    program.ParticipantEnrolled: NONE,
    program.ParticipantWithdrawn: NONE,
    engagement.EngagementProposed: NONE,
    engagement.CoachAssigned: NONE,
    engagement.CoachReassigned: NONE,
    engagement.HandoverConsentGranted: NONE,
    engagement.HandoverConsentWithdrawn: NONE,
    engagement.ChemistrySessionHeld: NONE,
    engagement.ConflictOfInterestDeclared: NONE,
    engagement.ConflictOfInterestResolved: NONE,
    engagement.AlignmentMeetingHeld: NONE,
    engagement.MemberAdded: (ask_member,),
    engagement.MemberRemoved: NONE,
    engagement.AgreementDrafted: (ask_client, ask_coach, ask_sponsor),
    engagement.AgreementTermsRevised: (ask_client, ask_coach, ask_sponsor),
    engagement.AgreementSigned: NONE,
    engagement.RecontractingOpened: NONE,
    engagement.RecontractingWithdrawn: NONE,
    engagement.AgreementAmended: NONE,
    engagement.EngagementActivated: NONE,
    engagement.EngagementPaused: NONE,
    engagement.EngagementResumed: NONE,
    engagement.EngagementCompleted: NONE,
    engagement.EngagementEndedEarly: NONE,
    engagement.EngagementCancelled: NONE,
    engagement.EngagementNoticeGiven: (tell_other,),
    engagement.EngagementNoticeWithdrawn: (tell_other,),
    engagement.EmergencyAccessRequested: NONE,
    engagement.EmergencyAccessApproved: (tell_client, tell_coach),
    engagement.EmergencyAccessDeclined: NONE,
    engagement.EmergencyAccessEnded: NONE,
    engagement.DisclosureConsentGranted: NONE,
    engagement.DisclosureConsentWithdrawn: NONE,
    assessment.NeedsAssessmentLaunched: NONE,
    assessment.RaterNominated: NONE,
    assessment.RaterNominationDecided: (invite_raters,),
    assessment.SelfAssessmentSubmitted: NONE,
    assessment.RaterFeedbackSubmitted: NONE,
    assessment.AssessmentClosed: NONE,
    assessment.AssessmentResultsReleased: NONE,
    assessment.AssessmentDebriefed: NONE,
    assessment.NeedIdentified: NONE,
    plan.PlanDrafted: NONE,
    plan.ObjectiveDefined: NONE,
    plan.ObjectiveRefined: NONE,
    plan.ObjectiveReprioritized: NONE,
    plan.BaselineRecorded: NONE,
    plan.AttainmentScaleDefined: NONE,
    plan.ClientInputRecorded: NONE,
    plan.SponsorCommented: NONE,
    plan.ExerciseOffered: NONE,
    plan.ExerciseAnswered: NONE,
    plan.ExerciseWithdrawn: NONE,
    plan.StrategyAdopted: NONE,
    plan.StrategyRevised: NONE,
    plan.StrategyDropped: NONE,
    plan.ActionCommitted: NONE,
    plan.ActionCompleted: NONE,
    plan.ActionRescheduled: NONE,
    plan.ActionDropped: NONE,
    plan.MilestoneSet: NONE,
    plan.MilestoneAdjusted: NONE,
    plan.MilestoneReached: NONE,
    plan.MilestoneMissed: NONE,
    plan.MilestoneWithdrawn: NONE,
    plan.PlanProposed: (tell_other,),
    plan.PlanApproved: NONE,
    plan.PlanActivated: NONE,
    plan.ProgressMeasured: NONE,
    plan.MeasurementCorrected: NONE,
    plan.WinAcknowledged: NONE,
    plan.PlanReviewed: NONE,
    plan.EntryWithdrawn: NONE,
    plan.ObjectiveConcluded: NONE,
    plan.ChangeProposed: (tell_other,),
    plan.ChangeAccepted: NONE,
    plan.ChangeDeclined: NONE,
    plan.DueDatesShifted: NONE,
    session.SessionScheduled: (tell_other,),
    session.SessionRescheduled: (tell_other,),
    session.SessionCancelled: (tell_other,),
    session.SessionAgreementMade: NONE,
    session.InsightCaptured: NONE,
    session.CommitmentReviewed: NONE,
    session.SessionCompleted: NONE,
    session.SessionNoShowRecorded: NONE,
    session.SessionNoteRecorded: NONE,
    session.ReflectionRecorded: NONE,
    session.SessionRated: NONE,
    session.SessionTimeCorrected: NONE,
    session.SessionTimeCountered: NONE,
    evaluation.EvaluationScheduled: NONE,
    evaluation.DueDateShifted: NONE,
    evaluation.EvaluationCorrected: NONE,
    evaluation.EvaluationAcknowledged: NONE,
    evaluation.EvaluationRecorded: (request_evaluated, tell_other),
    survey.SurveyIssued: (invite_respondents,),
    survey.SurveyResponseSubmitted: NONE,
    survey.SurveyClosed: NONE,
    reminder.ReminderPlanned: NONE,
    reminder.ReminderSent: NONE,
    reminder.ReminderSuppressed: NONE,
    reminder.ReminderFailed: NONE,
    report.ReportRequested: (make_report,),
    report.ReportGenerated: NONE,
    report.ReportShared: NONE,
    report.ReportDiscarded: NONE,
    access.RecordAccessed: NONE,
}
