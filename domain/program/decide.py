"""What a program allows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from msgspec.structs import asdict

from domain.decider import Decide
from domain.errors.program import (
    AlreadyEnrolled,
    CoachInPool,
    CoachPoolEmpty,
    DatesInverted,
    NotAClient,
    NotACoach,
    NotASponsor,
    ProgramAlreadyOpen,
    ProgramFull,
    ProgramNotOpen,
    SponsorRequired,
)
from domain.event import Event
from domain.program.commands import AddCoachToPool, DefineProgram, EnrolParticipant, OpenProgram
from domain.program.context import ProgramContext
from domain.program.events import CoachAddedToPool, Outcome, ParticipantEnrolled, ProgramDefined, ProgramOpened
from domain.program.state import ProgramState
from domain.values import OfPerson

decide: Final[Decide[ProgramState, ProgramContext]] = Decide()


@decide.on(DefineProgram)
def define(state: ProgramState, command: DefineProgram, context: ProgramContext) -> Sequence[Event]:
    if command.ends_on <= command.starts_on:
        raise DatesInverted(pointer="/ends_on")
    if (command.sponsored or command.sponsor_approves_plans or command.sponsor_accepts_changes) and not command.sponsor_ids:
        raise SponsorRequired(pointer="/sponsor_ids")
    if command.sponsor_ids and not context.sponsor_roles_held:
        raise NotASponsor(pointer="/sponsor_ids")
    outcomes = tuple(Outcome(id=context.ids[number], text=text) for number, text in enumerate(command.outcomes, start=1))
    return (ProgramDefined(program_id=context.ids[0], **asdict(command) | {"outcomes": outcomes}),)


@decide.on(OpenProgram)
def open_program(state: ProgramState, command: OpenProgram, context: ProgramContext) -> Sequence[Event]:
    if state.is_open:
        raise ProgramAlreadyOpen
    if not state.pool:
        raise CoachPoolEmpty
    return (ProgramOpened(),)


@decide.on(AddCoachToPool)
def add_coach(state: ProgramState, command: AddCoachToPool, context: ProgramContext) -> Sequence[Event]:
    if command.coach_id in state.pool:
        raise CoachInPool(pointer="/coach_id")
    if not context.coach_role_held:
        raise NotACoach(pointer="/coach_id")
    return (CoachAddedToPool(coach_id=command.coach_id, max_engagements=command.max_engagements),)


@decide.on(EnrolParticipant)
def enrol(state: ProgramState, command: EnrolParticipant, context: ProgramContext) -> Sequence[Event]:
    client_id = command.client_id
    if not state.is_open:
        raise ProgramNotOpen
    if client_id in state.enrolled:
        raise AlreadyEnrolled(pointer="/client_id")
    if not context.client_role_held:
        raise NotAClient(pointer="/client_id")
    if len(state.enrolled) >= state.capacity:
        raise ProgramFull(capacity=state.capacity)
    return (
        ParticipantEnrolled(
            client_id=client_id,
            cohort=command.cohort,
            department=_snapshot(command.department, client_id),
            location=_snapshot(command.location, client_id),
        ),
    )


def _snapshot(text: str | None, client_id: UUID) -> OfPerson[str] | None:
    return None if text is None else OfPerson(text, subject=client_id)
