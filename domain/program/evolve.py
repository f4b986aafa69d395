"""How each event changes a program."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from msgspec.structs import asdict, replace

from domain.context import EarlierBounds
from domain.decider import Evolve
from domain.event import Recorded
from domain.program.events import (
    CoachAddedToPool,
    CoachPoolLimitRevised,
    CoachRemovedFromPool,
    ParticipantEnrolled,
    ParticipantWithdrawn,
    ProgramClosed,
    ProgramDefined,
    ProgramOpened,
    ProgramTermsRevised,
)
from domain.program.state import Participant, ProgramState, Set
from domain.program.terms import field_of

evolve: Final[Evolve[ProgramState]] = Evolve()
BOUNDS: Final[Mapping[str, str]] = {"starts_on": "starts_on", "ends_on": "ends_on", "sessions_per_engagement": "sessions"}
"""The terms that bound an engagement, by the names that they have for it."""


@evolve.on(ProgramDefined)
def defined(state: ProgramState, recorded: Recorded[ProgramDefined]) -> ProgramState:
    terms = asdict(recorded.event)
    return replace(state, id=terms.pop("program_id"), **terms)


@evolve.on(ProgramOpened)
def opened(state: ProgramState, recorded: Recorded[ProgramOpened]) -> ProgramState:
    return replace(state, stage="open")


@evolve.on(ProgramTermsRevised)
def terms_revised(state: ProgramState, recorded: Recorded[ProgramTermsRevised]) -> ProgramState:
    revision = recorded.event.revision
    field = field_of(revision)
    revised = Set(version=recorded.version, by=recorded.meta.actor)
    earlier = bounded(state, field, recorded)
    return replace(state, **{field: revision.to}, revised=state.revised | {field: revised}, earlier_bounds=earlier)


def bounded(state: ProgramState, field: str, recorded: Recorded[ProgramTermsRevised]) -> tuple[EarlierBounds, ...]:
    """What earlier engagements keep: of terms for new ones all that there was, of terms for all nothing of what these replace."""
    if field not in BOUNDS:
        return state.earlier_bounds
    if recorded.event.applies_to == "new":
        return (*state.earlier_bounds, EarlierBounds(before=recorded.occurred_at, bounds=state.bounds))
    to = {BOUNDS[field]: recorded.event.revision.to}
    return tuple(replace(one, bounds=replace(one.bounds, **to)) for one in state.earlier_bounds)


@evolve.on(CoachAddedToPool)
def coach_added(state: ProgramState, recorded: Recorded[CoachAddedToPool]) -> ProgramState:
    coach = recorded.event.coach_id
    removed = {one: places for one, places in state.removed.items() if one != coach}
    return replace(state, pool=state.pool | {coach: recorded.event.max_engagements}, removed=removed)


@evolve.on(CoachPoolLimitRevised)
def coach_limit_revised(state: ProgramState, recorded: Recorded[CoachPoolLimitRevised]) -> ProgramState:
    event = recorded.event
    last = max(event.from_, event.places_kept)
    removed = {one: places for one, places in state.removed.items() if one != event.coach_id}
    kept = {event.coach_id: last} if last > event.to else {}
    return replace(state, pool=state.pool | {event.coach_id: event.to}, removed=removed | kept)


@evolve.on(CoachRemovedFromPool)
def coach_removed(state: ProgramState, recorded: Recorded[CoachRemovedFromPool]) -> ProgramState:
    coach = recorded.event.coach_id
    pool = {one: places for one, places in state.pool.items() if one != coach}
    last = max(recorded.event.max_engagements, state.removed.get(coach, 0))
    return replace(state, pool=pool, removed=state.removed | {coach: last})


@evolve.on(ParticipantEnrolled)
def enrolled(state: ProgramState, recorded: Recorded[ParticipantEnrolled]) -> ProgramState:
    event = recorded.event
    participant = Participant(cohort=event.cohort, department=event.department, location=event.location, enrolled_at=recorded.occurred_at)
    return replace(state, participants=state.participants | {event.client_id: participant})


@evolve.on(ParticipantWithdrawn)
def withdrawn(state: ProgramState, recorded: Recorded[ParticipantWithdrawn]) -> ProgramState:
    client = recorded.event.client_id
    gone = replace(state.participants[client], withdrawn_at=recorded.occurred_at)
    return replace(state, participants=state.participants | {client: gone})


@evolve.on(ProgramClosed)
def closed(state: ProgramState, recorded: Recorded[ProgramClosed]) -> ProgramState:
    return replace(state, stage="closed", closed_on=recorded.event.closed_on)
