"""The lines of a coach's log: each session with what counts of it, and what was changed after the log was handed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from typing import Final, NamedTuple
from uuid import UUID

from msgspec import Struct

from domain.credential import CredentialRules
from domain.values import Code
from projections.credential_log import Coaching, Held, Hours

BEFORE_EDUCATION: Final[Code] = "before_education"
EDUCATION_UNKNOWN: Final[Code] = "education_unknown"
GROUP_TOO_LARGE: Final[Code] = "group_too_large"


class Terms(NamedTuple):
    """By what a log is made: the rules, when the coach's education began, up to which day, and how far the logs reached that were
    handed in, by position. `day` is the day of an instant in the organization's zone."""

    rules: CredentialRules
    education_start: date | None
    through: date
    exports: Sequence[int]
    day: Callable[[datetime], date]


class Counter(Struct, frozen=True):
    """Minutes that were added or taken away after the log was handed in: by which event of the session, and when."""

    version: int
    on: date
    minutes: int


class Line(Struct, frozen=True, kw_only=True):
    """One session: `minutes` as the log says that was handed in, else as they stand; `counters` are what came after that.

    `reason` is why it counts for nothing, None where it counts. `version` is that of the event by which it took place.
    """

    session_id: UUID
    engagement_id: UUID
    on: date
    minutes: int
    pro_bono: bool
    head_count: int
    clients: frozenset[UUID]
    reason: Code | None
    rated: tuple[date, ...]
    position: int
    version: int
    counters: tuple[Counter, ...]

    @property
    def total(self) -> int:
        """The minutes with what came after."""
        return self.minutes + sum(one.minutes for one in self.counters)


def lines(hours: Hours, terms: Terms) -> Iterator[Line]:
    """Every session up to the day, the oldest first."""
    for held in hours.held:
        assert held.at is not None  # it took place
        coaching = hours.coachings.get(held.engagement_id)
        if terms.day(held.at) <= terms.through and coaching is not None:
            yield line(held, coaching, terms.day(held.at), terms)


def line(held: Held, coaching: Coaching, on: date, terms: Terms) -> Line:
    clients, head_count = company(held, coaching, on)
    minutes, counters = settled(held, terms)
    return Line(
        session_id=held.session_id,
        engagement_id=held.engagement_id,
        on=on,
        minutes=minutes,
        pro_bono=held.pro_bono,
        head_count=head_count,
        clients=clients,
        reason=passed_over(on, head_count, terms),
        rated=tuple(terms.day(at) for at in held.rated if terms.day(at) <= terms.through),
        position=held.position,
        version=held.version,
        counters=counters,
    )


def company(held: Held, coaching: Coaching, on: date) -> tuple[frozenset[UUID], int]:
    """Who was coached and how many: who came, where that was told; else who belonged to the group on that day, or more who came."""
    if held.attended is not None:
        return held.attended, held.participants
    clients = coaching.clients_on(on)
    return clients, max(held.participants, len(clients))


def settled(held: Held, terms: Terms) -> tuple[int, tuple[Counter, ...]]:
    """The minutes of the first log that was handed in with the session, and what was changed since; in none: as they stand."""
    reached = min((one for one in terms.exports if held.position <= one), default=None)
    minutes, counters = held.minutes, list[Counter]()
    stands = minutes
    for change in held.changes:
        if reached is None or change.position <= reached:
            minutes = change.minutes
        else:
            counters.append(Counter(change.version, terms.day(change.at), change.minutes - stands))
        stands = change.minutes
    return minutes, tuple(counters)


def passed_over(on: date, head_count: int, terms: Terms) -> Code | None:
    """Why a session counts for nothing. On the day on which education began it counts."""
    if terms.rules.largest_group is not None and head_count > terms.rules.largest_group:
        return GROUP_TOO_LARGE
    if not terms.rules.after_education:
        return None
    if terms.education_start is None:
        return EDUCATION_UNKNOWN
    return BEFORE_EDUCATION if on < terms.education_start else None
