"""Deciding who is coached together with others."""

from __future__ import annotations

from collections.abc import Sequence

from domain.engagement.commands import AddMember, RemoveMember
from domain.engagement.context import EngagementContext
from domain.engagement.decide.closure import require_not_ended
from domain.engagement.decide.table import decide
from domain.engagement.events import MemberAdded, MemberRemoved
from domain.engagement.state import EngagementState
from domain.errors.engagement import AlreadyAMember, ConflictOfInterest, NotAGroup, NotAMember, SelfCoaching
from domain.errors.program import NotAClient, NotEnrolled
from domain.event import Event
from domain.rules import require_reason
from domain.values import of_author


@decide.on(AddMember)
def add_member(state: EngagementState, command: AddMember, context: EngagementContext) -> Sequence[Event]:
    """Each is a client of their own, with a seat in the program. More than count for a credential may be coached."""
    _require_group(state)
    if not context.client_role_held:
        raise NotAClient(pointer="/client_id")
    if command.client_id == state.coach_id:
        raise SelfCoaching("The coach is no member of the group that they coach.", pointer="/client_id")
    if command.client_id == state.sponsor_id:
        raise ConflictOfInterest("Nobody sponsors their own coaching: add another client.", pointer="/client_id")
    if command.client_id == state.client_id or command.client_id in state.present_members:
        raise AlreadyAMember(pointer="/client_id")
    if context.program is not None and command.client_id not in context.program.enrolled:
        raise NotEnrolled(pointer="/client_id")
    return (MemberAdded(client_id=command.client_id, joined_on=context.today, head_count=state.head_count + 1),)


@decide.on(RemoveMember)
def remove_member(state: EngagementState, command: RemoveMember, context: EngagementContext) -> Sequence[Event]:
    if context.role != "worker":  # an erasure takes them out by a code of ours
        require_reason(command.reason_code, command.reason, context.policy)
    _require_group(state)
    if command.client_id not in state.present_members:
        raise NotAMember(pointer="/client_id")
    return (
        MemberRemoved(
            client_id=command.client_id,
            left_on=context.today,
            head_count=state.head_count - 1,
            reason_code=command.reason_code,
            reason=of_author(command.reason),
        ),
    )


def _require_group(state: EngagementState) -> None:
    require_not_ended(state)
    if state.kind == "individual":
        raise NotAGroup
