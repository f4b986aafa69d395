"""What a reminder hangs on, and what an organization says about time."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from projections.reminder.facts import Due
from workers.reminder.slot import Quiet


class Terms(NamedTuple):
    """What an organization says about time: its zone, its quiet hours, and after how many days a plan is reviewed."""

    zone: ZoneInfo
    quiet: Quiet
    cadence_days: int

    def day(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()


class Anchor(NamedTuple):
    """What a reminder hangs on: a day, or without one the event that happened at `since`.

    `value` tells this anchor from another one of the same thing. Nothing goes out for what lies before `since`, nor from `until` on;
    `at` is the instant at which it goes out, where neither a day nor an event says it.
    """

    subject_id: UUID
    value: str
    day: date | None
    since: datetime | None
    recipients: tuple[UUID | None, ...]
    at: datetime | None = None
    until: datetime | None = None


def on_day(subject_id: UUID, due: Due, *recipients: UUID | None) -> Anchor:
    return Anchor(subject_id, due.on.isoformat(), due.on, due.since, recipients)
