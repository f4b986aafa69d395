"""Whether client and coach meet: sessions that took place (19), and how far apart they lie (20)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import pairwise

from projections.kpi.clock import lasted
from projections.kpi.coaching import Session
from projections.kpi.facts import Facts
from projections.kpi.period import Asked
from projections.kpi.person import of_moment, of_period
from projections.kpi.value import Group, Kpi, middle, rate


def completion(facts: Sequence[Facts], asked: Asked) -> Kpi:
    """Sessions that took place, of those and of the ones that somebody missed or called off too late, whoever it was."""
    return rate(19, "session_completion", asked.position, outcomes(facts, asked))


def outcomes(facts: Sequence[Facts], asked: Asked) -> Iterator[tuple[Group, bool]]:
    """Each session of which it was decided in the period: its people, and whether it took place."""
    for people, f in of_period(facts, asked):
        for session in f.sessions.values():
            lost_at = session.missed_at or (session.cancelled_at if session.late else None)
            at = session.held_at or lost_at
            if at is not None and asked.holds(at):
                yield people, session.held_at is not None


def cadence(facts: Sequence[Facts], asked: Asked) -> Kpi:
    """The median of the days from one session to the next one that took place; each counts in the period of the later one."""
    found = [
        (people, Decimal(lasted(f, asked.day(one), asked.day(other))))
        for people, f in of_period(facts, asked)
        for one, other in gaps(f, asked)
    ]
    return middle(20, "days_between_sessions", "days", asked.position, found)


def gaps(facts: Facts, asked: Asked) -> Iterator[tuple[datetime, datetime]]:
    return ((one, other) for one, other in pairwise(held(facts, asked)) if asked.holds(other))


def held(facts: Facts, asked: Asked) -> list[datetime]:
    """When sessions took place, up to the last day that counts."""
    return sorted(session.held_at for session in facts.sessions.values() if asked.had(session.held_at))


def waiting(facts: Sequence[Facts], asked: Asked) -> Kpi:
    """The median of the days since the last session, over the engagements that go on and have none booked.

    One in which no session took place yet has no last one, and is left out.
    """
    found = [(people, Decimal(days)) for people, f in of_moment(facts, asked) if (days := days_without_next(f, asked)) is not None]
    return middle(20, "days_without_next_session", "days", asked.position, found)


def days_without_next(facts: Facts, asked: Asked) -> int | None:
    """None unless it goes on, had a session, and has none ahead."""
    times = held(facts, asked)
    if not times or facts.over_by(asked.until) or any(is_ahead(one, asked) for one in facts.sessions.values()):
        return None
    return lasted(facts, asked.day(times[-1]), asked.until)


def is_ahead(session: Session, asked: Asked) -> bool:
    """Whether it was booked for a time to come, as it was known on the last day that counts."""
    times = [booked.starts_at for booked in session.times if asked.had(booked.since)]
    return bool(times) and times[-1] >= asked.end and not asked.had(session.cancelled_at)
