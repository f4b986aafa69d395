"""Time that counts: a paused engagement stops every clock, so days of rest are cut from every duration."""

from __future__ import annotations

from datetime import date, timedelta

from projections.kpi.facts import Facts
from projections.kpi.period import Asked
from projections.pause import rested


def lasted(facts: Facts, begin: date, end: date) -> int:
    """The days from `begin` to `end` on which the engagement did not rest; negative when `end` lies before."""
    return (end - begin).days - rested(facts.pauses, begin, end)


def active_days(facts: Facts, asked: Asked) -> int:
    """How many of the period's days, up to the last that counts, come after that of activation, without those of rest."""
    assert facts.activated_at is not None  # only a plan that was activated has any
    begin = max(asked.day(facts.activated_at) + timedelta(days=1), asked.period.first)
    return max(0, lasted(facts, begin, asked.until + timedelta(days=1)))
