"""The table that the other files of this package fill, and what they share."""

from __future__ import annotations

from typing import Any, Final, TypeVar
from uuid import UUID

from msgspec.structs import replace

from domain.event import Recorded
from domain.plan.digest import ContentEvolve
from domain.plan.state import Entry, Objective, PlanState, Touch

evolve: Final = ContentEvolve()

T = TypeVar("T")


def touch(recorded: Recorded[Any]) -> Touch:
    return Touch(version=recorded.version, by=recorded.meta.actor)


def put(items: dict[UUID, T], key: UUID, item: T) -> dict[UUID, T]:
    return {**items, key: item}


def put_objective(state: PlanState, objective: Objective) -> PlanState:
    return replace(state, objectives=put(state.objectives, objective.id, objective))


def put_entry(state: PlanState, version: int, entry: Entry) -> PlanState:
    return replace(state, entries={**state.entries, version: entry})
