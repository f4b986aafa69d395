"""The board's rows: the dated facts of each engagement. What they amount to is asked when they are read (`projections/kpi`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

import msgspec
from msgspec import structs

from domain.values import OfClient, Personal
from infra.eventstore.feed import Fed
from infra.eventstore.opening import Opener, SealedAt
from infra.eventstore.vault import Source
from projections.kpi.facts import Facts, Objective, Rating
from projections.kpi.follow import follow
from projections.projection import Projection
from projections.snapshot import Scope, Snapshot


def key(fed: Fed) -> UUID | None:
    return (fed.engagement_id or fed.stream) if type(fed.event) in follow.table else None


def apply(facts: Facts | None, fed: Fed) -> Facts:
    return follow(facts or Facts(engagement_id=fed.engagement_id or fed.stream), fed)


def personal(facts: Facts) -> Iterator[Personal[Any]]:
    return (rating.scores for rating in facts.ratings)


KPI_BOARD: Final = Projection(
    __file__, name="kpi_board", version=5, document=Facts, reads=follow.table, key=key, apply=apply, personal=personal
)
OBJECTIVES: Final = msgspec.json.Decoder(dict[UUID, Objective])


async def facts(snapshot: Snapshot, scope: Scope) -> list[Facts]:
    """The facts of every engagement in a scope, their ratings open."""
    return [row.document for row in await snapshot.opened(KPI_BOARD, "in_scope", **scope.row)]


async def opened(sealed: Sequence[Facts], opener: Opener, source: Source, tenant: UUID) -> list[Facts]:
    """The same of facts that were folded elsewhere. Raises `KeyUnavailable`."""
    places = [
        SealedAt(rating.session_id, one.engagement_id, rating.scores.sealed)
        for one in sealed
        for rating in one.ratings
        if rating.scores.sealed is not None
    ]
    texts = await opener.open(source, tenant, places)
    return [structs.replace(one, ratings=tuple(with_scores(rating, texts) for rating in one.ratings)) for one in sealed]


def with_scores(rating: Rating, texts: Mapping[str, Any]) -> Rating:
    sealed = rating.scores.sealed
    return rating if sealed is None else structs.replace(rating, scores=OfClient(texts[sealed], sealed=sealed))


async def objectives(snapshot: Snapshot, engagements: Sequence[UUID]) -> dict[UUID, Objective]:
    """The objectives of these engagements, without the rest of their facts."""
    rows = await snapshot.fetch(KPI_BOARD, "objectives", {"keys": engagements})
    return {id: one for row in rows for id, one in OBJECTIVES.decode(row["objectives"]).items()}


async def coaches(snapshot: Snapshot, scope: Scope) -> list[UUID]:
    """Who coaches in a scope."""
    return [row["coach_id"] for row in await snapshot.fetch(KPI_BOARD, "coaches", scope.row)]
