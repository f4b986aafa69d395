"""Reads of surveys."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath

from infra.eventstore.answer import Answers
from projections import current
from projections.current import CURRENT
from services import policy
from services.actor import Actor
from services.caching import Tags
from services.listing import Page, page_of
from services.read import read, shown
from services.reading import NotCaughtUp, Reads
from services.survey.answers import SurveyAnswer, SurveysAnswer, survey_answer


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
    look = await reads.look(actor, "list_surveys")
    async with reads.snapshot(request, actor, CURRENT["survey"]) as (rows, position):
        scope = policy.scope(look.actor)
        found = await current.listed(rows, "survey", scope, after=page.after, limit=page.limit + 1, words=False)
    waiting = await Answers(reads.connections, reads.store.vault).counts(actor.tenant, [one.id for one in found])
    made = tuple(survey_answer(one, waiting[one.id].answered if one.id in waiting else 0, position) for one in page.cut(found))
    return await shown(request, tags, actor, SurveysAnswer(items=made, next_cursor=page.following(found)), position)


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
    await reads.look(actor, "read_survey", "survey", id)
    async with reads.snapshot(request, actor, CURRENT["survey"]) as (rows, position):
        found = await current.one(rows, "survey", id, words=False)
    if found is None:
        raise NotCaughtUp
    waiting = await Answers(reads.connections, reads.store.vault).counts(actor.tenant, [id])
    return await shown(
        request, tags, actor, survey_answer(found, waiting[id].answered if id in waiting else 0, position), position, found.version
    )


ROUTES: Final = (list_surveys, read_survey)
