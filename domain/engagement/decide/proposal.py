"""Deciding who is coached by whom."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from msgspec.structs import asdict

from domain.engagement.commands import AssignCoach, ProposeEngagement
from domain.engagement.context import EngagementContext
from domain.engagement.decide.closure import require_not_ended
from domain.engagement.decide.table import decide
from domain.engagement.events import CoachAssigned, EngagementProposed
from domain.engagement.state import EngagementState
from domain.errors import NotFound
from domain.errors.engagement import CoachAlreadyAssigned, CoachAtCapacity, CoachNotChosen, CoachNotInPool, ConflictOfInterest, SelfCoaching
from domain.errors.program import NotAClient, NotACoach, NotASponsor, NotEnrolled, ProgramNotOpen, SponsorRequired
from domain.event import Event


@decide.on(ProposeEngagement)
def propose(state: EngagementState, command: ProposeEngagement, context: EngagementContext) -> Sequence[Event]:
    if not context.client_role_held:
        raise NotAClient(pointer="/client_id")
    if command.sponsor_id == command.client_id:
        raise ConflictOfInterest("Nobody sponsors their own coaching: leave the sponsor out.", pointer="/sponsor_id")
    if command.sponsor_id is not None and not context.sponsor_role_held:
        raise NotASponsor(pointer="/sponsor_id")
    if command.program_id is not None:
        _require_place_in_program(command, context)
    enrolled_at = context.program.enrolled_at.get(command.client_id) if context.program else None
    return (EngagementProposed(engagement_id=context.ids[0], **asdict(command), enrolled_at=enrolled_at),)


def _require_place_in_program(command: ProposeEngagement, context: EngagementContext) -> None:
    program = context.program
    if program is None or program.id != command.program_id:
        raise NotFound(pointer="/program_id")
    if not program.is_open:
        raise ProgramNotOpen(pointer="/program_id")
    if command.client_id not in program.enrolled:
        raise NotEnrolled(pointer="/client_id")
    if command.sponsor_id is None and (program.sponsor_approves_plans or program.sponsor_accepts_changes):
        raise SponsorRequired("The program's sponsor takes part in plans: name one.", pointer="/sponsor_id")
    if command.sponsor_id is not None and command.sponsor_id not in program.sponsor_ids:
        raise NotASponsor("That person is no sponsor of the program: name one of its `sponsor_ids`.", pointer="/sponsor_id")


@decide.on(AssignCoach)
def assign_coach(state: EngagementState, command: AssignCoach, context: EngagementContext) -> Sequence[Event]:
    require_not_ended(state)
    if state.coach_id is not None:
        raise CoachAlreadyAssigned(coach_id=state.coach_id)
    _require_chosen(state, command)
    seat = seat_for(state, command.coach_id, context, at="/coach_id")
    return (CoachAssigned(coach_id=command.coach_id, chosen_by=command.chosen_by, program_id=state.program_id, seat=seat),)


def _require_chosen(state: EngagementState, command: AssignCoach) -> None:
    """Where the client talked with coaches, their choice is one to whom they said yes; without such talks it is taken as it is told."""
    if command.chosen_by == "client" and state.chemistry and state.choice_of(command.coach_id) != "yes":
        raise CoachNotChosen(pointer="/chosen_by", choice=state.choice_of(command.coach_id))


def require_eligible(state: EngagementState, coach: UUID, context: EngagementContext, *, at: str) -> None:
    """Somebody who may coach this client: nothing keeps them from it, and they are in the program's pool, where there is one."""
    if coach == state.client_id or coach in state.present_members:
        raise SelfCoaching(pointer=at)
    if coach == state.sponsor_id:
        raise ConflictOfInterest(pointer=at)
    if declared := [one.kind for one in state.conflicts if one.coach_id == coach]:
        raise ConflictOfInterest("A conflict of interest was declared: assign another coach, or resolve it.", pointer=at, declared=declared)
    if not context.coach_role_held:
        raise NotACoach(pointer=at)
    if state.program_id is not None and (context.program is None or coach not in context.program.pool):
        raise CoachNotInPool(pointer=at)


def seat_for(state: EngagementState, coach: UUID, context: EngagementContext, *, at: str) -> int | None:
    """The place that a coach takes in the engagement's program, None outside of any; `at` is where the command names them."""
    require_eligible(state, coach, context, at=at)
    if context.program is None:
        return None
    if context.free_seat is None:
        raise CoachAtCapacity(pointer=at, max_engagements=context.program.pool[coach])
    return context.free_seat
