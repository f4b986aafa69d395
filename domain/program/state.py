"""A program as it stands."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal, TypeAlias
from uuid import UUID

from msgspec import Struct

from domain.context import CHEMISTRY_SESSIONS, EarlierBounds, ProgramBounds, ProgramFacts
from domain.glossary import AssessmentKind
from domain.program.events import EvaluationPoint, Outcome
from domain.values import NIL, OfPerson, StoredCode, StoredLabel

ProgramStage: TypeAlias = Literal["defined", "open", "closed"]
"""Where a program stands: participants are enrolled while it is open."""


class Participant(Struct, frozen=True, kw_only=True):
    """Who has a seat, or gave it back at `withdrawn_at`, with what was known of them when they took it."""

    cohort: StoredLabel | None
    department: OfPerson[str] | None
    location: OfPerson[str] | None
    enrolled_at: datetime
    withdrawn_at: datetime | None = None


class Set(Struct, frozen=True, kw_only=True):
    """Who set a term last, and at which version of the stream."""

    version: int
    by: UUID


class ProgramState(Struct, frozen=True, kw_only=True):
    """Terms, pool and seats. `pool` maps a coach to how many engagements they take, `removed` one who is not in it any more, or
    whose limit was lowered, to the last of their places that the program keeps. `participants` are all who ever had a seat, `revised` says who set which term after the program was defined,
    `earlier_bounds` what engagements keep that were proposed before terms which are for new ones only, the oldest first.
    """

    id: UUID = NIL
    name: str = ""
    stage: ProgramStage = "defined"
    sponsored: bool = False
    sponsor_ids: tuple[UUID, ...] = ()
    sponsor_approves_plans: bool = False
    sponsor_accepts_changes: bool = False
    outcomes: tuple[Outcome, ...] = ()
    starts_on: date = date.min
    ends_on: date = date.max
    capacity: int = 0
    sessions_per_engagement: int = 0
    chemistry_sessions: int = CHEMISTRY_SESSIONS
    required_assessments: tuple[AssessmentKind, ...] = ()
    evaluation_points: tuple[EvaluationPoint, ...] = ()
    smart_gate: bool | None = None
    client_organization_id: UUID | None = None
    pool: dict[UUID, int] = {}
    removed: dict[UUID, int] = {}
    participants: dict[UUID, Participant] = {}
    revised: dict[StoredCode, Set] = {}
    earlier_bounds: tuple[EarlierBounds, ...] = ()
    closed_on: date | None = None

    @property
    def exists(self) -> bool:
        return self.id != NIL

    @property
    def is_open(self) -> bool:
        return self.stage == "open"

    @property
    def enrolled(self) -> frozenset[UUID]:
        """Who has a seat."""
        return frozenset(client for client, one in self.participants.items() if one.withdrawn_at is None)

    @property
    def bounds(self) -> ProgramBounds:
        """What it gives an engagement that is proposed now."""
        return ProgramBounds(starts_on=self.starts_on, ends_on=self.ends_on, sessions=self.sessions_per_engagement)

    def facts(self) -> ProgramFacts:
        """The program as other nouns see it."""
        return ProgramFacts(
            id=self.id,
            is_open=self.is_open,
            sponsored=self.sponsored,
            sponsor_ids=self.sponsor_ids,
            sponsor_approves_plans=self.sponsor_approves_plans,
            sponsor_accepts_changes=self.sponsor_accepts_changes,
            outcome_ids=frozenset(outcome.id for outcome in self.outcomes),
            required_assessments=self.required_assessments,
            evaluation_points=frozenset(point.code for point in self.evaluation_points),
            smart_gate=self.smart_gate,
            bounds=self.bounds,
            earlier_bounds=self.earlier_bounds,
            chemistry_sessions=self.chemistry_sessions,
            pool=self.pool,
            enrolled=self.enrolled,
            enrolled_at={client: one.enrolled_at for client, one in self.participants.items()},
        )
