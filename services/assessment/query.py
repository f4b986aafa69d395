"""What the reads of a needs assessment find, for the API and for its page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from litestar import Request

from domain.assessment.state import AssessmentState
from infra.eventstore.answer import Answers
from projections import current
from projections.current import CURRENT, Current
from services.actor import Actor
from services.assessment.answers import AssessmentAnswer, assessment_answer
from services.assessment.results import ResultsAnswer, results_answer
from services.permission import policy
from services.reading.reads import Found, Look, NotCaughtUp, Reads

MOST: Final = 200
"""As many as a page of assessments shows."""


async def find_assessment(request: Request[Any, Any, Any], reads: Reads, actor: Actor, id: UUID) -> Found[AssessmentAnswer]:
    look = await reads.look(actor, "read_assessment", "assessment", id)
    found, position = await opened(request, reads, look, id)
    waiting = await Answers(reads.connections, reads.store.vault).counts(actor.tenant, [id])
    answered = waiting[id].answered if id in waiting else 0
    return Found(assessment_answer(found, look.sight, answered), position, found.version)


async def find_launched(request: Request[Any, Any, Any], reads: Reads, actor: Actor) -> Sequence[AssessmentState]:
    """The assessments of the engagements that the actor may see, the newest first; what is personal stays sealed."""
    look = await reads.look(actor, "read_assessment")
    async with reads.snapshot(request, actor, CURRENT["assessment"], CURRENT["engagement"], shown_by=look) as (rows, _):
        found: list[Current[AssessmentState]] = await current.listed(
            rows, "assessment", policy.scope(look.actor), after=None, limit=MOST, words=False
        )
        seen = await reads.seen(look, [one.state.engagement_id for one in found], rows.connection)
    await reads.note_sights(look, seen)
    return sorted(
        (one.state for one in found if one.state.engagement_id in seen), key=lambda state: (state.opens_on, state.id), reverse=True
    )


async def find_results(request: Request[Any, Any, Any], reads: Reads, actor: Actor, id: UUID) -> Found[ResultsAnswer]:
    """Raises `AssessmentNotReleased` while nothing is shown to anybody."""
    look = await reads.look(actor, "read_assessment_results", "assessment", id)
    found, position = await opened(request, reads, look, id)
    return Found(results_answer(found.state), position, found.version)


async def opened(request: Request[Any, Any, Any], reads: Reads, look: Look, id: UUID) -> tuple[Current[AssessmentState], int]:
    """The assessment as it stands, and the position that is shown."""
    async with reads.snapshot(request, look.actor, CURRENT["assessment"], shown_by=look) as (rows, position):
        found = await current.one(rows, "assessment", id, words=look.sight.opens)
    if found is None:
        raise NotCaughtUp
    return found, position
