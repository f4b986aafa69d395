"""Every refusal as an answer: `application/problem+json` (RFC 9457), with a status from one table.

The class name of a refusal in snake case is its code, its docstring the message. A class without a status stops the
start-up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeVar

from msgspec import Struct

from domain import errors as general
from domain.errors import (
    Refusal,
    answering,
    assessment,
    engagement,
    evaluation,
    organization,
    person,
    plan,
    program,
    reminder,
    report,
    session,
    survey,
)
from infra.eventstore.errors import IdempotencyKeyReused, UnknownTenant
from projections.kpi.period import PeriodUnknown
from services import errors as edge
from services.errors import Fault

E = TypeVar("E", bound=Exception)

BY_STATUS: Final[Mapping[int, tuple[type[Refusal], ...]]] = {
    400: (edge.Unreadable, PeriodUnknown),
    401: (edge.Unauthenticated,),
    403: (
        general.NotPermitted,
        edge.ScopeMissing,
        edge.KeyExceedsMaker,
        engagement.NotAParty,
        plan.NotDisclosed,
        engagement.OwnEmergencyRequest,
    ),
    404: (general.NotFound, UnknownTenant, edge.NotBegun),
    406: (edge.NotAcceptable,),
    408: (edge.BodyTooSlow,),
    409: (  # its state, or someone who was faster
        general.VersionConflict,
        *(organization.SlugTaken, organization.AlreadySuspended, organization.NotSuspended, organization.QuotaReached),
        *(organization.DuplicateReference, organization.InstrumentCodeTaken),
        *(general.AlreadyRegistered, person.PersonExists, person.RoleAlreadyGranted, person.RoleNotHeld, person.LastAdmin),
        *(program.CoachInPool, program.ProgramAlreadyOpen, program.ProgramNotOpen, program.ProgramFull),
        *(program.AlreadyEnrolled, program.NotEnrolled, program.ProgramClosedAlready, program.CoachNotPooled),
        *(program.CoachHasEngagements, program.EndEngagementFirst, program.EngagementsOpen, program.EngagementsExceedTerms),
        *(engagement.EngagementExists, engagement.CoachAtCapacity, engagement.CoachAlreadyAssigned),
        *(engagement.AgreementMissing, engagement.AgreementSignedAlready, engagement.StaleAgreement, engagement.AlreadySigned),
        *(engagement.AgreementNotSigned, engagement.RecontractingOpen),
        *(engagement.ChemistrySessionsExhausted, engagement.AlreadyAMember, engagement.NotAMember),
        *(engagement.RecontractingOpenAlready, engagement.RecontractingNotOpen, engagement.RecontractingBegun),
        *(
            engagement.EngagementNotContracted,
            engagement.EngagementNotActive,
            engagement.EngagementNotPaused,
            engagement.EngagementActive,
            engagement.EngagementEnded,
            engagement.FutureSessionsExist,
            engagement.EngagementAlreadyActive,
            engagement.NoticeGivenAlready,
            engagement.NoticeNotGiven,
            engagement.EngagementEnding,
        ),
        *(engagement.EmergencyAccessPending, engagement.EmergencyAccessOpen, engagement.EmergencyAccessAnswered),
        *(engagement.EmergencyRequestExpired, engagement.EmergencyAccessNotOpen),
        *(assessment.AssessmentOpen, assessment.AssessmentNotOpen, assessment.AssessmentClosed),
        *(answering.AlreadySubmitted, assessment.NeedAlreadyIdentified, assessment.AssessmentStarted, assessment.AssessmentStillOpen),
        *(assessment.AssessmentNotReleased, assessment.ResultsAlreadyReleased, assessment.TooManyRaters),
        *(plan.PlanExists, plan.PlanNotProposed, plan.PlanNotActive, plan.PlanAlreadyActive, plan.StalePlan),
        *(plan.AlreadyApproved, plan.TooManyActiveObjectives, plan.ObjectiveClosed, plan.ChangeMustBeProposed),
        *(plan.BaselineLocked, plan.StrategyDroppedAlready, plan.ActionClosed, plan.AlreadyCompleted, plan.MilestoneClosed),
        *(plan.DuplicateMeasurement, plan.ChangePending, plan.StaleChange, plan.ChangeDecided),
        *(plan.AlreadyWithdrawn, plan.NotLastVerdict, plan.ExerciseClosed),
        *(session.CoachUnavailable, session.SessionNumberTaken, session.SessionAllocationExhausted),
        *(session.SessionClosed, session.SessionBegun, session.AlreadyRated, session.LogExported, session.LogNotExported),
        *(person.LogEmpty, person.FieldManagedByScim, person.IdentityInUse, person.LegalHold, person.AlreadyErased),
        organization.HoldNotActive,
        *(evaluation.EvaluationExists, evaluation.AlreadyRecorded, evaluation.NothingRecorded),
        *(survey.SurveyOpen, survey.SurveyClosedAlready),
        *(reminder.ReminderPlannedAlready, reminder.ReminderClosed),
        *(report.ReportNotMade, report.TooManyReports),
        *(edge.LogUnreadable, edge.KeyEnded, edge.KeyReplaced),
    ),
    410: (general.SubjectErased, general.StreamErased, edge.LinkExpired, report.FileDiscarded),
    412: (edge.PreconditionFailed,),
    413: (edge.PayloadTooLarge,),
    415: (edge.UnsupportedMediaType,),
    422: (  # a rule
        *(edge.RoleNotGranted, edge.ScopesRequired, edge.ExpiryOutOfRange),
        *(edge.MomentAhead, edge.MomentUnknown, edge.MomentsReversed, edge.NothingMade),
        *(general.ReasonRequired, general.OccurredAtOutOfRange, general.PeriodAhead, general.ItemUnknown, IdempotencyKeyReused),
        *(
            organization.TimeZoneUnknown,
            organization.LocaleUnknown,
            organization.FloorTooLow,
            organization.RulesetUnknown,
            person.DutyConflict,
        ),
        organization.CompetencyNamedTwice,
        person.CredentialLevelUnknown,
        *(program.DatesInverted, program.SponsorRequired, program.CoachPoolEmpty, program.BeyondProgramTerms),
        *(program.NotACoach, program.NotAClient, program.NotASponsor, program.ClientOrganizationUnknown),
        *(engagement.SelfCoaching, engagement.CoachNotInPool, engagement.ConflictOfInterest, engagement.NoLeadCoach),
        *(engagement.CoachNotChosen, engagement.ClientMustAttend, engagement.NotAGroup),
        *(engagement.SignaturesMissing, engagement.FlowNotAgreed, engagement.FlowMissing, engagement.ConsentMissing),
        *(engagement.FinalEvaluationMissing, engagement.ObjectivesOpen, engagement.HandoverConsentMissing),
        engagement.NoticeTooShort,
        *(assessment.AnswerOutOfScale, assessment.AnswerIncomplete, assessment.RaterInTwoGroups, assessment.RaterNotEligible),
        assessment.BelowAnonymityFloor,
        *(assessment.EvidenceSuppressed, assessment.StatementMissing, assessment.NotOfRaters, assessment.OneAtATime),
        *(plan.PlanEmpty, plan.ApprovalsMissing, plan.ClientApprovalRequired, plan.AssessmentRequired, plan.ObjectiveNotSmart),
        *(plan.MeasureMissing, plan.MeasureHasData, plan.ScaleInvalid, plan.StrategyWithoutObjective),
        *(plan.ActionDueAfterEngagement, plan.OwnerNotAParty, plan.MilestoneAfterObjective, plan.DueInPast),
        *(plan.BenchmarkNotMet, plan.MeasuredBeforeBaseline, plan.WrongUnit, plan.ReviewGapTooLong),
        *(plan.LevelMissing, plan.NotItsEntry, plan.WeightOutOfRange, plan.AnswersIncomplete, plan.NamedTwice),
        *(session.StartsInPast, session.TimeUneven, session.SessionNotBegun, session.MinutesOutOfRange, session.HeadCountInvalid),
        *(session.StartsTooFar, session.NotInSeries, session.StrategyNotMeeting),
        *(
            session.VisibilityInvalid,
            session.NotAttended,
            session.NotThere,
            session.AttendeeUnknown,
            answering.RatingInstrumentUnknown,
            answering.RatingOutOfScale,
        ),
        *(evaluation.PlanVersionUnknown, evaluation.RatedTwice, evaluation.EstimateOutOfRange, report.AsOfInFuture, report.FileTellsMore),
    ),
    423: (organization.OrganizationSuspended,),
    428: (edge.PreconditionRequired,),
    429: (edge.NotNow, edge.AskedAlready, edge.TooManyAsk, edge.TooManyAttempts, edge.TooManyRequests),
    431: (edge.HeadTooLarge,),
}

STATUS: Final[Mapping[type[Refusal], int]] = {kind: status for status, kinds in BY_STATUS.items() for kind in kinds}


class Problem(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What went wrong, for a program (`code`, `errors`) and for a person (`title`, `detail`)."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    request_id: str
    errors: tuple[ProblemFault, ...] = ()
    facts: dict[str, Any] = {}


class ProblemFault(Struct, frozen=True):
    """One thing that is wrong: where, a code, and a sentence.

    `pointer` is a JSON pointer into the body, such as `/due_on`, or leads to another part: `/query/limit`, `/header/If-Match`.
    """

    pointer: str
    code: str
    detail: str


def snake(name: str) -> str:
    """`DueInPast` as `due_in_past`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def code_of(kind: type[Exception]) -> str:
    return snake(kind.__name__)


def refusals(*kinds: type[Refusal]) -> dict[str, int]:
    """Code -> status, as a route names what it may be refused with."""
    return {code_of(kind): STATUS[kind] for kind in kinds}


def meaning_of(kind: type[Exception]) -> str:
    """Its docstring, in one line."""
    return " ".join((kind.__doc__ or "").split())


def title_of(code: str) -> str:
    return code.replace("_", " ").capitalize()


def problem(
    code: str, status: int, detail: str, request_id: str, faults: tuple[Fault, ...] = (), facts: Mapping[str, Any] | None = None
) -> Problem:
    return Problem(
        type=f"/problems/{code}",
        title=title_of(code),
        status=status,
        detail=detail,
        code=code,
        request_id=request_id,
        errors=tuple(ProblemFault(*fault) for fault in faults),
        facts=dict(facts or {}),
    )


def refusal_problem(refusal: Refusal, request_id: str) -> Problem:
    """A refusal as its answer's body; its pointer, when it has one, becomes the one entry of `errors`."""
    code, detail = code_of(type(refusal)), detail_of(refusal)
    faults = refusal.faults if isinstance(refusal, edge.Unreadable) else ()
    if refusal.pointer is not None:
        faults = (Fault(refusal.pointer, code, detail),)
    return problem(code, STATUS[type(refusal)], detail, request_id, faults, refusal.facts)


def detail_of(refusal: Refusal) -> str:
    """In one line what was wrong and what cures it."""
    return " ".join((named(refusal) or str(refusal)).split())


def named(refusal: Refusal) -> str | None:
    """Of an id that nothing has: which field, and of what; None where the refusal says it, or it is another one."""
    if not isinstance(refusal, general.ItemUnknown) or str(refusal) != general.ItemUnknown.__doc__ or refusal.pointer is None:
        return None
    field = refusal.pointer.rpartition("/")[2]
    noun = field.removesuffix("_id").replace("_", " ")
    return f"`{field}` names no {noun} of what this was sent to: read that for its ids, and check that it was not meant for another one."


def without_status() -> list[str]:
    """Names of the refusals that the table forgot."""
    return sorted(kind.__name__ for kind in subclasses(Refusal) if kind not in STATUS)


def subclasses(kind: type[E]) -> Iterator[type[E]]:
    for sub in kind.__subclasses__():
        yield sub
        yield from subclasses(sub)
