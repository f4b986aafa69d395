"""How each event changes a program."""

from __future__ import annotations

from typing import Final

from msgspec.structs import asdict, replace

from domain.decider import Evolve
from domain.event import Recorded
from domain.program.events import CoachAddedToPool, ParticipantEnrolled, ProgramDefined, ProgramOpened
from domain.program.state import ProgramState

evolve: Final[Evolve[ProgramState]] = Evolve()


@evolve.on(ProgramDefined)
def defined(state: ProgramState, recorded: Recorded[ProgramDefined]) -> ProgramState:
    terms = asdict(recorded.event)
    return replace(state, id=terms.pop("program_id"), **terms)


@evolve.on(ProgramOpened)
def opened(state: ProgramState, recorded: Recorded[ProgramOpened]) -> ProgramState:
    return replace(state, is_open=True)


@evolve.on(CoachAddedToPool)
def coach_added(state: ProgramState, recorded: Recorded[CoachAddedToPool]) -> ProgramState:
    return replace(state, pool=state.pool | {recorded.event.coach_id: recorded.event.max_engagements})


@evolve.on(ParticipantEnrolled)
def enrolled(state: ProgramState, recorded: Recorded[ParticipantEnrolled]) -> ProgramState:
    return replace(state, enrolled=state.enrolled | {recorded.event.client_id})
