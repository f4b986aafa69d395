"""The board as it was to be read at a moment: the indicators' own fold, over the log up to there."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Sequence
from typing import Any, Final
from uuid import UUID

from litestar import Request

from infra.eventstore.feed import feed_of
from infra.eventstore.hindsight import At
from infra.eventstore.opening import Opener
from infra.eventstore.vault import Source, Vault
from infra.pace import paced
from projections import current
from projections.current import CURRENT
from projections.kpi.facts import Facts
from projections.kpi.period import Period
from projections.kpi.survey import Polled
from projections.kpi_board import KPI_BOARD, apply, facts, key, opened
from services.actor import Actor
from services.audit.answers import BoardAsOf
from services.audit.moment import Moment, at_moment, not_begun
from services.audit.then import last_day
from services.board.query import Material, Wanted, closed, narrowed, of_coached, worked_out
from services.permission import policy
from services.reading.reads import Found, NotCaughtUp, Reads

BATCH: Final = 20
"""Engagements whose events are in memory at a time."""


async def find_board_as_of(request: Request[Any, Any, Any], reads: Reads, actor: Actor, wanted: Wanted, moment: Moment) -> Found[BoardAsOf]:
    """The indicators of what the actor runs today, from what was known then.

    Raises `NotPermitted`, `PeriodUnknown`, `PeriodAhead` and `NotBegun`.
    Which engagements there are is read from today's rows: none ever goes, or changes its program.
    """
    look = await reads.look(actor, "read_board")
    period, scope = Period.begun(wanted.period, look.today), narrowed(policy.scope(look.actor), wanted)._replace(coach_id=None)
    then = await reads.store.read_as_of(actor.tenant, await at_moment(reads, look, moment), actor.tenant)
    if then.head is None or not then.exists(actor.tenant):
        raise not_begun(then.position)
    async with reads.snapshot(request, actor, KPI_BOARD, CURRENT["survey"], shown_by=look) as (rows, reached):
        engagements = [one.engagement_id for one in await facts(rows, scope)]
        surveys = [one.id for one in await current.listed(rows, "survey", scope, after=None, limit=None, words=False)]
    if moment.position is not None and reached < moment.position:
        raise NotCaughtUp
    position = min(then.position, reached)
    async with reads.sweep.turn(actor):
        facts_then = (await facts_at(reads.share(actor.tenant), reads.store.vault, actor.tenant, engagements, [position]))[position]
    found = [one for one in facts_then if wanted.coach in (None, one.coach_id)]
    past = look._replace(organization=then.state(actor.tenant), today=last_day(look, then))
    told = await worked_out(
        Material(found, [] if wanted.coach else await closed_then(reads, actor, surveys, position)),
        past,
        Period.begun(period.label, past.today),
        position,
    )
    await reads.note(look, of_coached(look, told))
    return Found(BoardAsOf(position=position, recorded_at=then.head.recorded_at, board=told), position)


async def closed_then(reads: Reads, actor: Actor, surveys: Sequence[UUID], position: int) -> list[Polled]:
    then = await reads.store.read_as_of(actor.tenant, At(position=position), *surveys)
    return closed(then.state(one, "survey") for one in surveys if then.exists(one))


async def facts_at(
    source: Source, vault: Vault, tenant: UUID, engagements: Sequence[UUID], positions: Collection[int]
) -> dict[int, list[Facts]]:
    """The facts of those engagements that had begun by each of several positions, by one walk through the log; others are answered
    in between. Where nothing happened between two of the positions, both have the same object, and what is sealed is opened once.
    """
    ends = sorted(set(positions))
    found: dict[int, list[Facts]] = {position: [] for position in ends}
    for begin in range(0, len(engagements), BATCH):
        events = await feed_of(source, tenant, engagements[begin : begin + BATCH], max(ends, default=0))
        then: dict[UUID, Facts] = {}
        ahead = deque(ends)
        async for event in paced(events):
            while event.position > ahead[0]:
                found[ahead.popleft()] += then.values()
            of = key(event)
            if of is not None:
                then[of] = apply(then.get(of), event)
        for position in ahead:
            found[position] += then.values()
    distinct = {id(one): one for each in found.values() for one in each}
    readable = dict(zip(distinct, await opened(list(distinct.values()), Opener(vault), source, tenant), strict=True))
    return {position: [readable[id(one)] for one in each] for position, each in found.items()}
