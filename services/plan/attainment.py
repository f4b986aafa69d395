"""How far a plan's objectives were attained all together, as the API shows it."""

from __future__ import annotations

from decimal import Decimal
from typing import Final
from uuid import UUID

from msgspec import Struct

from domain.plan.attainment import Attainment, abandoned, attainment, intention
from domain.plan.state import PlanState

PLACES: Final = Decimal("0.0001")


class GoalAnswer(Struct, frozen=True, kw_only=True):
    """An objective that is judged on its scale: the version of that, its weight, the level at the start and the one that was reached."""

    objective_id: UUID
    scale_version: int
    weight: int
    baseline: int
    level: int


class IndexAnswer(Struct, frozen=True, kw_only=True):
    """The attainment index over `n` objectives, where they began, and how far that is, each to four places.

    `no_data`: no objective is judged on a scale, and all three are null. That is not an index of 50.
    """

    n: int
    no_data: bool
    score: Decimal | None
    baseline: Decimal | None
    change: Decimal | None
    goals: tuple[GoalAnswer, ...]


class AttainmentAnswer(Struct, frozen=True, kw_only=True):
    """Goal attainment scaling (Kiresuk & Sherman 1968): 50 says that what was expected came about. An index, and no norm.

    `concluded` counts the objectives whose judgement holds, without those that were abandoned, which are listed; `all_intended`
    counts these, too, as if they had come out as badly as can be.
    """

    concluded: IndexAnswer
    all_intended: IndexAnswer
    abandoned: tuple[UUID, ...]


def attainment_answer(plan: PlanState) -> AttainmentAnswer:
    return AttainmentAnswer(concluded=index_answer(attainment(plan)), all_intended=index_answer(intention(plan)), abandoned=abandoned(plan))


def index_answer(found: Attainment) -> IndexAnswer:
    return IndexAnswer(
        n=len(found.scored),
        no_data=found.score is None,
        score=rounded(found.score),
        baseline=rounded(found.baseline),
        change=rounded(found.change),
        goals=tuple(GoalAnswer(**one._asdict()) for one in found.scored),
    )


def rounded(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.quantize(PLACES)
