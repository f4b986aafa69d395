"""Deciding about the meetings of the three sides."""

from __future__ import annotations

from collections.abc import Sequence

from domain.engagement.commands import HoldAlignmentMeeting
from domain.engagement.context import EngagementContext
from domain.engagement.decide.closure import require_not_ended
from domain.engagement.decide.table import decide
from domain.engagement.events import AlignmentMeetingHeld
from domain.engagement.state import EngagementState
from domain.errors.engagement import ClientMustAttend
from domain.event import Event
from domain.rules import require_occurred_since
from domain.values import OfClient


@decide.on(HoldAlignmentMeeting)
def hold_alignment(state: EngagementState, command: HoldAlignmentMeeting, context: EngagementContext) -> Sequence[Event]:
    """Nothing about the client is agreed without them. The first one may come before the coaching begins."""
    require_not_ended(state)
    assert state.proposed_at is not None  # it was proposed, or it would not exist
    require_occurred_since(state.proposed_at, context)
    if "client" not in command.attendees:
        raise ClientMustAttend(pointer="/attendees")
    points = command.agreed_points if command.agreed_points and command.agreed_points.strip() else None
    return (
        AlignmentMeetingHeld(
            kind=command.kind,
            held_on=context.today,
            attendees=tuple(dict.fromkeys(command.attendees)),
            agreed_points=None if points is None else OfClient(points),
        ),
    )
