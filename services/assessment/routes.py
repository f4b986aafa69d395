"""Reads of needs assessments."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from services.actor import Actor
from services.assessment.answers import AssessmentAnswer
from services.assessment.query import find_assessment, find_results
from services.assessment.results import ResultsAnswer
from services.reading.caching import Tags
from services.reading.reads import Reads
from services.reading.route import read, shown


@read(
    "/v1/assessments/{id:uuid}",
    "read_assessment",
    AssessmentAnswer,
    "Look at a needs assessment.\n\nWhat is asked, what the client answered, how many raters did, and the needs that were found.",
)
async def read_assessment(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    tags: NamedDependency[Tags],
    id: FromPath[UUID],
) -> Response[bytes | None]:
    return await shown(request, tags, actor, *await find_assessment(request, reads, actor, id))


@read(
    "/v1/assessments/{id:uuid}/results",
    "read_assessment_results",
    ResultsAnswer,
    "Look at the released results of a needs assessment.\n\nFor client and coach alone: what the client and the raters answered, as far "
    "as nobody can tell who said it, and what is hidden for that. 409 until the results are released.",
)
async def read_assessment_results(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    tags: NamedDependency[Tags],
    id: FromPath[UUID],
) -> Response[bytes | None]:
    return await shown(request, tags, actor, *await find_results(request, reads, actor, id))


ROUTES: Final = (read_assessment, read_assessment_results)
