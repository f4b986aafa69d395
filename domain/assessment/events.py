"""What happens to a needs assessment."""

from __future__ import annotations

from datetime import date
from typing import Literal, TypeAlias
from uuid import UUID

from msgspec import Struct

from domain.event import Event, stored
from domain.glossary import AssessmentKind
from domain.values import Code, OfClient, StoredCode

NeedClass: TypeAlias = Literal["blind_spot", "hidden_strength", "challenge", "strength"]


class NeedEvidence(Struct, frozen=True, kw_only=True):
    """Where a need shows: in the answers to an item of the assessment, or outside of it."""

    source: Literal["self_assessment", "interview", "observation", "document"]
    item: Code | None = None


@stored("assessment.needs_assessment_launched")
class NeedsAssessmentLaunched(Event, frozen=True):
    """The client's needs are asked for. Both days count as open; groups of raters below the floor will never be shown alone."""

    assessment_id: UUID
    engagement_id: UUID
    client_id: UUID
    kind: AssessmentKind
    instrument: StoredCode
    instrument_version: int
    competencies: tuple[StoredCode, ...]
    rater_min_group: int
    opens_on: date
    closes_on: date


@stored("assessment.self_assessment_submitted")
class SelfAssessmentSubmitted(Event, frozen=True):
    """The client answered about themselves: item -> point on the scale; an item left out does not apply.

    With this an assessment of kind `self` is complete, and another of its kind may follow.
    """

    engagement_id: UUID
    kind: AssessmentKind
    answers: OfClient[dict[str, int]]
    scale_version: int


@stored("assessment.need_identified")
class NeedIdentified(Event, frozen=True):
    """A gap or a strength was found which the plan may work on. `client_agrees` is None while the client has not said."""

    need_id: UUID
    competency: StoredCode
    need_class: NeedClass
    evidence: tuple[NeedEvidence, ...]
    client_agrees: bool | None
