"""What may be told about groups to somebody who may not see single people: the rules of small groups.

Each indicator is a cell, with the clients that it counts: of a group everybody who is coached in it, each once. A cell is held back

- `below_floor`, when it counts fewer clients than the floor, or when fewer than the floor each have more than 80 % of what it counts:
  one client, or those of a small group, for what it reaches each of them does (the dominance rule, Willenborg & de Waal 2001);
- `complementary`, when it and cells of other periods that were told leave days that count too few (the same): a quarter less its
  months, all to date less quarters and months;
- `difference`, when a cell that was told before counts the same clients but for too few, or when the parts of too few of them are
  others than they were there (in a report about some of the same days, such as a month and all to date, or about how things stand
  whenever that was), for then one taken from the other tells of these.

What was told before is what earlier reports told. So of two reports the later one gives way, and who knows which reports
there are can decide anew what each of them may tell.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Final, NamedTuple, TypeAlias
from uuid import UUID

from msgspec import Struct, structs

from domain.report.events import ReportGenerated, SuppressionReason
from domain.values import Code
from projections.kpi.board import INDICATORS
from projections.kpi.facts import Facts
from projections.kpi.period import Asked, Period
from projections.kpi.value import NOBODY, Group, Kpi

Cells: TypeAlias = Mapping[Code, Group]
"""The clients that each indicator counts."""


Parts: TypeAlias = Mapping[Code, Mapping[UUID, Kpi]]
"""What each indicator would be of each client that it counts alone."""
DOMINANT: Final = Decimal("0.8")
DAY: Final = timedelta(days=1)


class Told(Struct, frozen=True):
    """What one report told of a program for a period: the cells that it did not hold back.

    `period` ends with the last day that counted. `moved` has whose part in each cell is another in the report that is about to be made: of a report for days that are asked about
    again, and of every report in what tells how things stand.
    """

    program_id: UUID
    period: Period
    cells: Cells
    moved: Cells = {}


class Telling(Struct, frozen=True):
    """What a report is about to tell of a program. `period` ends with the last day that counts. `between` finds who is counted in
    other days; `dominated` are the cells that are hardly more than a few clients.
    """

    program_id: UUID
    period: Period
    cells: Cells
    between: Callable[[Period], Cells]
    dominated: frozenset[Code] = frozenset()


class Present(NamedTuple):
    """What a report is about to be made from, found once for all the earlier ones that it is compared with.

    `lasting` are the indicators that tell how things stand.
    """

    asked: Asked
    parts: Parts
    lasting: frozenset[Code]


def parts(facts: Sequence[Facts], asked: Asked, only: Container[Code] | None = None) -> dict[Code, dict[UUID, Kpi]]:
    """What each indicator, or each of `only` those, is of each client alone, where they give it something to count.

    What a group did together is a part of each of them, what one of them did alone (a rating) only of theirs.
    """
    by_client: dict[UUID, list[Facts]] = defaultdict(list)
    for one in facts:
        for client in one.ever_coached:
            by_client[client].append(one)
    alone = {client: structs.replace(asked, only=client) for client in by_client}
    named = {indicator((), asked).name: indicator for indicator in INDICATORS}
    return {
        name: {client: part for client, own in by_client.items() if (part := indicator(own, alone[client])).clients}
        for name, indicator in named.items()
        if only is None or name in only
    }


def counted(facts: Sequence[Facts], asked: Asked) -> dict[Code, Group]:
    """Who stands behind each indicator."""
    return groups(parts(facts, asked))


def groups(found: Parts) -> dict[Code, Group]:
    return {name: frozenset(of) for name, of in found.items()}


def moved(then: Parts, now: Parts) -> dict[Code, Group]:
    """Whose part in each indicator is another now, of those whom it counted both times."""
    return {name: frozenset(one for one in of.keys() & now[name].keys() if of[one] != now[name][one]) for name, of in then.items()}


def standing(facts: Sequence[Facts], asked: Asked) -> frozenset[Code]:
    """The indicators that tell how things stand, and not what happened in the period: of those it makes no odds when it began."""
    ever = parts(facts, structs.replace(asked, period=Period("", date.min, asked.period.last)))
    return frozenset(name for name, of in parts(facts, asked).items() if of == ever[name])


def dominated(found: Parts, facts: Sequence[Facts], asked: Asked, floor: int) -> frozenset[Code]:
    """The indicators in which fewer clients than the floor have more than 80 % of what is counted: of a rate its cases, of a mean its
    values. One client alone can; of a group each of them does, and their parts add up to more than the whole.
    """
    whole = {one.name: weight(one) for one in (indicator(facts, asked) for indicator in INDICATORS)}
    return frozenset(name for name, of in found.items() if is_small(dominant(of, whole[name]), floor))


def dominant(parts: Mapping[UUID, Kpi], whole: Decimal) -> Group:
    return frozenset(client for client, part in parts.items() if weight(part) > DOMINANT * whole)


def weight(part: Kpi) -> Decimal:
    return part.denominator if part.denominator is not None else Decimal(part.n or 0)


def groups_of(made: ReportGenerated) -> dict[Code, Group]:
    """What a report told, with the clients that were counted then: what the log says of that day may have changed since."""
    return {cell.what: frozenset(made.counted[place] for place in cell.places) for cell in made.cells}


def held_back(telling: Telling, before: Sequence[Told], floor: int) -> dict[Code, SuppressionReason]:
    """The cells that are not to be told, each with the first reason that holds."""
    found = {name: reason(name, telling, before, floor) for name in telling.cells}
    return {name: why for name, why in found.items() if why is not None}


def reason(name: Code, telling: Telling, before: Sequence[Told], floor: int) -> SuppressionReason | None:
    clients = telling.cells[name]
    if len(clients) < floor or name in telling.dominated:
        return "below_floor"
    if any(is_small(rest, floor) for rest in rests(name, telling, before)):
        return "complementary"
    if any(is_small(clients ^ one.cells[name] | one.moved.get(name, NOBODY), floor) for one in before if name in one.cells):
        return "difference"
    return None


def is_small(group: Group, floor: int) -> bool:
    """Somebody, but too few; of nobody nothing is told."""
    return 0 < len(group) < floor


def rests(name: Code, telling: Telling, before: Sequence[Told]) -> Iterator[Group]:
    """Who is counted in the days that are left of each period that is told when those of other told periods in it are taken away."""
    told = {one.period for one in before if one.program_id == telling.program_id and name in one.cells} | {telling.period}
    for whole in told:
        inside = [one for one in told if one != whole and one.within(whole)]
        if inside:
            yield NOBODY.union(*(telling.between(gap)[name] for gap in gaps(whole, inside)))


def gaps(whole: Period, inside: Sequence[Period]) -> Iterator[Period]:
    """The days of a period that are in none of those that lie in it."""
    begin = whole.first
    for one in sorted(inside, key=lambda period: period.first):
        if one.first > begin:
            yield Period("", begin, one.first - DAY)
        begin = max(begin, one.last + DAY)
    if begin <= whole.last:
        yield Period("", begin, whole.last)


def telling_of(program_id: UUID, facts: Sequence[Facts], asked: Asked, floor: int) -> Telling:
    found = parts(facts, asked)
    between = cache(lambda gap: counted(facts, structs.replace(asked, period=gap)))
    return Telling(program_id, asked.told, groups(found), between, dominated(found, facts, asked, floor))


def present_of(facts: Sequence[Facts], asked: Asked) -> Present:
    return Present(asked, parts(facts, asked), standing(facts, asked))


def moves(then: Sequence[Facts], told: Asked, present: Present) -> dict[Code, Group]:
    """Whose part in each cell is another now than a report told that was asked for so: where it told of days that are asked about
    again, and in what tells how things stand whatever it told of.
    """
    compared = None if told.period.overlaps(present.asked.period) else present.lasting
    told = structs.replace(told, position=present.asked.position)  # a number names its position
    return moved(parts(then, told, compared), present.parts)
