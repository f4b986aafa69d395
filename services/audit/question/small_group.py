"""Question 9: were small groups protected?

Whatever was decided when a report was made is decided here again, from the people that its cells count.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence

from projections.kpi.disclosure import Told, is_small, rest, telling_of
from projections.kpi.facts import Facts
from services.audit.question.finding import Finding, finding
from services.audit.question.inquiry import Inquiry
from services.audit.question.published import Published, facts_of, published


async def small_groups(inquiry: Inquiry) -> AsyncIterator[Finding]:
    floors = [one for one in await published(inquiry) if one.has_floor and one.report.program_id is not None]
    facts = await facts_of(inquiry, [one for one in floors if one.asked.period.label != "to_date"])
    for place, one in enumerate(floors):
        for found in (*cells(one), *rests(one, floors[:place], facts.get(one.report.id, ())), *differences(one, floors[:place])):
            yield found


def cells(one: Published) -> Iterator[Finding]:
    floor = one.organization.policy.sponsor_min_group
    for name, group in one.cells.items():
        small = len(group) < floor
        kind = "small_group_told" if small else "group_told"
        yield finding(kind, one.fed, stands_out=small, report=one.report.id, cell=name, clients=len(group), floor=floor)
    for left in one.made.suppressions:
        yield finding("cell_held_back", one.fed, report=one.report.id, cell=left.what, why=left.reason)


def rests(one: Published, earlier: Sequence[Published], facts: Sequence[Facts]) -> Iterator[Finding]:
    """Cells whose whole was told, too, but for a part that counts too few: a quarter, and months of it (`kpi/disclosure.py`)."""
    if one.asked.period.label == "to_date":
        return
    floor = one.organization.policy.sponsor_min_group
    telling = telling_of(one.report.subject_id, facts, one.asked)
    before = [Told(other.report.subject_id, other.asked.period, other.cells) for other in earlier]
    for name in one.cells:
        left = rest(name, telling, before)
        if is_small(left, floor):
            yield finding("rest_tells", one.fed, stands_out=True, report=one.report.id, cell=name, clients=len(left), floor=floor)


def differences(one: Published, earlier: Sequence[Published]) -> Iterator[Finding]:
    """Cells of the same indicator in an earlier report that, taken from this one's, leave too few people."""
    floor = one.organization.policy.sponsor_min_group
    for other in earlier:
        for name, group in one.cells.items():
            rest = group ^ other.cells.get(name, group)
            if is_small(rest, floor):
                about = {"report": one.report.id, "earlier": other.report.id}
                yield finding(
                    "difference_tells", other.fed, one.fed, stands_out=True, about=about, cell=name, clients=len(rest), floor=floor
                )
