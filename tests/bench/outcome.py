"""What came of a group, row by row, and how that is shown: as a table, as Markdown, as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median
from typing import Final

from msgspec import Struct

from tests.bench.row import Goal, Group, Pair, Round, Row

HEADINGS: Final = ("row", "ours : yardstick", "ours", "yardstick", "ratio (min-max)", "goal", "verdict")
DASH: Final = "-"


class Outcome(Struct, frozen=True, kw_only=True):
    """A row's figures: medians, and the least and largest ratio of the rounds."""

    id: str
    title: str
    unit: str
    ours: float
    yardstick: float | None
    ratio: float | None
    least: float | None
    most: float | None
    goal: str
    met: bool | None

    @property
    def cells(self) -> tuple[str, ...]:
        ratio = DASH if self.ratio is None else f"{self.ratio:.2f} ({self.least:.2f}-{self.most:.2f})"
        verdict = DASH if self.met is None else "met" if self.met else "missed"
        return self.id, self.title, figure(self.ours, self.unit), figure(self.yardstick, self.unit), ratio, self.goal, verdict


class Result(Struct, frozen=True, kw_only=True):
    """A group's outcomes, or why there are none; `rounds` and `events` say how it was measured."""

    group: str
    rounds: int
    seconds: float
    events: int
    begun: str
    load_average: float
    outcomes: list[Outcome] = []
    absent: str | None = None


class Report(Struct, frozen=True, kw_only=True):
    """What `--json` keeps."""

    machine: dict[str, str]
    results: list[Result]


def outcomes(group: Group, rounds: Sequence[Round]) -> list[Outcome]:
    """Raises `KeyError` when a round lacks a row of the group."""
    return [outcome(row, [measured[row.id] for measured in rounds]) for row in group.rows]


def outcome(row: Row, pairs: Sequence[Pair]) -> Outcome:
    ours = median(pair.ours for pair in pairs)
    yardsticks = [pair.yardstick for pair in pairs if pair.yardstick is not None]
    ratios = [pair.ours / pair.yardstick for pair in pairs if pair.yardstick]
    ratio = median(ratios) if ratios else None
    return Outcome(
        id=row.id,
        title=row.title,
        unit=row.unit,
        ours=ours,
        yardstick=median(yardsticks) if yardsticks else None,
        ratio=ratio,
        least=min(ratios, default=None),
        most=max(ratios, default=None),
        goal=goal_text(row.goal, row.unit),
        met=row.goal.met(ratio, ours) if row.goal else None,
    )


def goal_text(goal: Goal | None, unit: str) -> str:
    if goal is None:
        return DASH
    return f"{goal.sign} {goal.bound:g}x" if goal.of == "ratio" else f"{goal.sign} {figure(goal.bound, unit)}"


def figure(value: float | None, unit: str) -> str:
    """Three digits that mean something."""
    if value is None:
        return DASH
    return f"{value:,.0f} {unit}" if abs(value) >= 100 else f"{value:.3g} {unit}"


def as_table(results: Iterable[Result]) -> str:
    lines = [HEADINGS, *(one.cells for result in results for one in result.outcomes)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(HEADINGS))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines)


def as_markdown(results: Iterable[Result]) -> str:
    lines = [HEADINGS, ("---",) * len(HEADINGS), *(one.cells for result in results for one in result.outcomes)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
