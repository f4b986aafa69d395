"""Engagements whose coach does not hold the role any more: somebody has to give them over to another.

Who holds a role is in each person's own log, and lapses by the clock, so it is no part of the indicators' facts and asked anew each
time. A firm has few coaches, and hardly ever one of these.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from msgspec import structs

from domain.person.state import PersonState
from projections.kpi.board import Board
from projections.kpi.facts import Facts
from projections.kpi.help import NeedsHelp, Reason
from projections.kpi_board import KPI_BOARD, coaches
from projections.members import MEMBERS
from projections.snapshot import Scope, Snapshot

GONE: Final = "coach_gone"
NOBODY: Final = PersonState()


async def without_coach(rows: Snapshot, scope: Scope, today: date) -> list[Facts]:
    """Those that are not over, and whose coach does not hold the role today where they coach."""
    found: list[Facts] = []
    everybody = await coaches(rows, scope)
    known = {row.key: row.document for row in await rows.sealed(MEMBERS, "some", keys=everybody)}
    for coach in everybody:
        person = known.get(coach, NOBODY)
        if any(one.role == "coach" and one.program_id is None for one in person.memberships_on(today)):
            continue
        own = [row.document for row in await rows.sealed(KPI_BOARD, "in_scope", **scope._replace(coach_id=coach).row)]
        found += [one for one in own if not one.over_by(today) and not person.holds("coach", today, one.program_id)]
    return found


def with_those(board: Board, facts: Sequence[Facts]) -> Board:
    """The board with one more reason for each of these, those with most reasons first."""
    if not facts:
        return board
    rows: dict[UUID, NeedsHelp] = {row.engagement_id: row for row in board.needs_help}
    for one in facts:
        assert one.coach_id is not None  # they were found by their coach
        reason = Reason(GONE, Decimal(1), "count", Decimal(0), (one.coach_id,))
        row = rows.get(one.engagement_id) or NeedsHelp.of(one)
        rows[one.engagement_id] = structs.replace(row, reasons=(reason, *row.reasons))
    return structs.replace(board, needs_help=tuple(sorted(rows.values(), key=lambda row: (-len(row.reasons), row.engagement_id))))
