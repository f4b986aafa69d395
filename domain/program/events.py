"""What happens to a program."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from msgspec import Struct

from domain.event import Event, stored
from domain.glossary import AssessmentKind, EvaluationKind
from domain.values import Code, OfPerson, PublicText, StoredCode


class Outcome(Struct, frozen=True, kw_only=True):
    """What the sponsors want of the program; objectives of plans are linked to it."""

    id: UUID
    text: PublicText


class EvaluationPoint(Struct, frozen=True, kw_only=True):
    """When an engagement of the program is evaluated: so many days after its start, middle or end (before it: negative)."""

    code: Code
    kind: EvaluationKind
    anchor: Literal["start", "middle", "end"]
    offset_days: int


@stored("program.program_defined")
class ProgramDefined(Event, frozen=True):
    """An offer was put together. `smart_gate` is None where the organization's policy holds; `capacity` counts seats."""

    program_id: UUID
    name: PublicText
    sponsored: bool
    sponsor_ids: tuple[UUID, ...]
    sponsor_approves_plans: bool
    sponsor_accepts_changes: bool
    outcomes: tuple[Outcome, ...]
    starts_on: date
    ends_on: date
    capacity: int
    sessions_per_engagement: int
    required_assessments: tuple[AssessmentKind, ...]
    evaluation_points: tuple[EvaluationPoint, ...]
    smart_gate: bool | None


@stored("program.program_opened")
class ProgramOpened(Event, frozen=True):
    """From now on participants can be enrolled."""


@stored("program.coach_added_to_pool")
class CoachAddedToPool(Event, frozen=True):
    """The coach takes up to `max_engagements` engagements of this program at a time."""

    coach_id: UUID
    max_engagements: int


@stored("program.participant_enrolled")
class ParticipantEnrolled(Event, frozen=True):
    """The client took a seat. Department and location are those of that day: later moves do not change old figures."""

    client_id: UUID
    cohort: StoredCode | None
    department: OfPerson[str] | None
    location: OfPerson[str] | None
