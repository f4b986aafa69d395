"""What happens between the three sides."""

from __future__ import annotations

from datetime import date

from domain.engagement.alignment import AlignmentKind, Present
from domain.event import Event, stored
from domain.values import OfClient


@stored("engagement.alignment_meeting_held")
class AlignmentMeetingHeld(Event, frozen=True):
    """The client met with others of the coaching, and they agreed on what it is for."""

    kind: AlignmentKind
    held_on: date
    attendees: tuple[Present, ...]
    agreed_points: OfClient[str] | None
