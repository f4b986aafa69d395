"""Reads of surveys."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from services.actor import Actor
from services.reading.caching import Tags
from services.reading.listing import Page, page_of
from services.reading.reads import Reads
from services.reading.route import read, shown
from services.survey.answers import SurveyAnswer, SurveysAnswer
from services.survey.query import find_survey, find_surveys


@read(
    "/v1/surveys",
    "list_surveys",
    SurveysAnswer,
    "List surveys.\n\nThose of the programs that your role covers, oldest first.",
    given={"page": page_of},
)
async def list_surveys(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    tags: NamedDependency[Tags],
    page: NamedDependency[Page],
) -> Response[bytes | None]:
    return await shown(request, tags, actor, *await find_surveys(request, reads, actor, page))


@read(
    "/v1/surveys/{id:uuid}",
    "read_survey",
    SurveyAnswer,
    "Look at a survey.\n\nWhom it asks, how many answered and, once it is closed, what came of it.",
)
async def read_survey(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    tags: NamedDependency[Tags],
    id: FromPath[UUID],
) -> Response[bytes | None]:
    return await shown(request, tags, actor, *await find_survey(request, reads, actor, id))


ROUTES: Final = (list_surveys, read_survey)
