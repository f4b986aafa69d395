"""What the reads of evaluations find, for the API and for their pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from litestar import Request

from domain.evaluation.state import EvaluationState
from projections import current
from projections.current import CURRENT, Current
from services.actor import Actor
from services.evaluation.answers import EvaluationAnswer, evaluation_answer
from services.permission import policy
from services.reading.reads import Found, NotCaughtUp, Reads

MOST: Final = 200
"""As many as a page of evaluations shows."""


async def find_evaluation(request: Request[Any, Any, Any], reads: Reads, actor: Actor, id: UUID) -> Found[EvaluationAnswer]:
    look = await reads.look(actor, "read_evaluation", "evaluation", id)
    async with reads.snapshot(request, actor, CURRENT["evaluation"], shown_by=look) as (rows, position):
        found = await current.one(rows, "evaluation", id, words=look.sight.opens)
    if found is None:
        raise NotCaughtUp
    return Found(evaluation_answer(found, look.sight, counts=not actor.outsider, reader=actor), position, found.version)


async def find_scheduled(request: Request[Any, Any, Any], reads: Reads, actor: Actor) -> Sequence[EvaluationState]:
    """The evaluations of one's own engagements, by the days on which they are due; what was judged stays sealed."""
    look = await reads.look(actor, "record_evaluation")
    async with reads.snapshot(request, actor, CURRENT["evaluation"], CURRENT["engagement"], shown_by=look) as (rows, _):
        found: list[Current[EvaluationState]] = await current.listed(
            rows, "evaluation", policy.scope(look.actor), after=None, limit=MOST, words=False
        )
        seen = await reads.seen(look, [one.state.engagement_id for one in found], rows.connection)
    await reads.note_sights(look, seen)
    return sorted((one.state for one in found if one.state.engagement_id in seen), key=lambda state: (state.due_on, state.id))
