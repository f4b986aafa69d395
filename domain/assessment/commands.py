"""What may be asked of a needs assessment."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from domain.assessment.events import NeedClass, NeedEvidence
from domain.command import Command
from domain.glossary import AssessmentKind
from domain.values import Code


class NeedEvidenceBody(NeedEvidence, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a need shows: in the answers to an item of the assessment, or outside of it."""


class LaunchNeedsAssessment(Command, frozen=True, kw_only=True):
    """Asks for the needs of an engagement's client, with an instrument of the registry.

    Competencies left out: all of the instrument. It opens today, and closes two weeks later, unless told otherwise.
    """

    engagement_id: UUID
    kind: AssessmentKind = "self"
    instrument: Code = "throughline_leadership"
    competencies: Annotated[tuple[Code, ...], Meta(max_length=50)] = ()
    rater_min_group: Annotated[int, Meta(ge=1, le=1000)] | None = None
    opens_on: date | None = None
    closes_on: date | None = None


class SubmitSelfAssessment(Command, frozen=True, kw_only=True):
    """The client's answers about themselves: item -> point on the scale. Leave out what does not apply."""

    answers: Annotated[dict[Code, int], Meta(min_length=1, max_length=500)]


class IdentifyNeed(Command, frozen=True, kw_only=True):
    """Names a need, or a strength, in one competency, with where it shows."""

    competency: Code
    need_class: NeedClass
    evidence: Annotated[tuple[NeedEvidenceBody, ...], Meta(min_length=1, max_length=20)]
    client_agrees: bool | None = None
