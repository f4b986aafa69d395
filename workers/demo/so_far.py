"""What each chapter of the tale hands on to the next."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
from uuid import UUID

from domain.plan.commands import ApprovePlan


class Contracted(NamedTuple):
    """Who works with whom, in which program and engagement."""

    program: UUID
    engagement: UUID
    people: dict[str, UUID]


class Grouped(NamedTuple):
    """Who is coached together, by first name, in which program, by which plan, and when they meet."""

    program: UUID
    engagement: UUID
    plan: UUID
    sessions: tuple[UUID, ...]
    people: dict[str, UUID]


class Assessed(NamedTuple):
    """The self-assessment, and the need that the plan answers."""

    assessment: UUID
    need: UUID


class Draft(NamedTuple):
    """A plan with a single objective that is not SMART yet. `seen` is the version of its stream."""

    plan: UUID
    objective: UUID
    seen: int


class Adopted(NamedTuple):
    """A strategy, and the version of the plan's stream that adopted it."""

    item_id: UUID
    version: int


class LaidOut(NamedTuple):
    """A plan with all that the parties are asked to approve. `read_before` is an approval of what it said earlier."""

    plan: UUID
    on_time: UUID
    feedback: UUID
    evenings: UUID
    charter: UUID
    charter_due: date
    delivery: UUID
    steering: UUID
    practice: Adopted
    action: UUID
    read_before: ApprovePlan
