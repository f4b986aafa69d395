"""Deciding about conversations before somebody coaches a client, and about what speaks against it."""

from __future__ import annotations

from collections.abc import Sequence

from domain.context import CHEMISTRY_SESSIONS
from domain.engagement.commands import DeclareConflictOfInterest, HoldChemistrySession, ResolveConflictOfInterest
from domain.engagement.context import EngagementContext
from domain.engagement.decide.closure import require_not_ended
from domain.engagement.decide.proposal import require_eligible
from domain.engagement.decide.table import decide
from domain.engagement.events import ChemistrySessionHeld, ConflictOfInterestDeclared, ConflictOfInterestResolved
from domain.engagement.state import EngagementState
from domain.errors import ItemUnknown
from domain.errors.engagement import ChemistrySessionsExhausted
from domain.errors.program import NotACoach
from domain.event import Event
from domain.rules import require_occurred_since, require_reason
from domain.values import of_author


@decide.on(HoldChemistrySession)
def hold_chemistry(state: EngagementState, command: HoldChemistrySession, context: EngagementContext) -> Sequence[Event]:
    """Also before another coach takes over."""
    require_not_ended(state)
    assert state.proposed_at is not None  # it was proposed, or it would not exist
    require_occurred_since(state.proposed_at, context)
    require_eligible(state, command.coach_id, context, at="/coach_id")
    most = CHEMISTRY_SESSIONS if context.program is None else context.program.chemistry_sessions
    if len(state.chemistry) >= most:
        raise ChemistrySessionsExhausted(most=most)
    return (ChemistrySessionHeld(coach_id=command.coach_id, held_on=context.today, choice=command.choice),)


@decide.on(DeclareConflictOfInterest)
def declare(state: EngagementState, command: DeclareConflictOfInterest, context: EngagementContext) -> Sequence[Event]:
    """Also about the coach of today: it is for the program manager to give the engagement to another."""
    require_not_ended(state)
    if not context.coach_role_held:
        raise NotACoach(pointer="/coach_id")
    if any((one.coach_id, one.kind) == (command.coach_id, command.kind) for one in state.conflicts):
        return ()
    return (ConflictOfInterestDeclared(coach_id=command.coach_id, kind=command.kind, reason=of_author(command.reason)),)


@decide.on(ResolveConflictOfInterest)
def resolve(state: EngagementState, command: ResolveConflictOfInterest, context: EngagementContext) -> Sequence[Event]:
    require_reason(command.reason_code, command.reason, context.policy)
    require_not_ended(state)
    if not any((one.coach_id, one.kind) == (command.coach_id, command.kind) for one in state.conflicts):
        raise ItemUnknown("No such conflict of interest was declared.", pointer="/coach_id")
    return (
        ConflictOfInterestResolved(
            coach_id=command.coach_id, kind=command.kind, reason_code=command.reason_code, reason=of_author(command.reason)
        ),
    )
