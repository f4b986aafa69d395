"""Whether plans are reviewed as often as the organization's policy asks (16)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from projections.kpi.facts import Facts
from projections.kpi.period import Asked
from projections.kpi.person import of_period
from projections.kpi.value import Group, Kpi, rate
from projections.pause import after


def adherence(facts: Sequence[Facts], asked: Asked) -> Kpi:
    """Intervals between reviews that were no longer than the cadence, of those that were decided in the period.

    An interval is decided once: on the day of the review that ends it, or on the first day on which it is longer than the
    cadence, whether a review ended it later or not. So an open one counts as missed from that day on, and no month twice.
    """
    return rate(16, "review_adherence", asked.position, intervals(facts, asked))


def intervals(facts: Sequence[Facts], asked: Asked) -> Iterator[tuple[Group, bool]]:
    """Each interval decided in the period: its people, and whether it was kept."""
    for people, f in of_period(facts, asked):
        for begin, cadence, end in spans(f, asked):
            missed_on = after(f.pauses, begin, cadence + 1)
            kept = end is not None and end < missed_on
            if asked.holds_day(end if kept and end is not None else missed_on):
                yield people, kept


def spans(facts: Facts, asked: Asked) -> Iterator[tuple[date, int, date | None]]:
    """From activation to the first review and from review to review: begin, the cadence then in force, and end.

    The last one is open. Reviews stand in the order in which they were held, which need not be that of their recording.
    """
    if facts.activated_at is None:
        return
    reviews = sorted(facts.reviews, key=lambda review: (review.on, review.version))
    begins = [(asked.day(facts.activated_at), facts.activated_under), *((review.on, review.policy) for review in reviews)]
    for (begin, policy), (end, _) in pairwise(begins):
        yield begin, asked.cadences[policy], end
    last, policy = begins[-1]
    yield last, asked.cadences[policy], None
