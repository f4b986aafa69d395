"""What a decision about an evaluation may know."""

from __future__ import annotations

from uuid import UUID

from msgspec import Struct

from domain.context import Context, EngagementFacts, ProgramFacts


class PlanFacts(Struct, frozen=True, kw_only=True):
    """The plan that is judged: whether it was ever activated, the versions that were proposed or agreed, and its objectives."""

    id: UUID
    activated: bool
    versions: frozenset[int]
    objective_ids: frozenset[UUID]


class EvaluationContext(Context, frozen=True, kw_only=True):
    """The engagement with its program and its plan, where there is one."""

    engagement: EngagementFacts
    program: ProgramFacts | None = None
    plan: PlanFacts | None = None
