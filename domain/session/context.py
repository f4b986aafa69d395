"""What a decision about a session may know."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from msgspec import Struct, field

from domain.context import Context, EngagementFacts
from domain.session.slot import Busy
from domain.values import TimeZone


class PlanFacts(Struct, frozen=True, kw_only=True):
    """What the engagement's plan holds that a session can be about: the ids of its objectives, actions and strategies.

    `meeting_ids` are the strategies of meetings that are in force.
    """

    objective_ids: frozenset[UUID] = frozenset()
    action_ids: frozenset[UUID] = frozenset()
    strategy_ids: frozenset[UUID] = frozenset()
    meeting_ids: frozenset[UUID] = frozenset()


class SessionContext(Context, frozen=True, kw_only=True):
    """The engagement with the terms of its agreement that sessions follow.

    `session_no` is the number of the engagement's next session, `sessions_left` how many of the agreed ones are not used
    or booked, None where nothing is agreed; `notice_hours` up to when before it one is called off without loss; `zone` is
    the organization's. `pro_bono` and `is_group` are the engagement's; `plan` holds nothing where there is none.
    `series_id` is the series that an earlier session began. `cadence_days` are those of the agreement, None where nothing is agreed;
    `taken` are the times that are wanted, of a session or of each of a series, at which the coach has another session, with the part
    of it that is taken. `exported`: a log of its coach's that was handed in holds the session.
    `last_day` is the day that the coaching ends with, where notice was given.
    `coach_since` is when its coach took the engagement over; None of the first.
    `coached` are who was coached in the engagement on the day of the session, as far as the rules ask for it.
    """

    engagement: EngagementFacts
    session_no: int = 1
    sessions_left: int | None = None
    notice_hours: int = 0
    zone: TimeZone = "Etc/UTC"
    pro_bono: bool = False
    is_group: bool = False
    plan: PlanFacts = PlanFacts()
    series_id: UUID | None = None
    cadence_days: int | None = None
    taken: dict[datetime, Busy] = field(default_factory=dict)
    exported: bool = False
    last_day: date | None = None
    coach_since: datetime | None = None
    coached: frozenset[UUID] = frozenset()
