"""What a reader finds of engagements: what the JSON read answers, and what the pages show."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from litestar import Request
from msgspec import UNSET, structs

from domain.engagement.state import EngagementState
from projections import current
from projections.current import CURRENT, Current
from projections.members import MEMBERS
from projections.ordered import ordered
from projections.projection import Projection
from services.actor import Actor
from services.engagement.answers import EngagementAnswer, EngagementsAnswer, all_agreements, engagement_answer
from services.engagement.company import company_answer, met
from services.permission import policy
from services.reading.listing import Page, Wanted, like, order, within
from services.reading.reads import Found, NotCaughtUp, Reads, names
from services.reading.view import WITHHELD, people, sight

EVERYTHING: Final = Wanted()
DATES: Final = {"starts_on": ("state", "starts_on"), "planned_end": ("state", "planned_end")}
BELONGING: Final = ("plan", "assessment", "evaluation")
"""Nouns whose streams belong to an engagement."""
SHOWN: Final[tuple[Projection[Any], ...]] = (*(CURRENT[noun] for noun in ("engagement", *BELONGING)), MEMBERS)
"""What one engagement is read from."""


async def find_engagements(
    request: Request[Any, Any, Any], reads: Reads, actor: Actor, page: Page, wanted: Wanted = EVERYTHING
) -> Found[EngagementsAnswer]:
    """A page of those that the actor may see, each by the consent of this moment. Raises `NotPermitted`."""
    look = await reads.look(actor, "list_engagements")
    async with reads.snapshot(request, actor, CURRENT["engagement"], MEMBERS) as (rows, position):
        scope = within(policy.scope(look.actor, look.action), client=wanted.client, coach=wanted.coach, program=wanted.program)
        by, holding, opens = order(wanted.sort, DATES), like(stage=wanted.stage), sight(look.actor).opens
        found = await ordered(rows, "engagement", scope, by=by, holding=holding, after=page.after, limit=page.limit + 1, words=opens)
        known = await names(rows, [person for one in found for person in parties(one)])
    fresh = await reads.sights(look, [one.id for one in page.cut(found)])
    items = tuple(
        engagement_answer(
            seen.shown(one), people(known, seen.sight, *parties(one)), seen.sight, reader=actor.person_id, counts=not actor.outsider
        )
        for one in page.cut(found)
        if (seen := fresh.get(one.id)) is not None
    )
    return Found(EngagementsAnswer(items=items, next_cursor=page.following(found)), position)


async def find_engagement(request: Request[Any, Any, Any], reads: Reads, actor: Actor, id: UUID) -> Found[EngagementAnswer]:
    """An engagement as it stands. Raises `NotFound`, `NotPermitted` and `NotCaughtUp`."""
    look = await reads.look(actor, "read_engagement", "engagement", id)
    seen = look.sight
    async with reads.snapshot(request, actor, *SHOWN, shown_by=look) as (rows, position):
        found = await current.one(rows, "engagement", id, words=seen.opens)
        if found is None:
            raise NotCaughtUp
        concerned = [*parties(found), *met(found.state, seen, actor.person_id)]
        named = people(await names(rows, concerned), seen, *concerned)
        is_member = actor.person_id in found.state.present_members
        belonging = {noun: await current.of_engagement(rows, noun, id) for noun in BELONGING}
    answer = structs.replace(
        engagement_answer(found, named, seen, reader=actor.person_id, counts=not actor.outsider),
        agreements=all_agreements(found.state, seen, reader=actor.person_id, counts=not actor.outsider),
        company=company_answer(found.state, seen, actor.person_id),
        plan_id=next(iter(belonging["plan"]), None),
        assessment_ids=tuple(belonging["assessment"]) if seen.drafts and not is_member else WITHHELD,
        evaluation_ids=UNSET if is_member else tuple(belonging["evaluation"]),
    )
    return Found(answer, position, found.version)


def parties(one: Current[EngagementState]) -> list[UUID | None]:
    return [one.client_id, one.coach_id, one.sponsor_id]
