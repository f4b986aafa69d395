"""What may be told about groups to somebody who may not see single people: the rules of small groups.

Each indicator is a cell, with the clients that it counts. A cell is held back

- `below_floor`, when it counts fewer clients than the floor;
- `complementary`, when it and the cells of the same whole that were told leave a rest that counts too few (Willenborg & de
  Waal 2001): a quarter is the whole of its months;
- `difference`, when a cell that was told before counts the same clients but for too few, for then one taken from the other
  tells of these.

What was told before is what earlier reports told. So of two reports the later one gives way, and who knows which reports
there are can decide anew what each of them may tell.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TypeAlias
from uuid import UUID

from msgspec import Struct, structs

from domain.report.events import ReportGenerated, SuppressionReason
from domain.values import Code
from projections.kpi.board import INDICATORS
from projections.kpi.facts import Facts
from projections.kpi.period import Asked, Period

Group: TypeAlias = frozenset[UUID]
"""Clients."""
Cells: TypeAlias = Mapping[Code, Group]
"""The clients that each indicator counts."""


class Told(Struct, frozen=True):
    """What one report told of a program for a period: the cells that it did not hold back."""

    program_id: UUID
    period: Period
    cells: Cells


class Telling(Struct, frozen=True):
    """What a report is about to tell of a program. `months` has who is counted in each month of the quarter of its period."""

    program_id: UUID
    period: Period
    cells: Cells
    months: Mapping[str, Cells]


def counted(facts: Sequence[Facts], asked: Asked) -> dict[Code, Group]:
    """Who stands behind each indicator: the clients whose own engagements alone would give it something to count."""
    by_client: dict[UUID, list[Facts]] = defaultdict(list)
    for one in facts:
        by_client[one.client].append(one)
    return {
        indicator((), asked).name: frozenset(client for client, own in by_client.items() if indicator(own, asked).clients)
        for indicator in INDICATORS
    }


def groups_of(made: ReportGenerated) -> dict[Code, Group]:
    """What a report told, with the clients that were counted then: what the log says of that day may have changed since."""
    return {cell.what: frozenset(made.counted[place] for place in cell.places) for cell in made.cells}


def held_back(telling: Telling, before: Sequence[Told], floor: int) -> dict[Code, SuppressionReason]:
    """The cells that are not to be told, each with the first reason that holds."""
    found = {name: reason(name, telling, before, floor) for name in telling.cells}
    return {name: why for name, why in found.items() if why is not None}


def reason(name: Code, telling: Telling, before: Sequence[Told], floor: int) -> SuppressionReason | None:
    clients = telling.cells[name]
    if len(clients) < floor:
        return "below_floor"
    if is_small(rest(name, telling, before), floor):
        return "complementary"
    if any(is_small(clients ^ one.cells[name], floor) for one in before if name in one.cells):
        return "difference"
    return None


def is_small(group: Group, floor: int) -> bool:
    """Somebody, but too few; of nobody nothing is told."""
    return 0 < len(group) < floor


def rest(name: Code, telling: Telling, before: Sequence[Told]) -> Group:
    """Who is counted in the months of a quarter that were not told, once the quarter and other months of it are."""
    told = {one.period.label for one in before if one.program_id == telling.program_id and name in one.cells}
    told.add(telling.period.label)
    if quarter_of(telling.period) not in told or told.isdisjoint(telling.months):
        return frozenset()
    return frozenset[UUID]().union(*(cells[name] for month, cells in telling.months.items() if month not in told))


def quarter_of(period: Period) -> str | None:
    """The quarter that a month lies in, or that it is; to date is no part of any."""
    return None if period.label == "to_date" else f"{period.first.year}-q{(period.first.month + 2) // 3}"


def months_of(quarter: str | None) -> list[Period]:
    if quarter is None:
        return []
    first = Period.of(quarter).first
    return [Period.of(f"{first.year}-{first.month + step:02}") for step in range(3)]


def telling_of(program_id: UUID, facts: Sequence[Facts], asked: Asked) -> Telling:
    months = {month.label: counted(facts, structs.replace(asked, period=month)) for month in months_of(quarter_of(asked.period))}
    return Telling(program_id, asked.period, counted(facts, asked), months)
