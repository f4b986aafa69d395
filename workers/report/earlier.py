"""What sponsors were told before a report is made: the cells of earlier reports on programs that share clients with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from msgspec import structs

from domain.program.state import ProgramState
from domain.report.commands import CellBody
from domain.report.state import ReportState
from projections import current
from projections.current import CURRENT, Current
from projections.kpi.disclosure import Cells, Told, counted, groups_of
from projections.kpi.facts import Facts
from projections.kpi.period import Asked, Period
from projections.kpi_board import facts
from projections.snapshot import Row, Scope, Snapshot
from services.report import audience


async def told_before(rows: Snapshot, program: ProgramState, asked: Asked, floor: int, request: int) -> list[Told]:
    """`request` is the position at which the report was asked for.

    One that is made tells what it does not hold back. One that was asked for before and is not made yet may tell all that
    the floor lets through: so of two that are made at the same time one gives way to the other, and not both to nobody.
    """
    programs = {one.id: one.state for one in await sharing(rows, program)}
    within: dict[UUID, list[Facts]] = {id: await facts(rows, Scope(program_ids=frozenset({id}))) for id in programs}
    found: list[Told] = []
    for report in await earlier(rows, programs, request):
        then = structs.replace(asked, period=Period.of(report.period), today=report.as_of)
        if report.generated is not None:
            shown = groups_of(report.generated)
        else:
            shown = {name: group for name, group in counted(within[report.subject_id], then).items() if len(group) >= floor}
        found.append(Told(report.subject_id, then.period, shown))
    return found


def noted(cells: Cells) -> tuple[tuple[UUID, ...], tuple[CellBody, ...]]:
    """The same the other way round: all clients, each once, and each cell by their places."""
    counted = tuple(sorted(frozenset[UUID]().union(*cells.values())))
    place = {client: number for number, client in enumerate(counted)}
    return counted, tuple(CellBody(what=name, places=tuple(sorted(place[one] for one in group))) for name, group in cells.items())


async def sharing(rows: Snapshot, program: ProgramState) -> Sequence[Current[ProgramState]]:
    """The program itself, and others with some of its clients: the groups of no other could be too much alike."""
    programs: Sequence[Current[ProgramState]] = await current.listed(rows, "program", Scope(), after=None, limit=None, words=False)
    return [one for one in programs if one.id == program.id or one.state.enrolled & program.enrolled]


async def earlier(rows: Snapshot, programs: Mapping[UUID, ProgramState], request: int) -> list[ReportState]:
    """Reports under a floor that are made, or were asked for before that position."""
    chosen: dict[str, Any] = {"reader": None, "program_ids": list(programs), "engagement_ids": [], "template": None}
    page = {**chosen, "after": None, "at_most": None}
    found: Sequence[Row[Current[ReportState]]] = await rows.sealed(CURRENT["report"], "of_reader", **page)
    reports = [row.document.state for row in found if row.document.state.generated is not None or row.position < request]
    return [report for report in reports if is_under_floor(report, programs[report.subject_id])]


def is_under_floor(report: ReportState, program: ProgramState) -> bool:
    """Whether a sponsor may get it: its file leaves out single engagements, or will."""
    if report.generated is None:
        return not report.readers.isdisjoint(program.sponsor_ids)
    return audience.has_floor(report.generated)
