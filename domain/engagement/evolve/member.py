"""How a group or team grows and shrinks."""

from __future__ import annotations

from msgspec.structs import replace

from domain.engagement.events import MemberAdded, MemberRemoved
from domain.engagement.evolve.agreement import ruling
from domain.engagement.evolve.handover import without
from domain.engagement.evolve.table import evolve
from domain.engagement.member import Member
from domain.engagement.state import EngagementState
from domain.event import Recorded


@evolve.on(MemberAdded)
def member_added(state: EngagementState, recorded: Recorded[MemberAdded]) -> EngagementState:
    """Who comes back stands there twice: for the time before, and from now on."""
    event = recorded.event
    return replace(state, members=(*state.members, Member(client_id=event.client_id, joined_on=event.joined_on)))


@evolve.on(MemberRemoved)
def member_removed(state: EngagementState, recorded: Recorded[MemberRemoved]) -> EngagementState:
    """Their consents go with them. Terms that waited for their signature alone rule from now on."""
    client, left_on = recorded.event.client_id, recorded.event.left_on
    members = [replace(one, left_on=left_on) if (one.client_id, one.left_on) == (client, None) else one for one in state.members]
    consents = tuple(one for one in state.consents if one.by != client)
    handover = without(state.handover_consents, client)
    return ruling(replace(state, members=tuple(members), consents=consents, handover_consents=handover), recorded.occurred_at)
