"""How clients rate their sessions: the session itself (22), the alliance with the coach (23), and whether they would recommend it (24).

SRS: Miller, Duncan & Johnson 2000. WAI-SR: Hatcher & Gillaspy 2006. NPS: Reichheld 2003. An erased rating counts nowhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Final, NamedTuple
from uuid import UUID

from domain.session.rating import INSTRUMENTS
from domain.values import Code
from projections.kpi.facts import Facts
from projections.kpi.period import Asked
from projections.kpi.person import counts
from projections.kpi.value import Group, Kpi, balance, rate, ratio

PROMOTES: Final = 9
DETRACTS: Final = 6
LOW: Final = 36


class Rated(NamedTuple):
    """One rating: whose it is, and the sums that the instrument is read by."""

    by: UUID
    sums: dict[Code, int]

    @property
    def people(self) -> Group:
        return frozenset({self.by})


def rated(facts: Sequence[Facts], instrument: Code, asked: Asked) -> Iterator[Rated]:
    """Every rating by an instrument in the period."""
    return (one for f in facts for one in of_engagement(f, instrument, asked, asked.holds))


def of_person(facts: Facts, asked: Asked, within: Callable[..., bool]) -> dict[UUID, list[Rated]]:
    """The ratings of the alliance in an engagement, of each who gave any: how the alliance of one is tells nothing of that of another."""
    found: dict[UUID, list[Rated]] = defaultdict(list)
    for one in of_engagement(facts, "wai_sr", asked, within):
        found[one.by].append(one)
    return found


def of_engagement(facts: Facts, instrument: Code, asked: Asked, within: Callable[..., bool]) -> Iterator[Rated]:
    for rating in facts.ratings:
        if rating.instrument == instrument and counts(rating.by, asked) and within(rating.at) and not rating.scores.is_erased:
            known = INSTRUMENTS[rating.instrument, rating.instrument_version]
            yield Rated(rating.by, known.sums(rating.scores.plain()))


def mean(kpi: int, name: Code, unit: Code, asked: Asked, found: Sequence[tuple[Group, int]]) -> Kpi:
    return ratio(kpi, name, unit, asked.position, total=Decimal(sum(value for _, value in found)), over=[people for people, _ in found])


def stars(facts: Sequence[Facts], asked: Asked) -> Kpi:
    """The mean of one to five stars."""
    return mean(22, "session_stars", "stars", asked, [(one.people, one.sums["total"]) for one in rated(facts, "stars", asked)])


def srs(facts: Sequence[Facts], asked: Asked) -> Kpi:
    """The mean of the SRS, from 0 to 40."""
    return mean(22, "session_srs", "points", asked, [(one.people, one.sums["total"]) for one in rated(facts, "srs", asked)])


def srs_low(facts: Sequence[Facts], asked: Asked) -> Kpi:
    """Of the ratings by the SRS, those that ask to be talked about: 36 of 40 points or fewer."""
    seen = ((one.people, one.sums["total"] <= LOW) for one in rated(facts, "srs", asked))
    return rate(22, "session_srs_low", asked.position, seen)


def alliance(facts: Sequence[Facts], asked: Asked) -> Kpi:
    """The mean of the WAI-SR, from 12 to 60: of everybody in each engagement their last one in the period."""
    return latest(facts, asked, "alliance", "total")


def alliance_goal(facts: Sequence[Facts], asked: Asked) -> Kpi:
    """How far they agree on goals, from 4 to 20."""
    return latest(facts, asked, "alliance_goal", "goal")


def alliance_task(facts: Sequence[Facts], asked: Asked) -> Kpi:
    """How far they agree on what to do, from 4 to 20."""
    return latest(facts, asked, "alliance_task", "task")


def alliance_bond(facts: Sequence[Facts], asked: Asked) -> Kpi:
    """How close they are, from 4 to 20."""
    return latest(facts, asked, "alliance_bond", "bond")


def latest(facts: Sequence[Facts], asked: Asked, name: Code, scale: Code) -> Kpi:
    found = [(all_[-1].people, all_[-1].sums[scale]) for f in facts for all_ in of_person(f, asked, asked.holds).values()]
    return mean(23, name, "points", asked, found)


def alliance_change(facts: Sequence[Facts], asked: Asked) -> Kpi:
    """By how much the last WAI-SR in the period differs from the same person's first in that engagement, on average; one that is the first is left out."""
    found = [one for f in facts for one in changes_of(f, asked)]
    return mean(23, "alliance_change", "points", asked, found)


def changes_of(facts: Facts, asked: Asked) -> Iterator[tuple[Group, int]]:
    every, within = (of_person(facts, asked, time) for time in (asked.had, asked.holds))
    for person, last in within.items():
        if len(every[person]) > 1:
            yield last[-1].people, last[-1].sums["total"] - every[person][0].sums["total"]


def nps(facts: Sequence[Facts], asked: Asked) -> Kpi:
    """Promoters (9, 10) less detractors (0 to 6), of all answers in the period: from −100 to 100."""
    found = [(one.people, one.sums["total"]) for one in rated(facts, "nps", asked)]
    points = [(people, (answer >= PROMOTES) - (answer <= DETRACTS)) for people, answer in found]
    return balance(24, "nps", asked.position, points)
