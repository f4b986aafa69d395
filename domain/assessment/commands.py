"""What may be asked of a needs assessment."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from domain.assessment.need import NeedClass, NeedEvidence
from domain.command import Command
from domain.glossary import AssessmentKind, RaterGroup
from domain.values import Code, EmailAddress, Line, Prose, PublicText


class NeedEvidenceBody(NeedEvidence, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a need shows: in the answers to an item of the assessment, or to all of a competency's, or outside of it.

    Of raters' answers `group` says whose; without one, all raters' together.
    """


class StatementBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How an item is to be worded, in the assessment's language: text that you may use, about nobody."""

    item: Code
    text: PublicText


class LaunchNeedsAssessment(Command, frozen=True, kw_only=True):
    """Asks for the needs of an engagement's client, with an instrument of the registry.

    Competencies left out: all of the instrument. It opens today, and closes two weeks later, unless told otherwise. Of kind
    feedback_360 raters are asked, too: what they answer is shown from `rater_min_group` people on. `statements` word items otherwise than
    the instrument does; in another language than its own every item needs one.
    """

    engagement_id: UUID
    kind: AssessmentKind = "self"
    instrument: Code = "throughline_leadership"
    competencies: Annotated[tuple[Code, ...], Meta(max_length=50)] = ()
    language: Code = "en"
    statements: Annotated[tuple[StatementBody, ...], Meta(max_length=500)] = ()
    rater_min_group: Annotated[int, Meta(ge=1, le=1000)] | None = None
    opens_on: date | None = None
    closes_on: date | None = None


class NominateRater(Command, frozen=True, kw_only=True):
    """Proposes somebody as a rater, with or without an account. Whom the coach proposes is approved with that."""

    name: Line
    email: EmailAddress
    group: RaterGroup


class DecideRaterNomination(Command, frozen=True, kw_only=True):
    """Approves a rater, who is then written to while the assessment is open, or declines them; may put them into another group.

    Until the first rater has answered, it can be decided anew.
    """

    rater_id: UUID
    approved: bool
    group: RaterGroup | None = None


class SubmitSelfAssessment(Command, frozen=True, kw_only=True):
    """The client's answers about themselves: each item that is asked -> its point on the scale, or null where it does not apply.

    None is left out, so that what was overlooked is not taken for what does not apply.
    """

    answers: Annotated[dict[Code, int | None], Meta(min_length=1, max_length=500)]


class CloseAssessment(Command, frozen=True, kw_only=True):
    """Ends the answering. By itself that happens when the closing day is over; earlier, while a group of raters is too small, say why."""

    reason_code: Code | None = None
    reason: Prose | None = None


class ReleaseAssessmentResults(Command, frozen=True, kw_only=True):
    """Shows client and coach what may be shown of the answers, so that nobody can tell who gave them."""


class DebriefAssessment(Command, frozen=True, kw_only=True):
    """Notes that coach and client went through the results: today unless told otherwise, perhaps in a session."""

    held_on: date | None = None
    session_id: UUID | None = None


class IdentifyNeed(Command, frozen=True, kw_only=True):
    """Names a need, or a strength, in one competency, with where it shows."""

    competency: Code
    need_class: NeedClass
    evidence: Annotated[tuple[NeedEvidenceBody, ...], Meta(min_length=1, max_length=20)]
    client_agrees: bool | None = None
