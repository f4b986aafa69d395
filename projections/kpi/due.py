"""In which period something that can be moved is due, and by which of its dates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from projections.kpi.facts import Due
from projections.kpi.period import Asked


def due_date(dues: Sequence[Due], asked: Asked) -> date:
    """The date that decides which period it is due in: the one in force when the period began, else its first."""
    if len(dues) == 1:
        return dues[0].on  # which is nearly every one
    in_force = [due.on for due in dues if asked.began_after(due.since)]
    return in_force[-1] if in_force else dues[0].on


def due_within(dues: Sequence[Due], given_up_at: datetime | None, asked: Asked) -> date | None:
    """The date on which it is due in the period, up to today; None when it is not due in it, or was given up before that day."""
    on = due_date(dues, asked)
    if not asked.holds_day(on) or (given_up_at is not None and asked.day(given_up_at) < on):
        return None
    return on
