"""Whether evaluations are recorded when they were promised (17)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from projections.kpi.coaching import Evaluation, Judgement
from projections.kpi.facts import Facts
from projections.kpi.period import Asked
from projections.kpi.person import of_period
from projections.kpi.value import Group, Kpi, rate

GRACE_DAYS: Final = 7


def timeliness(facts: Sequence[Facts], asked: Asked) -> Kpi:
    """Evaluations that every side recorded within seven days of the due date, of those due in the period.

    One that is not complete is left out while its seven days run: it is neither in time nor late yet.
    """
    return rate(17, "evaluation_timeliness", asked.position, due(facts, asked))


def due(facts: Sequence[Facts], asked: Asked) -> Iterator[tuple[Group, bool]]:
    """Each evaluation due in the period, up to today, that is decided: its people, and whether it was in time.

    What is due after the engagement's end is not due.
    """
    for people, f in of_period(facts, asked):
        for evaluation in f.evaluations.values():
            if asked.holds_day(evaluation.due_on) and not f.over_by(evaluation.due_on) and is_decided(evaluation, asked):
                yield people, not evaluation.is_open and is_timely(evaluation, asked)


def is_decided(evaluation: Evaluation, asked: Asked) -> bool:
    late = not is_timely(evaluation, asked)
    return late or not evaluation.is_open or (asked.today - evaluation.due_on).days > GRACE_DAYS


def is_timely(evaluation: Evaluation, asked: Asked) -> bool:
    """True when each judgement that was given lies within the seven days, by when it happened and by when it was recorded.

    Both, so that nobody is in time by dating back. An import only repeats what was recorded elsewhere: it has one date.
    """
    return all(abs((day - evaluation.due_on).days) <= GRACE_DAYS for one in evaluation.judgements for day in days(one, asked))


def days(judgement: Judgement, asked: Asked) -> Iterator[date]:
    yield asked.day(judgement.at)
    if judgement.recorded_at is not None:
        yield asked.day(judgement.recorded_at)
