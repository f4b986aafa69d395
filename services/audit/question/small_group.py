"""Question 9: were small groups protected?

Whatever was decided when a report was made is decided here again, from the people that its cells count.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator, Sequence

from projections.kpi.disclosure import Present, Told, is_small, moves, present_of, rests, telling_of
from projections.kpi.facts import Facts
from projections.kpi.value import NOBODY
from services.audit.question.finding import Finding, finding
from services.audit.question.inquiry import Inquiry
from services.audit.question.published import Published, facts_of, published


async def small_groups(inquiry: Inquiry) -> AsyncIterator[Finding]:
    floors = [one for one in await published(inquiry) if one.has_floor and one.report.program_id is not None]
    facts = await facts_of(inquiry, floors)
    for place, one in enumerate(floors):
        present = present_of(facts[one.report.id], one.asked)
        before = [told(other, one, facts[other.report.id], present) for other in floors[:place]]
        found = (*cells(one), *left(one, before, facts[one.report.id]), *differences(one, zip(floors, before, strict=False)))
        for each in found:
            yield each


def told(other: Published, one: Published, then: Sequence[Facts], present: Present) -> Told:
    """An earlier report, beside a later one."""
    moved = moves(then, other.asked, present) if other.report.subject_id == one.report.subject_id else {}
    return Told(other.report.subject_id, other.asked.told, other.cells, moved)


def cells(one: Published) -> Iterator[Finding]:
    floor = one.organization.policy.sponsor_min_group
    for name, group in one.cells.items():
        small = len(group) < floor
        kind = "small_group_told" if small else "group_told"
        yield finding(kind, one.fed, stands_out=small, report=one.report.id, cell=name, clients=len(group), floor=floor)
    for left in one.made.suppressions:
        yield finding("cell_held_back", one.fed, report=one.report.id, cell=left.what, why=left.reason)


def left(one: Published, before: Sequence[Told], facts: Sequence[Facts]) -> Iterator[Finding]:
    """Cells of periods that leave days which count too few, when others that were told are taken away (`kpi/disclosure.py`)."""
    floor = one.organization.policy.sponsor_min_group
    telling = telling_of(one.report.subject_id, facts, one.asked, floor)
    for name in one.cells:
        for rest in rests(name, telling, before):
            if is_small(rest, floor):
                yield finding("rest_tells", one.fed, stands_out=True, report=one.report.id, cell=name, clients=len(rest), floor=floor)


def differences(one: Published, earlier: Iterable[tuple[Published, Told]]) -> Iterator[Finding]:
    """Cells of the same indicator in an earlier report that, taken from this one's, leave too few people."""
    floor = one.organization.policy.sponsor_min_group
    for other, before in earlier:
        for name, group in one.cells.items():
            rest = group ^ before.cells.get(name, group) | (before.moved.get(name, NOBODY) if name in before.cells else NOBODY)
            if is_small(rest, floor):
                about = {"report": one.report.id, "earlier": other.report.id}
                yield finding(
                    "difference_tells", other.fed, one.fed, stands_out=True, about=about, cell=name, clients=len(rest), floor=floor
                )
