"""When somebody who is asked something by a mailed link is written to: at once, and once a week while they have not answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple
from uuid import UUID

from domain.organization.state import OrganizationState
from infra.eventstore.answer import Told
from workers.reminder.slot import Quiet, awake, dated

WEEK: Final = timedelta(days=7)
MOST_MAILS: Final = 4
"""The first, and three that remind."""


class Round(NamedTuple):
    """The mails of what can be answered to the end of a day, as they are due at this moment."""

    organization: OrganizationState
    closes_on: date
    now: datetime

    @property
    def quiet(self) -> Quiet:
        return Quiet(self.organization.policy.quiet_from_hour, self.organization.policy.quiet_until_hour)

    @property
    def ends_at(self) -> datetime:
        """The end of the day on which it closes, where the organization is."""
        return datetime.combine(self.closes_on + timedelta(days=1), time(), self.organization.zone)

    def due(self, asked: Iterable[UUID], told: Mapping[UUID, Told]) -> Iterator[UUID]:
        """Who was sent no mail, or whose last one is a week old, while they have not answered; nobody at night."""
        if awake(self.now, self.organization.zone, self.quiet) != self.now:
            return
        for one in asked:
            last = told.get(one)
            if last is None or (not last.used and last.mails < MOST_MAILS and self.again(last.last_at) <= self.now):
                yield one

    def again(self, last_at: datetime) -> datetime:
        """A week after a mail, at the hour at which reminders go out."""
        return dated((last_at.astimezone(self.organization.zone) + WEEK).date(), self.organization.zone, self.quiet)
