"""What a reader finds of surveys: what the JSON reads answer, and what the page shows."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Request

from infra.eventstore.answer import Answers
from projections import current
from projections.current import CURRENT
from services.actor import Actor
from services.permission import policy
from services.reading.listing import Page
from services.reading.reads import Found, NotCaughtUp, Reads
from services.survey.answers import SurveyAnswer, SurveysAnswer, survey_answer


async def find_surveys(request: Request[Any, Any, Any], reads: Reads, actor: Actor, page: Page) -> Found[SurveysAnswer]:
    """A page of those that the actor's role covers, the oldest first. Raises `NotPermitted`."""
    look = await reads.look(actor, "list_surveys")
    async with reads.snapshot(request, actor, CURRENT["survey"], shown_by=look) as (rows, position):
        scope = policy.scope(look.actor)
        found = await current.listed(rows, "survey", scope, after=page.after, limit=page.limit + 1, words=False)
    waiting = await Answers(reads.connections, reads.store.vault).counts(actor.tenant, [one.id for one in found])
    made = tuple(survey_answer(one, waiting[one.id].answered if one.id in waiting else 0, position) for one in page.cut(found))
    return Found(SurveysAnswer(items=made, next_cursor=page.following(found)), position)


async def find_survey(request: Request[Any, Any, Any], reads: Reads, actor: Actor, id: UUID) -> Found[SurveyAnswer]:
    """Raises `NotFound`, `NotPermitted` and `NotCaughtUp`."""
    look = await reads.look(actor, "read_survey", "survey", id)
    async with reads.snapshot(request, actor, CURRENT["survey"], shown_by=look) as (rows, position):
        found = await current.one(rows, "survey", id, words=False)
    if found is None:
        raise NotCaughtUp
    waiting = await Answers(reads.connections, reads.store.vault).counts(actor.tenant, [id])
    return Found(survey_answer(found, waiting[id].answered if id in waiting else 0, position), position, found.version)
