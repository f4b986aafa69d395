"""How an engagement keeps the meetings of the three sides."""

from __future__ import annotations

from msgspec.structs import replace

from domain.engagement.alignment import AlignmentMeeting
from domain.engagement.events import AlignmentMeetingHeld
from domain.engagement.evolve.table import evolve
from domain.engagement.state import EngagementState
from domain.event import Recorded


@evolve.on(AlignmentMeetingHeld)
def alignment_held(state: EngagementState, recorded: Recorded[AlignmentMeetingHeld]) -> EngagementState:
    event = recorded.event
    meeting = AlignmentMeeting(
        kind=event.kind,
        held_on=event.held_on,
        attendees=event.attendees,
        agreed_points=event.agreed_points,
        noted_by=recorded.meta.actor,
    )
    return replace(state, alignments=(*state.alignments, meeting))
