"""Reads of needs assessments."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from projections import current
from projections.current import CURRENT
from services.actor import Actor
from services.assessment.answers import AssessmentAnswer, assessment_answer
from services.caching import Tags
from services.read import read, shown
from services.reading import NotCaughtUp, Reads


@read(
    "/v1/assessments/{id:uuid}",
    "read_assessment",
    AssessmentAnswer,
    "Look at a needs assessment.\n\nWhat is asked, what was answered, and the needs that were found.",
)
async def read_assessment(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    tags: NamedDependency[Tags],
    id: FromPath[UUID],
) -> Response[bytes | None]:
    look = await reads.look(actor, "read_assessment", "assessment", id)
    async with reads.snapshot(request, actor, CURRENT["assessment"]) as (rows, position):
        found = await current.one(rows, "assessment", id, words=look.sight.opens)
    if found is None:
        raise NotCaughtUp
    return await shown(request, tags, actor, assessment_answer(found, look.sight), position, found.version)


ROUTES: Final = (read_assessment,)
