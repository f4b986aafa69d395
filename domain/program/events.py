"""What happens to a program."""

from __future__ import annotations

from datetime import date
from typing import Literal, TypeAlias
from uuid import UUID

from msgspec import Struct, field

from domain.event import Event, stored
from domain.glossary import AssessmentKind, EvaluationKind
from domain.values import Code, OfAuthor, OfPerson, PublicText, StoredCode, StoredLabel

WithdrawalStage: TypeAlias = Literal["before_coaching", "after_coaching"]
"""When a participant leaves a program: before an engagement of theirs, or after one that is over."""
AppliesTo: TypeAlias = Literal["new", "all"]
"""Which engagements new terms bind: those that are proposed from now on, or also those that are under way."""


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


@stored("program.program_defined", 2)
class ProgramDefined(Event, frozen=True):
    """An offer was put together. `smart_gate` is None where the organization's policy holds; `capacity` counts seats.

    `client_organization_id` names the firm whose staff are coached, where the program is for one.
    """

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
    client_organization_id: UUID | None


@stored("program.program_opened")
class ProgramOpened(Event, frozen=True):
    """From now on participants can be enrolled."""


@stored("program.coach_added_to_pool", 2)
class CoachAddedToPool(Event, frozen=True):
    """The coach takes up to `max_engagements` engagements of this program at a time.

    Where the coach was in the pool of `returns_to`, this program, before, the `places_kept` that were kept then are free again.
    """

    coach_id: UUID
    max_engagements: int
    returns_to: UUID | None
    places_kept: int


@stored("program.coach_pool_limit_revised")
class CoachPoolLimitRevised(Event, frozen=True):
    """The coach of the pool takes up to `to` engagements of this program at a time, instead of `from`.

    Lowered, the program keeps the places above, of which none was taken; raised, it frees those that it kept, up to `places_kept`.
    """

    program_id: UUID
    coach_id: UUID
    from_: int = field(name="from")
    to: int
    places_kept: int


@stored("program.coach_removed_from_pool")
class CoachRemovedFromPool(Event, frozen=True):
    """The coach takes no engagement of this program any more: the program keeps their places, of which none was taken."""

    program_id: UUID
    coach_id: UUID
    max_engagements: int


@stored("program.participant_enrolled", 2)
class ParticipantEnrolled(Event, frozen=True):
    """The client took a seat. Department and location are those of that day: later moves do not change old figures.

    Who had been withdrawn from `returns_to`, this program, gets back their place for an engagement, too.
    """

    client_id: UUID
    cohort: StoredLabel | None
    department: OfPerson[str] | None
    location: OfPerson[str] | None
    returns_to: UUID | None


@stored("program.participant_withdrawn")
class ParticipantWithdrawn(Event, frozen=True):
    """The client gave the seat back. Their place for an engagement is kept by the program, so that none begins behind its back."""

    program_id: UUID
    client_id: UUID
    stage: WithdrawalStage
    reason_code: StoredCode | None
    reason: OfAuthor[str] | None


class StartRevised(Struct, frozen=True, kw_only=True, tag_field="field", tag="starts_on"):
    """Another first day."""

    from_: date = field(name="from")
    to: date


class EndRevised(Struct, frozen=True, kw_only=True, tag_field="field", tag="ends_on"):
    """Another last day."""

    from_: date = field(name="from")
    to: date


class CapacityRevised(Struct, frozen=True, kw_only=True, tag_field="field", tag="capacity"):
    """Another number of seats."""

    from_: int = field(name="from")
    to: int


class SessionsRevised(Struct, frozen=True, kw_only=True, tag_field="field", tag="sessions_per_engagement"):
    """Another number of sessions for each engagement."""

    from_: int = field(name="from")
    to: int


class ChemistryRevised(Struct, frozen=True, kw_only=True, tag_field="field", tag="chemistry_sessions"):
    """Another number of talks that a client may have before somebody coaches them."""

    from_: int = field(name="from")
    to: int


Revision: TypeAlias = StartRevised | EndRevised | CapacityRevised | SessionsRevised | ChemistryRevised


@stored("program.program_terms_revised")
class ProgramTermsRevised(Event, frozen=True):
    """One of the terms became another; engagements under way keep the old one where it applies to new ones only."""

    revision: Revision
    applies_to: AppliesTo
    reason_code: StoredCode | None
    reason: OfAuthor[str] | None


@stored("program.program_closed")
class ProgramClosed(Event, frozen=True):
    """The program is over. `client_ids` are those who had a seat: the program keeps their places, so that no engagement begins."""

    program_id: UUID
    closed_on: date
    client_ids: tuple[UUID, ...]
