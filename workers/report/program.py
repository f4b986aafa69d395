"""The content of a program's report: its indicators, month by month, and the engagements that need help.

For a sponsor everything that tells of single people is left out, and what counts fewer than the organization's floor.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import UNSET

from domain.program.state import ProgramState
from domain.report.events import Suppression
from projections.kpi.board import board
from projections.kpi.help import NeedsHelp
from projections.kpi_board import facts
from projections.snapshot import Scope, Snapshot
from services.reading import names
from services.report.audience import left_out
from workers.report.content import HelpPart, IndicatorPart, ProgramReport
from workers.report.progress import Wanted, indicator_parts


async def program_report(rows: Snapshot, wanted: Wanted, program: ProgramState) -> ProgramReport:
    policy = wanted.organization.policy
    floor = None if wanted.seen.drafts else policy.sponsor_min_group
    found = await facts(rows, Scope(program_ids=frozenset({program.id})))
    shown = board(found, wanted.asked, cadence_days=policy.review_cadence_days, floor=floor)
    indicators = indicator_parts(found, wanted, floor)
    enrolled = len(program.enrolled) if floor is None or len(program.enrolled) >= floor else None
    return ProgramReport(
        period=wanted.report.period,
        as_of=wanted.report.as_of,
        as_of_position=wanted.position if floor is None else UNSET,
        organization=wanted.organization.name,
        program=program.name,
        starts_on=program.starts_on,
        ends_on=program.ends_on,
        enrolled=enrolled,
        engagements=shown.engagements,
        floor=floor,
        indicators=indicators,
        months=shown.months,
        needs_help=await help_parts(rows, wanted, shown.needs_help),
        left_out=(*left_out(wanted.report, wanted.seen), *small(indicators, enrolled)),
    )


def small(indicators: Sequence[IndicatorPart], enrolled: int | None) -> list[Suppression]:
    """The cells that count too few."""
    hidden = [kpi.name for kpi in indicators if kpi.suppressed is not None] + (["enrolled"] if enrolled is None else [])
    return [Suppression(what=name, reason="below_floor") for name in hidden]


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
