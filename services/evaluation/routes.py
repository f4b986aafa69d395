"""Reads of evaluations."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from projections import current
from projections.current import CURRENT
from services.actor import Actor
from services.caching import Tags
from services.evaluation.answers import EvaluationAnswer, evaluation_answer
from services.read import read, shown
from services.reading import NotCaughtUp, Reads


@read(
    "/v1/evaluations/{id:uuid}",
    "read_evaluation",
    EvaluationAnswer,
    "Look at an evaluation.\n\nWhen it is due, who judges, and the judgements; to a sponsor effectiveness and summary, by consent.",
)
async def read_evaluation(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    tags: NamedDependency[Tags],
    id: FromPath[UUID],
) -> Response[bytes | None]:
    look = await reads.look(actor, "read_evaluation", "evaluation", id)
    async with reads.snapshot(request, actor, CURRENT["evaluation"]) as (rows, position):
        found = await current.one(rows, "evaluation", id, words=look.sight.opens)
    if found is None:
        raise NotCaughtUp
    answer = evaluation_answer(found, look.sight, counts=not actor.outsider)
    return await shown(request, tags, actor, answer, position, found.version)


ROUTES: Final = (read_evaluation,)
