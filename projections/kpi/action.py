"""What was promised: kept in time (13), and how much is done (14)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from projections.kpi.clock import active_days
from projections.kpi.due import due_within
from projections.kpi.facts import Facts
from projections.kpi.period import Asked
from projections.kpi.person import of_period
from projections.kpi.value import Group, Kpi, per_30_days, rate


def follow_through(facts: Sequence[Facts], asked: Asked) -> Kpi:
    """Actions completed on or before the day on which they were due in the period, of those that were due in it.

    One that was moved is judged in this period by the day from which it was moved, so it is late here once, however often
    it is moved; in a later period it is judged by its new day. A promise of a draft plan is one, too.
    """
    return rate(13, "action_follow_through", asked.position, due(facts, asked))


def due(facts: Sequence[Facts], asked: Asked) -> Iterator[tuple[Group, bool]]:
    """Each action that was due in the period and not dropped before: its people, and whether it was done in time."""
    for people, f in of_period(facts, asked):
        for action in f.actions.values():
            on = due_within(action.dues, action.dropped_at, asked)
            if on is not None and not f.over_by(on):
                yield people, action.completed_on is not None and action.completed_on <= on


def throughput(facts: Sequence[Facts], asked: Asked) -> Kpi:
    """Actions completed while the plan was in force, in 30 active days."""
    return per_30_days(14, "action_throughput", asked.position, completions(facts, asked))


def completions(facts: Sequence[Facts], asked: Asked) -> Iterator[tuple[Group, int, int]]:
    """Each engagement's people, how many actions it completed in the period, and its active days in it."""
    for people, f in of_period(facts, asked):
        if asked.had(f.activated_at):
            since = asked.day(f.activated_at)
            days = (action.completed_on for action in f.actions.values() if action.completed_on is not None)
            yield people, sum(since <= day and asked.holds_day(day) for day in days), active_days(f, asked)
