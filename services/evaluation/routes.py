"""Reads of evaluations."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from services.actor import Actor
from services.evaluation.answers import EvaluationAnswer
from services.evaluation.query import find_evaluation
from services.reading.caching import Tags
from services.reading.reads import Reads
from services.reading.route import read, shown


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
    return await shown(request, tags, actor, *await find_evaluation(request, reads, actor, id))


ROUTES: Final = (read_evaluation,)
