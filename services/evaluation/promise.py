"""The evaluations that a program's rules promise: scheduled with what begins an engagement, or ends it.

What lies up to the planned end is known when coaching begins. What is reckoned from the end, as a follow-up is, waits for the day on
which it really ends; by then its coach does not judge any more, so that the client does.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final
from uuid import UUID

from domain.claims import EVALUATION
from domain.command import Command
from domain.engagement.events import EngagementActivated, EngagementCompleted, EngagementEndedEarly
from domain.engagement.state import EngagementState
from domain.evaluation.commands import ScheduleProgramPoint
from domain.evaluation.events import EvaluationScheduled
from domain.evaluation.state import EvaluationState
from domain.event import Event
from domain.glossary import Party
from domain.program.events import EvaluationPoint
from domain.program.point import day_of, is_after_end
from domain.program.state import ProgramState
from services.command.call import Call

PROMISED: Final[tuple[type[Event], ...]] = (EvaluationScheduled,)
"""What beginning and ending an engagement may bring beside its own events."""
DURING: Final[tuple[Party, ...]] = ("client", "coach")
AFTER: Final[tuple[Party, ...]] = ("client",)


async def promising(call: Call, events: Sequence[Event]) -> list[tuple[UUID, Command]]:
    """Those of the program's points whose time to be scheduled has come, each in a stream of its own."""
    state: EngagementState = call.reading.state(call.target, "engagement")
    for event in events:
        match event:
            case EngagementActivated(starts_on=begins, planned_end=ends):
                return await scheduled(call, state, begins, ends, after_end=False)
            case EngagementCompleted(closed_on=ends) | EngagementEndedEarly(closed_on=ends) if state.starts_on is not None:
                return await scheduled(call, state, state.starts_on, ends, after_end=True)
    return []


async def scheduled(call: Call, state: EngagementState, begins: date, ends: date, *, after_end: bool) -> list[tuple[UUID, Command]]:
    points = [point for point in await points_of(call, state.program_id) if is_after_end(point) is after_end]
    taken = await known_points(call) if points and after_end else frozenset[str]()
    found: list[tuple[UUID, Command]] = []
    for number, point in enumerate(points, start=1):
        if point.code not in taken:
            id = evaluation_id(call.shared.ids[0], number)
            of_point = ScheduleProgramPoint(
                evaluation_id=id,
                engagement_id=state.id,
                kind=point.kind,
                point=point.code,
                due_on=day_of(point, begins, ends),
                evaluators=AFTER if after_end else DURING,
            )
            found.append((id, of_point))
    await call.reading.load(*(id for id, _ in found))
    return found


async def points_of(call: Call, program_id: UUID | None) -> tuple[EvaluationPoint, ...]:
    if program_id is None:
        return ()
    await call.reading.load(program_id, guard=False)
    program: ProgramState = call.reading.state(program_id, "program")
    return program.evaluation_points


async def known_points(call: Call) -> frozenset[str]:
    """Those that somebody scheduled already; of a scheduling that comes between, it is looked anew."""
    ids = await call.reading.engaged(call.target, "evaluation")
    await call.reading.load(*ids, guard=False)
    call.reading.searched.add(EVALUATION)
    states: list[EvaluationState] = [call.reading.state(id, "evaluation") for id in ids]
    return frozenset(one.point for one in states)


def evaluation_id(first: UUID, number: int) -> UUID:
    """The id of one of the evaluations that one command schedules, the same each time that it is tried: `first` is its first id.

    A UUIDv7 counted on in its last bits, as RFC 9562 (6.2, method 2) has it.
    """
    return UUID(int=first.int + number)
