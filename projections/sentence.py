"""Events as plain sentences: a table event -> template, filled with names, dates and, where they may be seen, words.

The templates are English; how another language says each, and what it writes days, numbers and codes like, its `Tongue` knows.
In a template `{field}` is a field of the event, `{a.b}` a field of a field; `{field:, due }` writes ", due " before it, and
nothing at all when there is none; `{field:?}` also leaves out what is not there. An id reads as what it is called at that moment: labels follow the events.
"""

from __future__ import annotations

import string
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final, Protocol, TypeAlias
from uuid import UUID

from domain.assessment import events as assessment
from domain.engagement import events as engagement
from domain.evaluation import correction
from domain.evaluation import events as evaluation
from domain.event import Event
from domain.plan import events as plan
from domain.reminder import events as reminder
from domain.report import events as report
from domain.session import events as session
from domain.values import Personal

Labels: TypeAlias = dict[UUID, "str | Personal[str]"]
"""Id -> what it is called: a person's name, an objective's title."""

TEMPLATES: Final[dict[type[Any], str]] = {
    engagement.EngagementProposed: "proposed to coach {client_id}",
    engagement.CoachAssigned: "assigned {coach_id} as coach, chosen by the {chosen_by}",
    engagement.CoachReassigned: "gave the coaching over from {from_coach_id} to {coach_id} on {effective_on}, handing over: {handover_scope}",
    engagement.HandoverConsentGranted: "allowed that the next coach reads the shared notes of earlier sessions{coach_id:, if it is }",
    engagement.HandoverConsentWithdrawn: "no longer allows that another coach reads the shared notes of earlier sessions",
    engagement.ChemistrySessionHeld: "noted that the client talked with {coach_id} on {held_on}; to be coached by them: {choice}",
    engagement.ConflictOfInterestDeclared: "declared a conflict of interest of {coach_id} ({kind})",
    engagement.ConflictOfInterestResolved: "took back a conflict of interest of {coach_id} ({kind})",
    engagement.AlignmentMeetingHeld: "held an alignment meeting ({kind}) on {held_on}, with {attendees}{agreed_points:; agreed: }",
    engagement.MemberAdded: "added {client_id} to the group on {joined_on}, which are {head_count}",
    engagement.MemberRemoved: "took {client_id} out of the group on {left_on}, who are {head_count} now",
    engagement.AgreementDrafted: "drafted version {agreement_version} of the agreement: {sessions} sessions, one every {cadence_days} days",
    engagement.AgreementTermsRevised: "revised the terms, version {agreement_version}: {sessions} sessions, one every {cadence_days} days",
    engagement.AgreementSigned: "signed version {agreement_version} of the agreement for the {party} side",
    engagement.RecontractingOpened: "asked to agree anew on version {agreement_version} of the agreement: {changes}",
    engagement.RecontractingWithdrawn: "took back that version {agreement_version} of the agreement is agreed anew",
    engagement.AgreementAmended: "put version {agreement_version} of the agreement into force, instead of version {supersedes}{narrowed:; the sponsor no longer sees: }",
    engagement.EngagementActivated: "began the coaching on {starts_on}, planned until {planned_end}",
    engagement.EngagementPaused: "paused the coaching from {paused_on} on{until:, foreseen until }",
    engagement.EngagementResumed: "resumed the coaching on {resumed_on}, planned until {planned_end}",
    engagement.EngagementCompleted: "completed the coaching on {closed_on}, after {sessions_held} sessions{sustainment_plan:; what follows: }",
    engagement.EngagementEndedEarly: "ended the coaching early, on {closed_on}, after {sessions_held} sessions",
    engagement.EngagementNoticeGiven: "gave notice: the coaching ends with {ends_on}",
    engagement.EngagementNoticeWithdrawn: "took the notice back: the coaching does not end with {ends_on}",
    engagement.EngagementCancelled: "gave the engagement up on {closed_on}, before the coaching began",
    engagement.DisclosureConsentGranted: "allowed {recipient} to see: {subjects}{until:, until }",
    engagement.DisclosureConsentWithdrawn: "no longer allows {recipient} to see: {subjects}",
    engagement.EmergencyAccessRequested: "asked to read the words of the plan in an emergency ({reason_code})",
    engagement.EmergencyAccessApproved: "let {asker_id} read the words of the plan in an emergency ({reason_code}), until {open_until:minute}",
    engagement.EmergencyAccessDeclined: "declined that {asker_id} reads the words of the plan in an emergency",
    engagement.EmergencyAccessEnded: "ended that {asker_id} reads the words of the plan in an emergency",
    assessment.NeedsAssessmentLaunched: "asked for a needs assessment ({kind}) from {opens_on} to {closes_on}",
    assessment.RaterNominated: "proposed a rater ({group})",
    assessment.RaterNominationDecided: "decided on a rater ({group}){approved:; approved: }",
    assessment.SelfAssessmentSubmitted: "answered the self-assessment",
    assessment.RaterFeedbackSubmitted: "took in the answers of a rater",
    assessment.AssessmentClosed: "closed the assessment on {closed_on}",
    assessment.AssessmentResultsReleased: "released the results of the assessment ({ruleset}, {suppression})",
    assessment.AssessmentDebriefed: "went through the results of the assessment on {held_on}",
    assessment.NeedIdentified: "found a need: {competency} ({need_class})",
    evaluation.EvaluationScheduled: "scheduled the {kind} evaluation for {due_on}",
    evaluation.EvaluationRecorded: "evaluated version {plan_version} of the plan: effectiveness {effectiveness} of 5{summary:, }",
    evaluation.EvaluationCorrected: "corrected their evaluation: {correction}",
    evaluation.EvaluationAcknowledged: "took note of the evaluation",
    evaluation.DueDateShifted: "moved the evaluation by {days:days}, for the pause, to {due_on}",
    plan.PlanDrafted: "began the plan",
    plan.ObjectiveDefined: "defined the objective {terms.title}{terms.due_on:, due }{lint.blocking:; not SMART yet: }",
    plan.ObjectiveRefined: "changed the objective {objective_id}: {refinement}",
    plan.ObjectiveReprioritized: "weighed the objective {objective_id} anew: {to}, before {from_}",
    plan.BaselineRecorded: "recorded the baseline of {objective_id}: {baseline.value} on {baseline.at}{from_:, before }",
    plan.AttainmentScaleDefined: "described five levels of attainment for {objective_id}, scale {version}",
    plan.ClientInputRecorded: "noted that the client {stance}, about the {about}: {text}",
    plan.ObjectiveConcluded: "judged the objective {objective_id}: {outcome}{level:, level }{measured_value:, measured }",
    plan.SponsorCommented: "commented on the {about}: {text}",
    plan.ExerciseOffered: "offered the {kind} {title}{due_on:, due }",
    plan.ExerciseAnswered: "answered {exercise_id}",
    plan.ExerciseWithdrawn: "withdrew the offer of {exercise_id}",
    plan.StrategyAdopted: "adopted the strategy {terms.title} ({terms.kind}) for {terms.objective_ids}",
    plan.StrategyRevised: "revised the strategy {strategy_id}, now {terms.title} ({terms.kind})",
    plan.StrategyDropped: "dropped the strategy {strategy_id}",
    plan.ActionCommitted: "recorded a commitment of {owner}, due {due_on}: {text}",
    plan.ActionCompleted: "completed {action_id} on {completed_on}",
    plan.ActionRescheduled: "moved {action_id} from {from_} to {to}, as the {initiated_by} wished",
    plan.ActionDropped: "dropped {action_id}, due {due_on}, as the {initiated_by} wished",
    plan.MilestoneSet: "set the milestone {title} of {objective_id} for {due_on}{benchmark.value:, at }",
    plan.MilestoneAdjusted: "moved the milestone {milestone_id} from {from_} to {to} ({shift_days:days}), as the {initiated_by} wished",
    plan.MilestoneReached: "reached the milestone {milestone_id} on {on}{measured_value:, measured }",
    plan.MilestoneMissed: "noted that the milestone {milestone_id} was missed: it was due {due_on}",
    plan.MilestoneWithdrawn: "withdrew the milestone {milestone_id}, due {due_on}, as the {initiated_by} wished",
    plan.PlanProposed: "proposed version {plan_version} of the plan",
    plan.PlanApproved: "approved version {plan_version} of the plan for the {party} side",
    plan.PlanActivated: "activated version {plan_version} of the plan",
    plan.DueDatesShifted: "moved what was due on {paused_on} or later by {days:days}, for the pause",
    plan.ProgressMeasured: "measured {value} for {objective_id} on {on}",
    plan.MeasurementCorrected: "corrected a value of {objective_id} from {from_} to {to}",
    plan.WinAcknowledged: "acknowledged a win: {what}",
    plan.PlanReviewed: "reviewed the plan (review {review_no}), next on {next_review_on}",
    plan.ChangeProposed: "proposed {change}",
    plan.ChangeAccepted: "accepted for the {party} side {change_id}{plan_version:, which makes version }",
    plan.ChangeDeclined: "declined for the {party} side {change_id}",
    plan.EntryWithdrawn: "withdrew a report ({entry}) about {item_id}",
    session.SessionScheduled: "booked session {session_no} with {coach_id}: {starts_at}, {minutes} minutes",
    session.SessionRescheduled: "moved the session from {from_} to {to}, as the {initiated_by} wished",
    session.SessionCancelled: "called off the session of {starts_at}, as the {initiated_by} wished; too late to be free: {late_cancel}",
    session.SessionAgreementMade: "agreed what the session is about: {focus}",
    session.InsightCaptured: "captured an insight ({visibility}): {text}",
    session.CommitmentReviewed: "reviewed the commitment {action_id}: {outcome}{learning:, }",
    session.SessionCompleted: "held the session: {minutes} minutes",
    session.SessionNoShowRecorded: "noted that the {absent} did not come to the session",
    session.SessionNoteRecorded: "wrote version {note_version} of a note ({visibility}): {text}",
    session.ReflectionRecorded: "wrote version {reflection_version} of a reflection ({visibility}): {text}",
    session.SessionRated: "rated the session ({instrument}){comment:: }",
    session.SessionTimeCorrected: "corrected the time of the session from {from_} to {to} minutes",
    session.SessionTimeCountered: "corrected the time of the session from {from_} to {to} minutes beside a log that was handed in",
    reminder.ReminderSent: "reminded {key.recipient_id} by {channel}: {key.rule}",
    reminder.ReminderSuppressed: "left out a reminder of {key.recipient_id}: {key.rule} ({why})",
    reminder.ReminderFailed: "could not remind {key.recipient_id} by {channel}: {key.rule} ({why})",
    report.ReportRequested: "asked for a report ({template}, {format}) up to {as_of}, for {recipients}",
    report.ReportGenerated: "made the report ({template}) that was asked for",
    report.ReportShared: "shared the report with {recipients}",
    report.ReportDiscarded: "threw away the file of the report, whose time was over",
}
"""What happened, after the name of who did it."""

PARTS: Final[dict[type[Any], str]] = {
    engagement.Recipient: "{role:every }{person_id:?}",
    correction.PlanVersionCorrected: "of version {to} of the plan, not {from_}",
    correction.EffectivenessCorrected: "effectiveness {to} of 5, not {from_}",
    correction.RatingCorrected: "the objective {objective_id} is rated {to}, not {from_}",
    correction.LevelCorrected: "level {level} is rated {to}, not {from_}",
    correction.BenefitCorrected: "the worth of {objective_id} is {to}, not {from_}",
    correction.Worth: "{value} {currency} ({attribution} % by the coaching, {confidence} % sure)",
    correction.SummaryCorrected: "it says {to}",
    plan.TitleRefined: "it is called {to}",
    plan.WhyRefined: "its reason is {to}",
    plan.OutcomeAreaRefined: "its area from {from_} to {to}",
    plan.LinksRefined: "what it serves",
    plan.TargetRefined: "its target from {from_} to {to}",
    plan.DueRefined: "its due date from {from_} to {to}",
    plan.ConfidenceRefined: "the client's confidence from {from_} to {to}",
    plan.MeasureRefined: "its measure is described as {to.name}",
    plan.MeasureReplaced: "it has a new measure, {to.name}, with target {target}",
    plan.ObjectiveDefined: "to add the objective {terms.title}{terms.due_on:, due }",
    plan.ObjectiveRefined: "to change the objective {objective_id}: {refinement}",
    plan.ObjectiveReprioritized: "to weigh the objective {objective_id} anew: {to}, not {from_}",
    plan.AttainmentScaleDefined: "to describe the levels of attainment of {objective_id} anew",
    plan.StrategyAdopted: "to adopt the strategy {terms.title} ({terms.kind})",
    plan.StrategyRevised: "to revise the strategy {strategy_id}, as {terms.title} ({terms.kind})",
    plan.StrategyDropped: "to drop the strategy {strategy_id}",
}
"""What a value inside an event says; a proposed change is such a value."""


SHIFTED: Final[dict[tuple[bool, bool], str]] = {
    (True, True): "1 day later",
    (True, False): "{days} days later",
    (False, True): "1 day earlier",
    (False, False): "{days} days earlier",
}
"""How far a date moved, by whether it is later, and whether it is one day."""
MINUTE: Final = "{time} UTC on {day}"
QUOTED: Final = "“{words}”"
WITHHELD, ERASED, UNKNOWN, NONE = "[withheld]", "[erased]", "[unknown]", "none"
"""What stands in the place of what is not for the reader, what is gone, what has no name, and nothing."""
THE_CHANGE: Final = "the change {change}"
ENDED: Final = (".”", "!”", "?”", ".“", "!“", "?“")


class Tongue(Protocol):
    """A language, as far as sentences ask for it: each text by its English, and one that it does not have in English."""

    def told(self, id: str, /) -> str: ...
    def word(self, english: str, /) -> str: ...
    def day(self, on: date, /) -> str: ...
    def number(self, value: Decimal | int, /) -> str: ...


class Teller(string.Formatter):
    """Fills a template from an event."""

    def __init__(self, labels: Labels, tongue: Tongue) -> None:
        self.labels = labels
        self.tongue = tongue

    def tell(self, template: str, event: Any) -> str:
        return self.vformat(self.tongue.told(template), (), {name: getattr(event, name) for name in event.__struct_fields__})

    def get_field(self, field_name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> tuple[Any, str]:
        """A field of nothing is nothing."""
        first, *rest = field_name.split(".")
        value = kwargs[first]
        for name in rest:
            value = getattr(value, name) if value is not None else None
        return value, first

    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec == "days":
            return self.tongue.told(SHIFTED[value > 0, abs(value) == 1]).format(days=abs(value))
        if format_spec == "minute":
            return self.tongue.told(MINUTE).format(time=f"{value:%H:%M}", day=self.said(value))
        if format_spec and (value is None or value == ()):
            return ""
        return format_spec.removeprefix("?") + self.said(value)

    def said(self, value: Any) -> str:
        tongue = self.tongue
        match value:
            case None:
                return tongue.word(NONE)
            case Personal():
                return self.quoted(value)
            case bool():
                return tongue.word("yes" if value else "no")
            case UUID():
                return self.called(value)
            case date():  # also an instant
                return tongue.day(value)
            case Decimal():
                return tongue.number(value)
            case tuple() | list():
                return ", ".join(self.said(each) for each in value) or tongue.word(NONE)
            case str():
                return tongue.word(str(value).replace("_", " "))
        return self.tell(PARTS[type(value)], value) if type(value) in PARTS else str(value)

    def quoted(self, words: Personal[Any]) -> str:
        """What somebody wrote, or what stands in its place."""
        if words.is_public:
            return self.said(words.plain())
        if words.is_open:
            return self.tongue.told(QUOTED).format(words=words.plain())
        return self.tongue.told(ERASED if words.is_erased else WITHHELD)

    def called(self, item: UUID) -> str:
        """A name as it is, a title in quotes."""
        label = self.labels.get(item)
        return label if isinstance(label, str) else self.said(label) if label is not None else self.tongue.told(UNKNOWN)


def sentence(event: Event, actor: UUID, labels: Labels, tongue: Tongue) -> str:
    """What happened, in words. `labels` are what things are called before it, and afterwards what they are called since."""
    teller = Teller(labels, tongue)
    text = f"{teller.called(actor)} {teller.tell(TEMPLATES[type(event)], event)}"
    labels.update(named(event, teller))
    return text[0].upper() + text[1:] + ("" if text.endswith(ENDED) else ".")


def named(event: Event, teller: Teller) -> Labels:
    """What is called otherwise since this event."""
    match event:
        case plan.ObjectiveDefined(objective_id=item, terms=terms):
            return {item: terms.title}
        case plan.ObjectiveRefined(objective_id=item, refinement=plan.TitleRefined(to=title)):
            return {item: title}
        case plan.StrategyAdopted(strategy_id=item, terms=terms) | plan.StrategyRevised(strategy_id=item, terms=terms):
            return {item: terms.title}
        case plan.MilestoneSet(milestone_id=item, title=title):
            return {item: title}
        case plan.ActionCommitted(action_id=item, text=text):
            return {item: text}
        case plan.ExerciseOffered(exercise_id=item, title=title):
            return {item: title}
        case plan.ChangeProposed(change_id=item, change=change):
            return {item: teller.tongue.told(THE_CHANGE).format(change=teller.said(change))}
    return {}
