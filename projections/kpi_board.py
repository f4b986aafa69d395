"""The board's rows: the dated facts of each engagement. What they amount to is asked when they are read (`projections/kpi`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

import msgspec
from msgspec import structs

from domain.assessment.result.whole import Results
from domain.values import ERASED, OfClient, Personal
from infra.eventstore.feed import Fed
from infra.eventstore.opening import Opener, SealedAt
from infra.eventstore.vault import Source
from projections.kpi.coaching import Assessment, Rating
from projections.kpi.facts import Facts, Objective
from projections.kpi.follow import follow
from projections.projection import Projection
from projections.snapshot import Scope, Snapshot


def key(fed: Fed) -> UUID | None:
    return (fed.engagement_id or fed.stream) if type(fed.event) in follow.table else None


def apply(facts: Facts | None, fed: Fed) -> Facts:
    return follow(facts or Facts(engagement_id=fed.engagement_id or fed.stream), fed)


def personal(facts: Facts) -> Iterator[Personal[Any]]:
    yield from (rating.scores for rating in facts.ratings)
    yield from (one.results for one in facts.assessments.values() if one.results is not None)


KPI_BOARD: Final = Projection(
    __file__, name="kpi_board", version=8, document=Facts, reads=follow.table, key=key, apply=apply, personal=personal
)
OBJECTIVES: Final = msgspec.json.Decoder(dict[UUID, Objective])


async def facts(snapshot: Snapshot, scope: Scope) -> list[Facts]:
    """The facts of every engagement in a scope, their ratings and results open."""
    return [row.document for row in await snapshot.opened(KPI_BOARD, "in_scope", **scope.row)]


async def opened(sealed: Sequence[Facts], opener: Opener, source: Source, tenant: UUID) -> list[Facts]:
    """The same of facts that were folded elsewhere. Raises `KeyUnavailable`."""
    places = [
        SealedAt(rating.session_id, one.engagement_id, rating.scores.sealed)
        for one in sealed
        for rating in one.ratings
        if rating.scores.sealed is not None
    ]
    places += [
        SealedAt(id, one.engagement_id, assessment.results.sealed)
        for one in sealed
        for id, assessment in one.assessments.items()
        if assessment.results is not None and assessment.results.sealed is not None
    ]
    texts = await opener.open(source, tenant, places)
    return [with_texts(one, texts) for one in sealed]


def with_texts(facts: Facts, texts: Mapping[str, Any]) -> Facts:
    return structs.replace(
        facts,
        ratings=tuple(with_scores(rating, texts) for rating in facts.ratings),
        assessments={id: with_results(one, texts) for id, one in facts.assessments.items()},
    )


def with_results(one: Assessment, texts: Mapping[str, Any]) -> Assessment:
    sealed = one.results.sealed if one.results is not None else None
    if sealed is None:
        return one
    value = texts[sealed]
    return structs.replace(one, results=OfClient(value if value is ERASED else msgspec.convert(value, Results), sealed=sealed))


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
