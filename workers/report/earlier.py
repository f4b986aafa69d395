"""What sponsors were told before a report is made: the cells of earlier reports on programs that share clients with it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from msgspec import structs

from domain.program.state import ProgramState
from domain.report.commands import CellBody
from domain.report.state import ReportState
from infra.eventstore.vault import Vault
from projections import current
from projections.current import CURRENT, Current
from projections.kpi.disclosure import Cells, Told, counted, groups_of, moves, present_of
from projections.kpi.facts import Facts
from projections.kpi.period import Asked, Period
from projections.kpi_board import facts
from projections.snapshot import Row, Scope, Snapshot
from services.audit.board import facts_at
from services.report import audience


class Asking(NamedTuple):
    """A report that is to be made on a program, for whom a floor holds; `position` is that at which it was asked for."""

    program: ProgramState
    asked: Asked
    floor: int
    position: int


async def told_before(rows: Snapshot, vault: Vault, asking: Asking) -> list[Told]:
    """One that is made tells what it does not hold back. One that was asked for before and is not made yet may tell all that
    the floor lets through: so of two that are made at the same time one gives way to the other, and not both to nobody.
    """
    programs = {one.id: one.state for one in await sharing(rows, asking.program)}
    within: dict[UUID, list[Facts]] = {id: await facts(rows, Scope(program_ids=frozenset({id}))) for id in programs}
    reports = await earlier(rows, programs, asking.position)
    changed = await changes(rows, vault, asking, within[asking.program.id], reports)
    found: list[Told] = []
    for report in reports:
        then = as_asked(report, asking.asked)
        if report.generated is not None:
            shown = groups_of(report.generated)
        else:
            shown = {name: group for name, group in counted(within[report.subject_id], then).items() if len(group) >= asking.floor}
        found.append(Told(report.subject_id, then.told, shown, changed.get(report.id, {})))
    return found


async def changes(
    rows: Snapshot, vault: Vault, asking: Asking, known: Sequence[Facts], reports: Sequence[ReportState]
) -> dict[UUID, Cells]:
    """By reports on the program itself: whose part in each cell is another now than that report told. The rows know only how it
    stands now, so that is found by the log.
    """
    own = {
        report.id: (report, report.generated.as_of_position)
        for report in reports
        if report.generated is not None and report.subject_id == asking.program.id
    }
    engagements = [one.engagement_id for one in known]
    then = await facts_at(rows.connection, vault, rows.tenant, engagements, [position for _, position in own.values()])

    def compared() -> dict[UUID, Cells]:
        present = present_of(known, asking.asked)
        return {id: moves(then[position], as_asked(report, asking.asked), present) for id, (report, position) in own.items()}

    return await asyncio.to_thread(compared)  # of hundreds of clients and many reports it takes seconds


def as_asked(report: ReportState, asked: Asked) -> Asked:
    """What that report was asked for, on its own day."""
    return structs.replace(asked, period=Period.of(report.period), today=report.as_of)


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
