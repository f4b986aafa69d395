"""The list of plans: where its items stand is read first, then what is not remembered of them, and their words each time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final, TypeAlias
from uuid import UUID

from litestar import Request
from msgspec import Raw

from projections.current import CURRENT
from projections.kpi_board import KPI_BOARD
from projections.ordered import Placed, places
from projections.projection import Texts
from projections.snapshot import Snapshot
from services.actor import Actor
from services.permission import policy
from services.plan.answers import plan_answer
from services.plan.memory import Item, Memory, Place, gap, named, with_gaps
from services.plan.query import lints_of, progresses
from services.reading.listing import Page, Wanted, like, order, within
from services.reading.reads import Found, Look, Reads, Seen
from services.reading.route import Encoded, part
from services.reading.view import sight

EVERYTHING: Final = Wanted()
ACTIVATED: Final = {"activated_at": ("state", "activated_at")}
WORDED: Final = frozenset({"objectives", "strategies", "actions", "milestones", "wins", "inputs", "comments", "exercises"})
"""Fields of an item that hold words of people."""
PLAN: Final = CURRENT["plan"]
Lines: TypeAlias = Mapping[Place, Seen]
"""The items of the page that the reader may see, each with its engagement."""


async def find_plans(
    request: Request[Any, Any, Any],
    reads: Reads,
    actor: Actor,
    page: Page,
    wanted: Wanted = EVERYTHING,
    fields: frozenset[str] | None = None,
) -> Found[Encoded]:
    """A page of those that the actor may see, with these fields and their ids, or all. Raises `NotPermitted` and `Unreadable`."""
    memory: Memory = request.app.state.plans
    look = await reads.look(actor, "list_plans")
    scope = within(policy.scope(look.actor, look.action), client=wanted.client, coach=wanted.coach, program=wanted.program)
    drafts = sight(look.actor).drafts  # without them the order, and where pages end, would tell what is withheld
    by, holding = order(wanted.sort, ACTIVATED if drafts else {}), like(status=wanted.stage if drafts else None)
    async with reads.snapshot(request, actor, PLAN, CURRENT["engagement"], KPI_BOARD, shown_by=look) as (rows, position):
        found = await places(rows, "plan", scope, by=by, holding=holding, after=page.after, limit=page.limit + 1)
        fresh = await reads.seen(look, [one.engagement_id for one in page.cut(found)], rows.connection)
        lines = lines_of(page.cut(found), fresh, look, fields)
        items = await told(rows, memory, look, lines, wanted.stage)
    await reads.note_sights(look, fresh)
    return Found(Encoded(items=items, next_cursor=page.following(found)), position)


def lines_of(found: Sequence[Placed], fresh: Mapping[UUID, Seen], look: Look, fields: frozenset[str] | None) -> Lines:
    """Those whose engagement the reader may see at this moment."""
    actor = look.actor
    return {
        Place(
            tenant=actor.tenant,
            plan=one.id,
            position=one.position,
            today=look.today,
            planned_end=seen.engagement.planned_end,
            sight=seen.sight,
            reader=actor.person_id,
            counts=not actor.outsider,
            fields=fields,
        ): seen
        for one in found
        if (seen := fresh.get(one.engagement_id)) is not None
    }


async def told(rows: Snapshot, memory: Memory, look: Look, lines: Lines, stage: str | None) -> tuple[Raw, ...]:
    """The items as they are sent. A status that is withheld from a sponsor fits no `stage`: then no filter tells it."""
    worded = [place.plan for place in lines if opens(place)]
    texts = await rows.words(PLAN, worded) if worded else {}
    known = {place: memory.whole(place, texts) for place in lines}
    made = await made_anew(rows, look, {place: seen for place, seen in lines.items() if known[place] is None}, texts)
    for place, item in made.items():
        if rows.has_reached(place.position, KPI_BOARD):  # where progress is read: no later event changes it
            memory.keep(place, item)
    items = (known[place] or made[place] for place in lines)
    return tuple(item.filled(texts) for item in items if stage in (None, item.status))


def opens(place: Place) -> bool:
    """Whether words are to be opened for the reader."""
    return bool(place.sight.opens) and (place.fields is None or bool(place.fields & WORDED))


async def made_anew(rows: Snapshot, look: Look, lines: Lines, texts: Mapping[str, Raw]) -> dict[Place, Item]:
    """The items of these plans from their rows, with gaps for those of the texts that they hold."""
    if not lines:
        return {}
    by_id = {place.plan: place for place in lines}
    gaps = {bytes.fromhex(text): gap(text) for text in texts}
    reached = await progresses(rows, [seen.engagement.id for seen in lines.values()], look.today)
    made: dict[Place, Item] = {}
    for row in await rows.fetch(PLAN, "some", {"keys": list(by_id)}):
        place, stored = by_id[row["key"]], row["doc"]
        sealed = partial(PLAN.decode, stored)
        one = PLAN.open(stored, Texts(gaps, place.sight.opens).of(sealed)) if opens(place) else sealed()
        lints = lints_of(one, look, lines[place].engagement)
        answer = plan_answer(one, reached, (), place.sight, reader=place.reader, counts=place.counts, lints=lints)
        words = texts.keys() & {named(value) for value in PLAN.sealed_in(one)}
        made[place] = with_gaps(answer.status, answer if place.fields is None else part(answer, place.fields), words)
    return made
