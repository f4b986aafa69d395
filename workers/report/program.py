"""The content of a program's report: its indicators, month by month, and the engagements that need help.

For a sponsor everything that tells of single people is left out, and each cell that tells, alone or beside what sponsors were
told before, of fewer people than the organization's floor (`projections/kpi/disclosure.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import UNSET, structs

from domain.program.state import ProgramState
from domain.report.events import Suppression, SuppressionReason
from domain.values import Code
from infra.eventstore.vault import Vault
from projections.kpi.board import board
from projections.kpi.disclosure import Cells, held_back, is_small, telling_of
from projections.kpi.facts import Facts
from projections.kpi.help import NeedsHelp
from projections.kpi.value import Group, Kpi, suppressed
from projections.kpi_board import facts
from projections.snapshot import Scope, Snapshot
from services.reading.reads import names
from services.report.audience import left_out
from workers.report.content import HelpPart, ProgramReport
from workers.report.earlier import Asking, told_before
from workers.report.progress import Wanted, indicator_part

NOTHING: Final[tuple[dict[Code, Group], dict[Code, SuppressionReason]]] = ({}, {})


async def program_report(rows: Snapshot, vault: Vault, wanted: Wanted, program: ProgramState, request: int) -> tuple[ProgramReport, Cells]:
    """The report, and under a floor the cells that it tells. `request` is the position at which it was asked for."""
    policy = wanted.organization.policy
    floor = None if wanted.seen.drafts else policy.sponsor_min_group
    found = await facts(rows, Scope(program_ids=frozenset({program.id})))
    shown = board(found, wanted.asked, floor=floor)
    told, hidden = NOTHING if floor is None else await cells_of(rows, vault, found, Asking(program, wanted.asked, floor, request))
    report = ProgramReport(
        period=wanted.report.period,
        as_of=wanted.report.as_of,
        as_of_position=wanted.position if floor is None else UNSET,
        organization=wanted.organization.name,
        program=program.name,
        starts_on=program.starts_on,
        ends_on=program.ends_on,
        enrolled=None if "enrolled" in hidden else len(program.enrolled),
        engagements=shown.engagements,
        floor=floor,
        indicators=tuple(indicator_part(kpi if floor is None else told_of(kpi, hidden.get(kpi.name))) for kpi in shown.kpis),
        months=shown.months,
        needs_help=await help_parts(rows, wanted, shown.needs_help),
        left_out=(*left_out(wanted.report, wanted.seen), *(Suppression(what=name, reason=why) for name, why in hidden.items())),
    )
    return report, told


async def cells_of(
    rows: Snapshot, vault: Vault, found: Sequence[Facts], asking: Asking
) -> tuple[dict[Code, Group], dict[Code, SuppressionReason]]:
    """The cells that a sponsor is told, and those that are held back, each with the reason."""
    program, floor = asking.program, asking.floor
    telling = telling_of(program.id, found, asking.asked, floor)
    hidden = held_back(telling, await told_before(rows, vault, asking), floor)
    told = {name: clients for name, clients in telling.cells.items() if name not in hidden}
    if len(program.enrolled) < floor:
        hidden["enrolled"] = "below_floor"
    elif any(is_small(program.enrolled - clients, floor) for clients in told.values()):
        hidden["enrolled"] = "complementary"
    return told, hidden


def told_of(kpi: Kpi, why: SuppressionReason | None) -> Kpi:
    """Under a floor: nothing of a cell that is held back, and of none how often each code occurs, for that counts single people."""
    return structs.replace(kpi, mix={}) if why is None else suppressed(kpi, why)


async def help_parts(rows: Snapshot, wanted: Wanted, found: Sequence[NeedsHelp]) -> tuple[HelpPart, ...]:
    known = await names(rows, [person for one in found for person in (one.client_id, one.coach_id)])
    return tuple(
        HelpPart(
            engagement_id=one.engagement_id,
            client=wanted.seen.name(known.get(one.client_id)) if one.client_id else None,
            coach=wanted.seen.name(known.get(one.coach_id)) if one.coach_id else None,
            reasons=one.reasons,
        )
        for one in found
    )
