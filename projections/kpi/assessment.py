"""What assessments by raters tell of many clients: whether raters answered (27), how apart self and others are (26), and what changed (25).

An assessment is about the first client of a group, and about nobody else. Scores are about single people: a mean of few is not shown
(`board.shown`). Erased results count nowhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from domain.assessment.result.whole import POOLED, Results
from projections.kpi.coaching import Assessment
from projections.kpi.facts import Facts
from projections.kpi.period import Asked
from projections.kpi.person import of_first
from projections.kpi.value import Group, Kpi, rate, ratio


def response_rate(facts: Sequence[Facts], asked: Asked) -> Kpi:
    """Raters who answered, of those who were asked by assessments that closed in the period."""
    return rate(27, "response_rate", asked.position, raters(facts, asked))


def raters(facts: Sequence[Facts], asked: Asked) -> Iterator[tuple[Group, bool]]:
    for people, f in of_first(facts, asked):
        for one in f.assessments.values():
            if one.closed_at is not None and asked.holds(one.closed_at):
                yield from ((people, number < one.answered) for number in range(one.asked))


def self_other_gap(facts: Sequence[Facts], asked: Asked) -> Kpi:
    """How far apart a client and all raters are, in points, on the mean of the competencies; of each client the last report."""
    found = [
        (people, gap)
        for people, f in of_first(facts, asked)
        if (last := latest(f, asked.holds)) and (gap := distance(results_of(last[-1]))) is not None
    ]
    return of_many(26, "self_other_gap", asked, found)


def gain(facts: Sequence[Facts], asked: Asked) -> Kpi:
    """How much higher all raters see a client in the last report than in the one before, on the same scale, in points."""
    found = []
    for people, f in of_first(facts, asked):
        reports = [one for one in latest(f, asked.had) if one.closed_at is not None]
        if len(reports) > 1 and (at := reports[-1].released_at) is not None and asked.holds(at):
            before, after = reports[-2:]
            same = (before.instrument, before.scale_version) == (after.instrument, after.scale_version)
            if same and (risen := rise(results_of(before), results_of(after))) is not None:
                found.append((people, risen))
    return of_many(25, "gain_360", asked, found)


def latest(facts: Facts, counts: Callable[..., bool]) -> list[Assessment]:
    """The reports that were released in a time and can be read, in order."""
    released = [one for one in facts.assessments.values() if one.results is not None and not one.results.is_erased]
    known = [(one.released_at, one) for one in released if one.released_at is not None and counts(one.released_at)]
    return [one for _, one in sorted(known, key=lambda pair: pair[0])]


def results_of(one: Assessment) -> Results:
    assert one.results is not None
    return one.results.plain()


def others(results: Results) -> dict[str, Fraction]:
    """Competency -> the mean of all raters, where it can be shown."""
    return {cell.about: cell.mean.exact for cell in results.cells if cell.group == POOLED and cell.about in results.classes}


def distance(results: Results) -> Decimal | None:
    own, seen = results.own, others(results)
    return mean([abs(own[one].exact - seen[one]) for one in seen if one in own])


def rise(before: Results, after: Results) -> Decimal | None:
    first, second = others(before), others(after)
    return mean([second[one] - first[one] for one in second if one in first])


def mean(values: Sequence[Fraction]) -> Decimal | None:
    if not values:
        return None
    exact = sum(values, Fraction(0)) / len(values)
    return Decimal(exact.numerator) / Decimal(exact.denominator)


def of_many(kpi: int, name: str, asked: Asked, found: Sequence[tuple[Group, Decimal]]) -> Kpi:
    total = sum((value for _, value in found), Decimal(0))
    return ratio(kpi, name, "points", asked.position, total=total, over=[people for people, _ in found])
