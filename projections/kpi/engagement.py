"""How much of the coaching the client takes part in (18)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from projections.kpi import action
from projections.kpi.clock import lasted
from projections.kpi.facts import Facts
from projections.kpi.objective import active
from projections.kpi.period import Asked
from projections.kpi.person import of_moment
from projections.kpi.value import PLACES, Kpi, ratio

REFLECTION_DAYS: Final = 30


def index(facts: Sequence[Facts], asked: Asked) -> Kpi:
    """The mean, from 0 to 1, of what each engagement that goes on has by itself (`index_of`)."""
    found = [(people, one) for people, f in of_moment(facts, asked) if (one := index_of(f, asked)) is not None]
    total = sum((one for _, one in found), Decimal(0))
    return ratio(18, "engagement_index", "ratio", asked.position, total=total, over=[people for people, _ in found])


def index_of(facts: Facts, asked: Asked) -> Decimal | None:
    """The mean of its parts, to four places; None unless it goes on. A part of which there is nothing to count yet is left out."""
    if facts.began_on is None or facts.began_on > asked.until or facts.over_by(asked.until):
        return None
    found = [part for part in parts(facts, asked) if part is not None]
    return (sum(found, Decimal(0)) / len(found)).quantize(PLACES)


def parts(facts: Facts, asked: Asked) -> Iterator[Decimal | None]:
    """Sessions that took place of those that were to, promises kept in time, objectives measured in time, and a reflection."""
    planned = planned_by(facts, asked.until) - planned_by(facts, before(asked))
    held = sum(asked.holds(session.held_at) for session in facts.sessions.values() if session.held_at is not None)
    yield min(Decimal(1), Decimal(held) / planned) if planned else None
    yield share([kept for _, kept in action.due([facts], asked)])
    yield share(measured(facts, asked))
    yield Decimal(any(is_recent(facts, asked.day(at), asked) for at in facts.reflections if asked.had(at)))


def planned_by(facts: Facts, day: date) -> int:
    """How many sessions the agreement foresees up to a day: one each time that its cadence has passed, without days of rest."""
    if facts.agreed is None or facts.began_on is None or day < facts.began_on:
        return 0
    return min(facts.agreed.sessions, lasted(facts, facts.began_on, day) // facts.agreed.cadence_days)


def before(asked: Asked) -> date:
    """The day before the period. To date, there is none before the earliest."""
    return asked.period.first - timedelta(days=1) if asked.period.first > date.min else date.min


def measured(facts: Facts, asked: Asked) -> list[bool]:
    """Of each active objective, whether its last value is no older than the plan is to be reviewed; before the first, since when it is active."""
    cadence = asked.cadences[facts.activated_under] if facts.activated_at is not None else 0
    found = []
    for _, objective in active(facts, asked):
        assert facts.activated_at is not None  # or none would be active
        first = asked.day(max(facts.activated_at, objective.defined_at))
        last = max((one.on for one in objective.measured if one.on <= asked.until), default=first)
        found.append(lasted(facts, last, asked.until) <= cadence)
    return found


def is_recent(facts: Facts, day: date, asked: Asked) -> bool:
    return lasted(facts, day, asked.until) <= REFLECTION_DAYS


def share(seen: Sequence[bool]) -> Decimal | None:
    return Decimal(sum(seen)) / len(seen) if seen else None
