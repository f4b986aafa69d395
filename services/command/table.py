"""The table of commands: the noun of each, whether it begins a stream, and who fills the context that it is decided in.

The routes, the policy's actions, the catalogue and the OpenAPI document follow from it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final, Literal, NamedTuple, TypeAlias, get_args
from uuid import UUID

from domain.access import commands as access
from domain.assessment import commands as assessment
from domain.command import Command
from domain.context import Context
from domain.engagement import commands as engagement
from domain.evaluation import commands as evaluation
from domain.event import Event
from domain.organization import commands as organization
from domain.person import commands as person
from domain.plan import commands as plan
from domain.plan.decide.gate import unmet_today
from domain.plan.events import Change
from domain.plan.smart.verdict import Unmet
from domain.program import commands as program
from domain.reminder import commands as reminder
from domain.report import commands as report
from domain.session import commands as session
from domain.session.events import SessionCancelled
from domain.survey import commands as survey
from services.access.handlers import access_context
from services.assessment.handlers import assessment_context
from services.command.call import Call
from services.command.early import EARLY, early
from services.engagement.handlers import SHIFTS, engagement_context, shifting
from services.engagement.handover import ending, freeing
from services.evaluation.handlers import evaluation_context
from services.evaluation.promise import PROMISED, promising
from services.organization.handlers import organization_context
from services.person.handlers import person_context
from services.plan.handlers import plan_context
from services.program.handlers import program_context
from services.reminder.handlers import reminder_context
from services.report.handlers import report_context
from services.session.handlers import session_context
from services.session.series import booking, calling_off, moving
from services.survey.handlers import survey_context

Parent: TypeAlias = Literal["engagement_id", "program_id", "subject_id"]
Handler: TypeAlias = Callable[[Call], Awaitable[Context]]
Entailing: TypeAlias = Callable[[Call, Sequence[Event]], Awaitable[Sequence[tuple[UUID, Command]]]]
"""By what came of a command, the streams that it entails something for, with the command that says what."""
Warns: TypeAlias = Callable[[Any, Any], Sequence[Unmet]]
"""By the state and the context that a command was decided in."""


class Entry(NamedTuple):
    """One command. `parent` is the field that names what a new stream is begun under; not `offered`: not over HTTP.

    `also` are events that follow without being named in its rule, `entails` are commands that follow from it for other streams, `warns`
    says what the next command would be refused for, as things stand.
    """

    command: type[Command]
    noun: str
    context: Handler
    begins: bool = False
    parent: Parent | None = None
    offered: bool = True
    also: tuple[type[Event], ...] = ()
    entails: Entailing | None = None
    warns: Warns | None = None

    @property
    def of_oneself(self) -> bool:
        """Whether somebody who is coached in a group speaks by it of themselves, and not for the group."""
        return self.command in OF_ONESELF


OF_ONESELF: Final[tuple[type[Command], ...]] = (
    *(session.RateSession, session.CaptureInsight, session.ReviewCommitment),
    *(plan.CompleteAction, plan.AnswerExercise, plan.RecordClientInput),
    assessment.SubmitSelfAssessment,
)
CREDENTIAL: Final[tuple[type[Command], ...]] = (
    *(person.RecordCoachCredential, person.ExportCredentialLog, person.GrantListingConsent, person.WithdrawListingConsent),
    *(person.RecordCoachDevelopment, person.WithdrawCoachDevelopment),
)
LIFE: Final[tuple[type[Command], ...]] = (
    *(person.ChangePersonProfile, person.LinkIdentity, person.DeprovisionPerson, person.RequestPersonErasure),
)
MEMBERSHIP: Final[tuple[type[Command], ...]] = (person.GrantMembership, person.ChangeMembershipRole, person.RevokeMembership)
PROGRAM: Final[tuple[type[Command], ...]] = (
    *(program.OpenProgram, program.ReviseProgramTerms, program.CloseProgram, program.AddCoachToPool, program.RemoveCoachFromPool),
    *(program.EnrolParticipant, program.WithdrawParticipant),
)
ENGAGEMENT: Final[tuple[type[Command], ...]] = (
    engagement.AssignCoach,
    *(engagement.HoldChemistrySession, engagement.DeclareConflictOfInterest, engagement.ResolveConflictOfInterest),
    *(engagement.HoldAlignmentMeeting, engagement.AddMember, engagement.RemoveMember),
    engagement.DraftAgreement,
    engagement.ReviseAgreementTerms,
    engagement.GrantHandoverConsent,
    engagement.WithdrawHandoverConsent,
    engagement.SignAgreement,
    engagement.OpenRecontracting,
    engagement.WithdrawRecontracting,
    engagement.AmendAgreement,
    engagement.GrantDisclosureConsent,
    engagement.WithdrawDisclosureConsent,
    engagement.RequestEmergencyAccess,
    engagement.ApproveEmergencyAccess,
    engagement.DeclineEmergencyAccess,
    engagement.EndEmergencyAccess,
    engagement.PauseEngagement,
    engagement.WithdrawEngagementNotice,
    engagement.CancelEngagement,
)
BOUNDS: Final[tuple[type[Command], ...]] = (
    engagement.ActivateEngagement,
    engagement.CompleteEngagement,
)
ASSESSMENT: Final[tuple[type[Command], ...]] = (
    *(assessment.NominateRater, assessment.DecideRaterNomination, assessment.SubmitSelfAssessment, assessment.CloseAssessment),
    *(assessment.ReleaseAssessmentResults, assessment.DebriefAssessment, assessment.IdentifyNeed),
)
PLAN: Final[tuple[type[Command], ...]] = tuple(
    getattr(plan, name)
    for name in plan.__all__
    if name not in {"DraftPlan", "ProposePlan", "AcceptChange", "MissMilestone", "ShiftDueDates"}
)

SESSION: Final[tuple[type[Command], ...]] = (
    *(session.CompleteSession, session.RecordSessionNoShow),
    *(session.MakeSessionAgreement, session.CaptureInsight, session.ReviewCommitment),
    *(session.RecordSessionNote, session.RecordReflection, session.RateSession, session.CorrectSessionTime),
    session.CounterSessionTime,
)
REMINDER: Final[tuple[type[Command], ...]] = (reminder.SendReminder, reminder.SuppressReminder, reminder.FailReminder)

ENTRIES: Final = (
    Entry(organization.RegisterOrganization, "organization", organization_context, begins=True, offered=False),
    Entry(organization.SetOrganizationPolicy, "organization", organization_context),
    Entry(organization.PlaceLegalHold, "organization", organization_context),
    Entry(organization.ReleaseLegalHold, "organization", organization_context),
    Entry(organization.SuspendOrganization, "organization", organization_context, offered=False),
    Entry(organization.ReinstateOrganization, "organization", organization_context, offered=False),
    Entry(organization.AdoptRuleset, "organization", organization_context),
    Entry(organization.AddClientOrganization, "organization", organization_context),
    Entry(organization.DefinePlanTemplate, "organization", organization_context),
    Entry(organization.RetirePlanTemplate, "organization", organization_context),
    Entry(organization.AddInstrument, "organization", organization_context),
    Entry(organization.RetireInstrument, "organization", organization_context),
    Entry(person.RegisterPerson, "person", person_context, begins=True),
    *(Entry(command, "person", person_context) for command in (*MEMBERSHIP, *CREDENTIAL, *LIFE)),
    *(Entry(command, "person", person_context, offered=False) for command in (person.ConfirmAddress, person.KeepAddress)),
    Entry(person.ErasePerson, "person", person_context, offered=False),
    Entry(program.DefineProgram, "program", program_context, begins=True),
    *(Entry(command, "program", program_context) for command in PROGRAM),
    Entry(engagement.ProposeEngagement, "engagement", engagement_context, begins=True, parent="program_id"),
    *(Entry(command, "engagement", engagement_context) for command in ENGAGEMENT),
    *(Entry(command, "engagement", engagement_context, also=PROMISED, entails=promising) for command in BOUNDS),
    Entry(engagement.ReassignCoach, "engagement", engagement_context, also=(SessionCancelled,), entails=freeing),
    Entry(engagement.EndEngagementEarly, "engagement", engagement_context, also=EARLY, entails=early),
    Entry(engagement.EndAfterNotice, "engagement", engagement_context, also=EARLY, entails=early, offered=False),
    Entry(engagement.EndForErasure, "engagement", engagement_context, also=(SessionCancelled,), entails=ending, offered=False),
    Entry(engagement.ResumeEngagement, "engagement", engagement_context, also=SHIFTS, entails=shifting),
    Entry(assessment.LaunchNeedsAssessment, "assessment", assessment_context, begins=True, parent="engagement_id"),
    *(Entry(command, "assessment", assessment_context) for command in ASSESSMENT),
    Entry(plan.DraftPlan, "plan", plan_context, begins=True, parent="engagement_id"),
    Entry(plan.ProposePlan, "plan", plan_context, warns=unmet_today),
    *(Entry(command, "plan", plan_context) for command in PLAN),
    Entry(plan.MissMilestone, "plan", plan_context, offered=False),
    Entry(plan.ShiftDueDates, "plan", plan_context, offered=False),
    Entry(plan.AcceptChange, "plan", plan_context, also=get_args(Change)),  # the change that was proposed
    Entry(session.ScheduleSession, "session", session_context, begins=True, parent="engagement_id", entails=booking),
    Entry(session.RescheduleSession, "session", session_context, entails=moving),
    Entry(session.CancelSession, "session", session_context, entails=calling_off),
    *(Entry(command, "session", session_context) for command in SESSION),
    Entry(evaluation.ScheduleEvaluation, "evaluation", evaluation_context, begins=True, parent="engagement_id"),
    Entry(evaluation.RecordEvaluation, "evaluation", evaluation_context),
    Entry(evaluation.CorrectEvaluation, "evaluation", evaluation_context),
    Entry(evaluation.AcknowledgeEvaluation, "evaluation", evaluation_context),
    Entry(evaluation.ScheduleProgramPoint, "evaluation", evaluation_context, begins=True, parent="engagement_id", offered=False),
    Entry(evaluation.ShiftDueDate, "evaluation", evaluation_context, offered=False),
    Entry(survey.IssueSurvey, "survey", survey_context, begins=True, parent="program_id"),
    Entry(survey.CloseSurvey, "survey", survey_context),
    Entry(reminder.PlanReminder, "reminder", reminder_context, begins=True, parent="engagement_id", offered=False),
    *(Entry(command, "reminder", reminder_context, offered=False) for command in REMINDER),
    Entry(report.RequestReport, "report", report_context, begins=True, parent="subject_id"),
    Entry(report.ShareReport, "report", report_context),
    Entry(report.GenerateReport, "report", report_context, offered=False),
    Entry(report.DiscardReport, "report", report_context, offered=False),
    Entry(access.AccessRecord, "access", access_context, begins=True, offered=False),
)

TABLE: Final[dict[type[Command], Entry]] = {entry.command: entry for entry in ENTRIES}
