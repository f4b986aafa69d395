"""What a decision about a session may know."""

from __future__ import annotations

from domain.context import Context, EngagementFacts
from domain.values import TimeZone


class SessionContext(Context, frozen=True, kw_only=True):
    """The engagement with the terms of its agreement that sessions follow.

    `session_no` is the number of the engagement's next session, `sessions_left` how many of the agreed ones are not used
    or booked, None where nothing is agreed; `notice_hours` up to when before it one is called off without loss; `zone` is
    the organization's.
    """

    engagement: EngagementFacts
    session_no: int = 1
    sessions_left: int | None = None
    notice_hours: int = 0
    zone: TimeZone = "Etc/UTC"
