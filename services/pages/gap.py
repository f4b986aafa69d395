"""The results of an assessment as they are drawn: each competency with the client's own score beside that of others, and what is not shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from domain.assessment.result.group import Reason
from domain.assessment.result.whole import POOLED
from services.assessment.results import CompetencyResult, ResultsAnswer, ScoreAnswer


class Row(NamedTuple):
    """A competency or an item in the chart and its table: the client's own score, and that of each group that is shown."""

    label: str
    own: Decimal | None
    scores: dict[str, ScoreAnswer]
    gap: Decimal | None = None
    classes: tuple[str, ...] = ()
    items: tuple[Row, ...] = ()

    @property
    def others(self) -> Decimal | None:
        return self.scores[POOLED].mean if POOLED in self.scores else None


class Scale(NamedTuple):
    """Where a score stands in a chart: from 0 at the lowest point to 100 at the highest."""

    lowest: int
    highest: int

    def at(self, value: Decimal) -> Decimal:
        return round((value - self.lowest) * 100 / (self.highest - self.lowest), 2)


class Unshown(NamedTuple):
    """What of a group is hidden for one reason: competencies by their labels, and how many statements and questions."""

    group: str
    reason: Reason
    competencies: Sequence[str]
    statements: int


def row_of(one: CompetencyResult) -> Row:
    items = tuple(
        Row(item.statement, None if item.own is None else Decimal(item.own), {score.group: score for score in item.scores})
        for item in one.items
    )
    return Row(one.label, one.own, {score.group: score for score in one.scores}, one.gap, one.classes, items)


def scale_of(results: ResultsAnswer) -> Scale:
    return Scale(results.lowest, results.highest)


def unshown(results: ResultsAnswer) -> list[Unshown]:
    labels = {one.competency: one.label for one in results.competencies}
    found: dict[tuple[str, Reason], list[str]] = defaultdict(list)
    for one in results.suppressed:
        found[one.group, one.reason].append(one.about)
    return [
        Unshown(group, reason, [labels[about] for about in abouts if about in labels], sum(about not in labels for about in abouts))
        for (group, reason), abouts in sorted(found.items())
    ]
