"""What may be reported of the meetings of the three sides."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from domain.command import Report
from domain.engagement.alignment import AlignmentKind, Present
from domain.values import Prose


class HoldAlignmentMeeting(Report, frozen=True, kw_only=True):
    """Reports that the sides met at the start, in the middle or at the end. The client is always there.

    `agreed_points` are for client and coach to read.
    """

    kind: AlignmentKind
    attendees: Annotated[tuple[Present, ...], Meta(min_length=1, max_length=5)]
    agreed_points: Prose | None = None
