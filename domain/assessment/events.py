"""What happens to a needs assessment."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from msgspec import Struct

from domain.assessment.feedback import Feedback
from domain.assessment.need import NeedClass, NeedEvidence
from domain.assessment.result.group import Reason
from domain.assessment.result.whole import Results, Verdict
from domain.event import Event, stored
from domain.glossary import AssessmentKind, Party, RaterGroup
from domain.questionnaire import LicensedInstrument
from domain.values import Digest, OfAuthor, OfClient, OfNobody, OfPerson, PublicText, StoredCode


class Statement(Struct, frozen=True, kw_only=True):
    """How an item is worded in an assessment: text that the organization brings, about nobody."""

    item: StoredCode
    text: PublicText


class GroupCount(Struct, frozen=True, kw_only=True):
    """How many raters of a group were asked, and how many answered; of fewer than the floor, or where it would tell that, it is not said.

    `folded` says why their answers do not say any more which group they are of.
    """

    group: RaterGroup
    asked: int
    answered: int | None
    folded: Reason | None


@stored("assessment.needs_assessment_launched", 3)
class NeedsAssessmentLaunched(Event, frozen=True):
    """The client's needs are asked for. Both days count as open; groups of raters below the floor will never be shown alone.

    `anonymity` is the code of what raters are promised, None where there are none; `statements` replace the instrument's own wording.
    `licensed` is the whole instrument as it stood, where the organization brought it: what was asked is read from here for ever.
    """

    assessment_id: UUID
    engagement_id: UUID
    client_id: UUID
    kind: AssessmentKind
    instrument: StoredCode
    instrument_version: int
    scale_version: int
    language: StoredCode
    competencies: tuple[StoredCode, ...]
    statements: tuple[Statement, ...]
    rater_min_group: int
    anonymity: StoredCode | None
    opens_on: date
    closes_on: date
    licensed: LicensedInstrument | None


@stored("assessment.rater_nominated")
class RaterNominated(Event, frozen=True):
    """Somebody is proposed as a rater, with or without an account: `rater_id` is the person's id where the address has one."""

    rater_id: UUID
    group: RaterGroup
    nominated_by: Party
    name: OfPerson[str]
    email: OfPerson[str]


@stored("assessment.rater_nomination_decided")
class RaterNominationDecided(Event, frozen=True):
    """The coach approved a rater, who is written to while the assessment is open, or declined them. `group` is where they stand now."""

    rater_id: UUID
    group: RaterGroup
    approved: bool


@stored("assessment.self_assessment_submitted", 2)
class SelfAssessmentSubmitted(Event, frozen=True):
    """The client answered about themselves: item -> point on the scale; an item left out does not apply.

    With this an assessment of kind `self` is complete, and another of its kind may follow.
    """

    engagement_id: UUID
    kind: AssessmentKind
    answers: OfClient[dict[str, int]]
    scale_version: int


@stored("assessment.rater_feedback_submitted")
class RaterFeedbackSubmitted(Event, frozen=True):
    """What one rater answered. It came into the log with the closing, among all others in random order: nobody's, at no time."""

    feedback: OfNobody[Feedback]
    scale_version: int


@stored("assessment.assessment_closed")
class AssessmentClosed(Event, frozen=True):
    """Nothing is answered any more, and no link is left. `reminders` is how many mails reminded raters, of whom is not kept."""

    engagement_id: UUID
    kind: AssessmentKind
    closed_on: date
    early: bool
    answered: int
    groups: tuple[GroupCount, ...]
    reminders: int
    reason_code: StoredCode | None
    reason: OfAuthor[str] | None


@stored("assessment.assessment_results_released")
class AssessmentResultsReleased(Event, frozen=True):
    """Client and coach are shown what may be shown: the decision on each cell can be made again, from the same answers, by its rules."""

    ruleset: StoredCode
    suppression: StoredCode
    decision: tuple[Verdict, ...]
    results: OfClient[Results]
    result_hash: Digest


@stored("assessment.assessment_debriefed")
class AssessmentDebriefed(Event, frozen=True):
    """Coach and client went through the results, in a session or outside of one."""

    held_on: date
    session_id: UUID | None


@stored("assessment.need_identified", 2)
class NeedIdentified(Event, frozen=True):
    """A gap or a strength was found which the plan may work on. `client_agrees` is None while the client has not said."""

    need_id: UUID
    competency: StoredCode
    need_class: NeedClass
    evidence: tuple[NeedEvidence, ...]
    client_agrees: bool | None
