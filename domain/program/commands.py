"""What may be asked of a program."""

from __future__ import annotations

from datetime import date
from typing import Annotated, TypeAlias
from uuid import UUID

from msgspec import Meta

from domain.command import Command
from domain.glossary import AssessmentKind
from domain.program.events import EvaluationPoint
from domain.values import Code, Line, PublicText

Count: TypeAlias = Annotated[int, Meta(ge=1, le=100_000)]


class EvaluationPointBody(EvaluationPoint, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When an engagement of the program is evaluated: so many days after its start, middle or end (before it: negative)."""

    offset_days: Annotated[int, Meta(ge=-366, le=1830)] = 0


class DefineProgram(Command, frozen=True, kw_only=True):
    """Puts an offer together: its terms, what its sponsors want of it, and how it is assessed and evaluated.

    A sponsored program names its sponsors; whether they approve plans and accept later changes is decided here.
    `smart_gate` overrides the organization's policy for this program. `capacity` counts seats.
    """

    name: PublicText
    starts_on: date
    ends_on: date
    capacity: Count
    sessions_per_engagement: Annotated[int, Meta(ge=1, le=200)]
    sponsored: bool = False
    sponsor_ids: Annotated[tuple[UUID, ...], Meta(max_length=20)] = ()
    sponsor_approves_plans: bool = False
    sponsor_accepts_changes: bool = False
    outcomes: Annotated[tuple[PublicText, ...], Meta(max_length=10)] = ()
    required_assessments: Annotated[tuple[AssessmentKind, ...], Meta(max_length=5)] = ()
    evaluation_points: Annotated[tuple[EvaluationPointBody, ...], Meta(max_length=12)] = ()
    smart_gate: bool | None = None

    def __post_init__(self) -> None:
        if len({point.code for point in self.evaluation_points}) < len(self.evaluation_points):
            raise ValueError("each evaluation point has a code of its own")


class OpenProgram(Command, frozen=True, kw_only=True):
    """Opens the program for participants. It needs at least one coach in its pool."""


class AddCoachToPool(Command, frozen=True, kw_only=True):
    """Adds a coach, who takes up to `max_engagements` engagements of this program at a time."""

    coach_id: UUID
    max_engagements: Annotated[int, Meta(ge=1, le=200)]


class EnrolParticipant(Command, frozen=True, kw_only=True):
    """Gives a seat of the open program to a client. Department and location are kept as they are on this day."""

    client_id: UUID
    cohort: Code | None = None
    department: Line | None = None
    location: Line | None = None
