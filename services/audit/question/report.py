"""Questions 8 and 9: is a published indicator reproducible, and were small groups protected?"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from domain.organization.state import OrganizationState
from domain.report.events import ReportGenerated
from domain.report.state import ReportState
from domain.values import Code
from infra.eventstore.feed import Fed, events_at
from infra.eventstore.hindsight import At
from projections import current
from projections.current import CURRENT
from projections.kpi.board import board
from projections.kpi.disclosure import Group, counted, is_small
from projections.kpi.facts import Facts
from projections.kpi.period import Asked as Wanted
from projections.kpi.period import Period
from projections.kpi_board import KPI_BOARD, facts
from projections.snapshot import Scope
from services.audit.board import facts_until
from services.audit.question.finding import Finding, Given, finding
from services.audit.question.inquiry import Inquiry

MOST_REPORTS: Final = 1000
"""Reports that are looked at for one question."""


class Published(NamedTuple):
    """A report with the event that says how it was made, and the cells that it told: who was counted in each."""

    report: ReportState
    fed: Fed
    made: ReportGenerated

    @property
    def cells(self) -> Mapping[Code, Group]:
        return {cell.what: frozenset(self.made.counted[place] for place in cell.places) for cell in self.made.cells}

    @property
    def has_floor(self) -> bool:
        """Whether a sponsor may get it."""
        return any(one.what == "needs_help" for one in self.made.suppressions)


async def reproducible_report(inquiry: Inquiry) -> AsyncIterator[Finding]:
    """Each indicator at the report's position, recomputed from the log; where a sponsor was told, that the same people are counted."""
    for one in await published(inquiry):
        organization, found = await facts_of(inquiry, one)
        wanted = asked_of(one, organization)
        told = one.cells
        again = counted(found, wanted)
        for kpi in board(found, wanted, cadence_days=organization.policy.review_cadence_days).kpis:
            about: dict[str, Given] = {
                "report": one.report.id,
                "indicator": kpi.name,
                "position": one.made.as_of_position,
                "ruleset": kpi.ruleset,
            }
            if one.has_floor and kpi.name not in told:
                yield finding("indicator_held_back", one.fed, about=about)
                continue
            differs = one.has_floor and again[kpi.name] != told[kpi.name]
            yield finding(
                "indicator_differs" if differs else "indicator_recomputed",
                one.fed,
                stands_out=differs,
                about=about,
                value=kpi.value,
                numerator=kpi.numerator,
                denominator=kpi.denominator,
                clients=len(again[kpi.name]),
                sha256=one.made.sha256,
            )


async def facts_of(inquiry: Inquiry, one: Published) -> tuple[OrganizationState, list[Facts]]:
    """The facts of the report's engagements, and the organization's rules, as they stood at its position."""
    reads, position = inquiry.reads, one.made.as_of_position
    then = await reads.store.read_as_of(inquiry.tenant, At(position=position), inquiry.tenant)
    if one.report.program_id is None:
        return then.state(inquiry.tenant), await facts_until(reads, inquiry.tenant, [one.report.subject_id], position)
    async with reads.snapshot(inquiry.request, inquiry.look.actor, KPI_BOARD) as (rows, _):
        engagements = [each.engagement_id for each in await facts(rows, Scope(program_ids=frozenset({one.report.program_id})))]
    return then.state(inquiry.tenant), await facts_until(reads, inquiry.tenant, engagements, position)


def asked_of(one: Published, organization: OrganizationState) -> Wanted:
    return Wanted(
        period=Period.of(one.report.period),
        today=one.report.as_of,
        zone=ZoneInfo(organization.time_zone),
        position=one.made.as_of_position,
        cadences=dict(organization.cadences),
    )


async def small_groups(inquiry: Inquiry) -> AsyncIterator[Finding]:
    """Whatever was decided when the reports were made is decided here again, from whom each cell counts."""
    floors = [one for one in await published(inquiry) if one.has_floor and one.report.program_id is not None]
    for one in floors:
        then = await inquiry.reads.store.read_as_of(inquiry.tenant, At(position=one.made.as_of_position), inquiry.tenant)
        state: OrganizationState = then.state(inquiry.tenant)
        for each in cells(one, state.policy.sponsor_min_group):
            yield each
        for each in differences(one, floors, state.policy.sponsor_min_group):
            yield each


def cells(one: Published, floor: int) -> Iterator[Finding]:
    for name, group in one.cells.items():
        small = len(group) < floor
        kind = "small_group_told" if small else "group_told"
        yield finding(kind, one.fed, stands_out=small, report=one.report.id, cell=name, clients=len(group), floor=floor)
    for left in one.made.suppressions:
        yield finding("cell_held_back", one.fed, report=one.report.id, cell=left.what, why=left.reason)


def differences(one: Published, others: Sequence[Published], floor: int) -> Iterator[Finding]:
    """Cells of the same indicator in an earlier report that, taken from this one's, leave too few people."""
    for other in others:
        if other.fed.position >= one.fed.position:
            continue
        for name, group in one.cells.items():
            if name in other.cells and is_small(group ^ other.cells[name], floor):
                rest = len(group ^ other.cells[name])
                yield finding(
                    "difference_tells",
                    other.fed,
                    one.fed,
                    stands_out=True,
                    report=one.report.id,
                    earlier=other.report.id,
                    cell=name,
                    clients=rest,
                    floor=floor,
                )


async def published(inquiry: Inquiry) -> list[Published]:
    """The reports that are asked about and whose file was made, in the order of the log."""
    about = inquiry.asked.about
    async with inquiry.reads.snapshot(inquiry.request, inquiry.look.actor, CURRENT["report"]) as (rows, _):
        if inquiry.kind == "report" and about is not None:
            one = await current.one(rows, "report", about, words=False)
            found = [one] if one is not None else []
        else:
            programs = frozenset({about}) if about is not None else inquiry.look.actor.programs
            found = await current.reports(rows, Scope(program_ids=programs), reader=None, beyond=None, limit=MOST_REPORTS)
    inquiry.examined.update(one.id for one in found)
    made = [await made_of(inquiry, one.state, one.version) for one in found if one.state.generated is not None]
    return sorted((one for one in made if one is not None), key=lambda one: one.fed.position)


async def made_of(inquiry: Inquiry, report: ReportState, version: int) -> Published | None:
    events = await events_at(inquiry.reads.connections, inquiry.tenant, report.id, list(range(1, version + 1)))
    return next((Published(report, fed, fed.event) for fed in events if isinstance(fed.event, ReportGenerated)), None)
