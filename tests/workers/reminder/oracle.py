"""What should go out, found the slow way: at every hour, by asking each promise in turn whether somebody's clock says so.

It shares no code with the product: it looks at the clock on the wall, and keeps its own book of what people did.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

Expected = tuple[datetime, UUID, str, UUID, int]
"""When, to whom, by which rule, about what, and how many days from its day."""


@dataclass
class Promise:
    """Something with a day, and those who are to be reminded of it."""

    rule: str
    subject: UUID
    offsets: tuple[int, ...]
    to: list[UUID]
    on: date
    since: datetime
    open: bool = True


@dataclass
class Happening:
    """Something that happened, and waits for the next full hour in which its recipient is awake."""

    rule: str
    subject: UUID
    to: UUID
    at: datetime
    open: bool = True
    told: bool = False


@dataclass
class Oracle:
    """`zones` is where everybody is."""

    zones: dict[UUID, ZoneInfo]
    promises: list[Promise] = field(default_factory=list)
    happenings: list[Happening] = field(default_factory=list)
    expected: list[Expected] = field(default_factory=list)

    def promise(self, rule: str, subject: UUID, offsets: tuple[int, ...], to: list[UUID], on: date, since: datetime) -> None:
        """Replaces an earlier one about the same thing."""
        self.settle(rule, subject)
        self.promises.append(Promise(rule, subject, offsets, list(to), on, since))

    def settle(self, rule: str, subject: UUID, who: UUID | None = None) -> None:
        """There is nothing to remind of any more; `who`: to remind them of."""
        for one in self.promises:
            if (one.rule, one.subject) == (rule, subject):
                one.to = [person for person in one.to if who is not None and person != who]

    def happen(self, rule: str, subject: UUID, to: UUID, at: datetime) -> None:
        self.happenings.append(Happening(rule, subject, to, at))

    def forget(self, rule: str, subject: UUID) -> None:
        for one in self.happenings:
            if (one.rule, one.subject) == (rule, subject):
                one.open = False

    def tick(self, now: datetime) -> None:
        for one in self.promises:
            for person in one.to:
                local = now.astimezone(self.zones[person])
                for offset in one.offsets:
                    is_morning = (local.hour, local.minute) == (8, 0) and local.date() - timedelta(days=offset) == one.on
                    if is_morning and one.since < now:
                        self.expected.append((now, person, one.rule, one.subject, offset))
        for event in self.happenings:
            local = now.astimezone(self.zones[event.to])
            if event.open and not event.told and event.at < now and local.minute == 0 and 7 <= local.hour < 20:
                event.told = True
                self.expected.append((now, event.to, event.rule, event.subject, 0))
