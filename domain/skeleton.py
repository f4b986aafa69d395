"""What plans of an organization often begin with: objectives, strategies and milestones in the firm's own words, about no person.

A plan that is drafted from a skeleton gets copies: neither changes with the other from then on.
"""

from __future__ import annotations

from uuid import UUID

from msgspec import Struct

from domain.glossary import Direction, MeasureKind, StrategyKind
from domain.values import PublicText, StoredCode, StoredLabel


class SkeletonMeasure(Struct, frozen=True, kw_only=True):
    """How it will be known whether an objective is reached. Where it begins and what is aimed at is for client and coach to say."""

    name: PublicText
    kind: MeasureKind
    unit: StoredLabel | None
    direction: Direction


class SkeletonObjective(Struct, frozen=True, kw_only=True):
    """An objective, due so many days after the plan is drafted."""

    title: PublicText
    outcome_area: StoredCode | None
    measure: SkeletonMeasure | None
    due_after_days: int | None


class SkeletonStrategy(Struct, frozen=True, kw_only=True):
    """A strategy for objectives of the skeleton, which go by their places in it, from 0."""

    title: PublicText
    kind: StrategyKind
    objectives: tuple[int, ...]


class SkeletonMilestone(Struct, frozen=True, kw_only=True):
    """A milestone of an objective of the skeleton, due so many days after the plan is drafted."""

    objective: int
    title: PublicText
    due_after_days: int


class PlanTemplate(Struct, frozen=True, kw_only=True):
    """A skeleton with its name. `language` is that of its words."""

    id: UUID
    name: PublicText
    language: StoredCode
    objectives: tuple[SkeletonObjective, ...]
    strategies: tuple[SkeletonStrategy, ...]
    milestones: tuple[SkeletonMilestone, ...]
