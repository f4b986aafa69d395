"""A program as the API shows it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from msgspec import UNSET, Struct, UnsetType

from domain.glossary import AssessmentKind
from domain.program.events import EvaluationPoint, Outcome
from domain.program.state import ProgramStage, ProgramState
from projections.current import Current
from services.reading.view import Named


class SeatAnswer(Struct, frozen=True, kw_only=True):
    """A coach of the pool, and how many engagements of the program they take."""

    coach_id: UUID
    max_engagements: int


class ProgramAnswer(Struct, frozen=True, kw_only=True):
    """A program with its terms. Who is in it, those see who run it."""

    id: UUID
    version: int | UnsetType = UNSET
    name: str
    is_open: bool
    stage: ProgramStage
    closed_on: date | None
    client_organization_id: UUID | None
    sponsored: bool
    sponsor_ids: tuple[UUID, ...]
    sponsor_approves_plans: bool
    sponsor_accepts_changes: bool
    outcomes: tuple[Outcome, ...]
    starts_on: date
    ends_on: date
    capacity: int
    sessions_per_engagement: int
    chemistry_sessions: int
    required_assessments: tuple[AssessmentKind, ...]
    evaluation_points: tuple[EvaluationPoint, ...]
    smart_gate: bool | None
    pool: tuple[SeatAnswer, ...] | None
    enrolled: tuple[UUID, ...] | None
    people: tuple[Named, ...] = ()


class ProgramsAnswer(Struct, frozen=True, kw_only=True):
    """A page of programs; `next_cursor` leads to the next one."""

    items: tuple[ProgramAnswer, ...]
    next_cursor: str | UnsetType = UNSET


def program_answer(current: Current[ProgramState], people: tuple[Named, ...], *, whole: bool, counts: bool) -> ProgramAnswer:
    """`whole`: with who is in it; `counts`: the reader may know the stream's version."""
    state = current.state
    pool = tuple(SeatAnswer(coach_id=coach, max_engagements=seats) for coach, seats in state.pool.items())
    return ProgramAnswer(
        id=state.id,
        version=current.version if counts else UNSET,
        name=state.name,
        is_open=state.is_open,
        stage=state.stage,
        closed_on=state.closed_on,
        client_organization_id=state.client_organization_id,
        sponsored=state.sponsored,
        sponsor_ids=state.sponsor_ids,
        sponsor_approves_plans=state.sponsor_approves_plans,
        sponsor_accepts_changes=state.sponsor_accepts_changes,
        outcomes=state.outcomes,
        starts_on=state.starts_on,
        ends_on=state.ends_on,
        capacity=state.capacity,
        sessions_per_engagement=state.sessions_per_engagement,
        chemistry_sessions=state.chemistry_sessions,
        required_assessments=state.required_assessments,
        evaluation_points=state.evaluation_points,
        smart_gate=state.smart_gate,
        pool=pool if whole else None,
        enrolled=tuple(sorted(state.enrolled)) if whole else None,
        people=people,
    )
