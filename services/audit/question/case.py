"""One engagement as a question looks at it: all that happened in it up to a position of the log, and the day it is asked on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.event import Event
from infra.eventstore.feed import Fed
from infra.eventstore.stored import Stored

E = TypeVar("E", bound=Event)

IMPORTED: Final = "import"
"""The channel of what was written down elsewhere before: there the dates are those of the source."""


class Case(NamedTuple):
    """`events` stand in the order of the log; `at` is the moment that was asked for, `now` when the question is asked."""

    engagement: UUID
    events: Sequence[Stored]
    zone: ZoneInfo
    now: datetime
    at: datetime | None = None

    @property
    def today(self) -> date:
        return self.day(self.now)

    def of(self, kind: type[E]) -> Iterator[tuple[Fed, E]]:
        """The events of a kind, each with its record."""
        return ((fed, fed.event) for fed in self.events if isinstance(fed.event, kind))

    def day(self, moment: datetime) -> date:
        """The day of a moment in the organization's zone."""
        return moment.astimezone(self.zone).date()


def delay(fed: Fed) -> timedelta:
    """How long after it happened it was written down."""
    return fed.recorded_at - fed.occurred_at
