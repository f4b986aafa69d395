"""What changed about strategies, actions and milestones."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal, TypeVar
from uuid import UUID

from domain.difference import About, Difference, Value
from domain.plan.difference.trace import Traces
from domain.plan.events import (
    ActionCommitted,
    ActionDropped,
    ActionRescheduled,
    DueDatesShifted,
    EntryWithdrawn,
    MilestoneSet,
    MilestoneWithdrawn,
    StrategyAdopted,
    StrategyDropped,
    StrategyRevised,
)
from domain.plan.state import Action, Milestone, PlanState, Strategy
from domain.plan.terms import StrategyTerms

T = TypeVar("T", Action, Milestone)


def of_strategy(before: PlanState, now: Strategy, seen: Traces) -> Iterator[Difference]:
    then = before.strategies.get(now.id)
    if then is None:
        yield Difference(about="strategy", kind="added", id=now.id, to=now.terms.kind, versions=seen.of(StrategyAdopted, now.id))
    was = strategy_parts(then.terms if then else now.terms)
    for field, value in strategy_parts(now.terms).items():
        if value != was[field]:
            versions = seen.of(StrategyRevised, now.id)
            yield Difference(about="strategy", kind="refined", id=now.id, field=field, from_=was[field], to=value, versions=versions)
    if now.dropped and not (then and then.dropped):
        yield Difference(about="strategy", kind="dropped", id=now.id, versions=seen.of(StrategyDropped, now.id))


def strategy_parts(terms: StrategyTerms) -> dict[str, Value]:
    return {
        "title": terms.title,
        "kind": terms.kind,
        "objectives": terms.objective_ids,
        "hours_per_week": terms.realism.hours_per_week,
        "obstacles": terms.realism.obstacles,
        "client_fit": terms.client_fit,
    }


def of_action(before: PlanState, now: Action, seen: Traces) -> Iterator[Difference]:
    then = before.actions.get(now.id)
    moves = shifted(then, now, seen.of(ActionRescheduled, now.id), seen)
    if then is None:
        yield Difference(about="action", kind="added", id=now.id, to=now.due_on, versions=seen.of(ActionCommitted, now.id))
    elif moves:
        yield moved("action", now.id, then.due_on, now.due_on, moves)
    yield from reported("action", "completed", then, now, now.completed_on, seen)
    if now.dropped and not (then and then.dropped):
        yield Difference(about="action", kind="dropped", id=now.id, from_=now.due_on, versions=seen.of(ActionDropped, now.id))


def of_milestone(before: PlanState, now: Milestone, seen: Traces) -> Iterator[Difference]:
    then = before.milestones.get(now.id)
    known = {one.version for one in then.adjustments} if then else set()
    moves = shifted(then, now, tuple(one.version for one in now.adjustments if one.version not in known), seen)
    if then is None:
        yield Difference(about="milestone", kind="added", id=now.id, to=now.due_on, versions=seen.of(MilestoneSet, now.id))
    elif moves:
        yield moved("milestone", now.id, then.due_on, now.due_on, moves)
    yield from reported("milestone", "reached", then, now, now.reached_on, seen)
    if now.is_missed and not (then and then.is_missed):
        yield Difference(about="milestone", kind="missed", id=now.id, from_=now.due_on, versions=(now.misses[-1].version,))
    if now.withdrawn and not (then and then.withdrawn):
        yield Difference(about="milestone", kind="dropped", id=now.id, from_=now.due_on, versions=seen.of(MilestoneWithdrawn, now.id))


def shifted(then: T | None, now: T, moves: tuple[int, ...], seen: Traces) -> tuple[int, ...]:
    """What moved it: also a pause, which is told of the plan as a whole, when the moves leave it on another day than it had."""
    if then is None or then.due_on == now.due_on:
        return moves
    return tuple(sorted({*moves, *seen.of(DueDatesShifted)}))


def moved(about: About, id: UUID, was: date, becomes: date, versions: tuple[int, ...]) -> Difference:
    """Also by no day at all: what was moved away and back was moved."""
    return Difference(about=about, kind="moved", id=id, from_=was, to=becomes, days=(becomes - was).days, versions=versions)


def reported(
    about: About,
    kind: Literal["completed", "reached"],
    then: Action | Milestone | None,
    now: Action | Milestone,
    on: date | None,
    seen: Traces,
) -> Iterator[Difference]:
    """That it was done or reached, or is not after all."""
    was, becomes = getattr(then, kind, None), getattr(now, kind)
    if becomes is not None and becomes != was:
        yield Difference(about=about, kind=kind, id=now.id, to=on, versions=(becomes,))
    elif becomes is None and was is not None:
        yield Difference(about=about, kind="reopened", id=now.id, versions=seen.of(EntryWithdrawn, now.id))
