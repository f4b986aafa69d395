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
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias
from uuid import UUID

from msgspec import Struct, structs

from domain.report.events import SuppressionReason
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
    """What a report is about to tell of a program, and who is counted in each month of its period, if it is a quarter."""

    program_id: UUID
    period: Period
    cells: Cells
    counted: Callable[[Period], Cells]


def counted(facts: Sequence[Facts], asked: Asked) -> dict[Code, Group]:
    """Who stands behind each indicator: the clients whose own engagements alone would give it something to count."""
    by_client: dict[UUID, list[Facts]] = defaultdict(list)
    for one in facts:
        by_client[one.client].append(one)
    found: dict[Code, set[UUID]] = {}
    for indicator in INDICATORS:
        clients = found.setdefault(indicator((), asked).name, set())
        clients |= {client for client, own in by_client.items() if indicator(own, asked).clients}
    return {name: frozenset(clients) for name, clients in found.items()}


def held_back(telling: Telling, before: Sequence[Told], floor: int) -> dict[Code, SuppressionReason]:
    """The cells that are not to be told, each with the first reason that holds."""
    found = {name: reason(name, telling, before, floor) for name in telling.cells}
    return {name: why for name, why in found.items() if why is not None}


def reason(name: Code, telling: Telling, before: Sequence[Told], floor: int) -> SuppressionReason | None:
    clients = telling.cells[name]
    if len(clients) < floor:
        return "below_floor"
    if any(is_small(rest, floor) for rest in rests(name, telling, before)):
        return "complementary"
    if any(is_small(clients ^ one.cells[name], floor) for one in before if name in one.cells):
        return "difference"
    return None


def is_small(group: Group, floor: int) -> bool:
    """Somebody, but too few; of nobody nothing is told."""
    return 0 < len(group) < floor


def rests(name: Code, telling: Telling, before: Sequence[Told]) -> list[Group]:
    """For each quarter that the cell is the whole or a part of: who is counted in its months that were not told."""
    told = {one.period.label for one in before if one.program_id == telling.program_id and name in one.cells} | {telling.period.label}
    quarters = {quarter_of(Period.of(label)) for label in told if label != "to_date"} & told
    return [rest(name, telling, quarter, told) for quarter in sorted(quarters) if quarter == quarter_of(telling.period)]


def rest(name: Code, telling: Telling, quarter: str, told: set[str]) -> Group:
    """Nobody, while no month of the quarter was told: then there is nothing to take from it."""
    months = months_of(quarter)
    open_ = [month for month in months if month not in told]
    if len(open_) == len(months):
        return frozenset()
    return frozenset[UUID]().union(*(telling.counted(Period.of(month))[name] for month in open_))


def quarter_of(period: Period) -> str:
    """The quarter that a month lies in, or that it is; of what is neither, nothing."""
    if period.label == "to_date":
        return ""
    return f"{period.first.year}-q{(period.first.month + 2) // 3}"


def months_of(quarter: str) -> list[str]:
    first = Period.of(quarter).first
    return [f"{first.year}-{first.month + step:02}" for step in range(3)]


def at(asked: Asked, period: Period) -> Asked:
    """The same question about another period."""
    return structs.replace(asked, period=period)
