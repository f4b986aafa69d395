"""The board's rows: the dated facts of each engagement. What they amount to is asked when they are read (`projections/kpi`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

import msgspec

from infra.eventstore.feed import Fed
from projections.kpi.facts import Facts, Objective
from projections.kpi.follow import follow
from projections.projection import Projection
from projections.snapshot import Scope, Snapshot


def key(fed: Fed) -> UUID | None:
    return (fed.engagement_id or fed.stream) if type(fed.event) in follow.table else None


def apply(facts: Facts | None, fed: Fed) -> Facts:
    return follow(facts or Facts(engagement_id=fed.engagement_id or fed.stream), fed)


KPI_BOARD: Final = Projection(
    __file__, name="kpi_board", version=5, document=Facts, reads=follow.table, key=key, apply=apply, personal=None
)
OBJECTIVES: Final = msgspec.json.Decoder(dict[UUID, Objective])


async def facts(snapshot: Snapshot, scope: Scope) -> list[Facts]:
    """The facts of every engagement in a scope."""
    return [row.document for row in await snapshot.sealed(KPI_BOARD, "in_scope", **scope.row)]


async def objectives(snapshot: Snapshot, engagements: Sequence[UUID]) -> dict[UUID, Objective]:
    """The objectives of these engagements, without the rest of their facts."""
    rows = await snapshot.fetch(KPI_BOARD, "objectives", {"keys": engagements})
    return {id: one for row in rows for id, one in OBJECTIVES.decode(row["objectives"]).items()}


async def coaches(snapshot: Snapshot, scope: Scope) -> list[UUID]:
    """Who coaches in a scope."""
    return [row["coach_id"] for row in await snapshot.fetch(KPI_BOARD, "coaches", scope.row)]
