"""A program as it stands."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from msgspec import Struct

from domain.context import ProgramFacts
from domain.glossary import AssessmentKind
from domain.program.events import EvaluationPoint, Outcome
from domain.values import NIL


class ProgramState(Struct, frozen=True, kw_only=True):
    """Terms, pool and seats. `pool` maps a coach to how many engagements they take; `enrolled` holds the seats that are taken."""

    id: UUID = NIL
    name: str = ""
    is_open: bool = False
    sponsored: bool = False
    sponsor_ids: tuple[UUID, ...] = ()
    sponsor_approves_plans: bool = False
    sponsor_accepts_changes: bool = False
    outcomes: tuple[Outcome, ...] = ()
    starts_on: date = date.min
    ends_on: date = date.max
    capacity: int = 0
    sessions_per_engagement: int = 0
    required_assessments: tuple[AssessmentKind, ...] = ()
    evaluation_points: tuple[EvaluationPoint, ...] = ()
    smart_gate: bool | None = None
    pool: dict[UUID, int] = {}
    enrolled: frozenset[UUID] = frozenset()

    @property
    def exists(self) -> bool:
        return self.id != NIL

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
            pool=self.pool,
            enrolled=self.enrolled,
        )
