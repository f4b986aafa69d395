"""Two moments of a plan and its engagement, compared for a reader."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from litestar import Request
from msgspec import Struct, structs

from domain.difference import Difference
from domain.engagement import difference as engagement_difference
from domain.plan.difference import TRACED, differences
from domain.plan.events import PlanActivated, PlanProposed
from domain.plan.state import PlanState
from domain.values import Personal
from infra.eventstore import codec
from infra.eventstore.feed import Fed, events_at
from infra.eventstore.hindsight import At, Hindsight
from infra.eventstore.look import keep_look
from infra.eventstore.trace import traces_between
from projections.members import MEMBERS
from projections.snapshot import Snapshot
from services.actor import Actor
from services.audit.difference import BoundAnswer, DifferencesAnswer, by_reason, labels_of, shown_versions
from services.audit.moment import Moment, at_moment, not_begun
from services.audit.then import engagement_of, texts_of
from services.errors import MomentAhead, MomentsReversed
from services.plan.query import is_of_another, parties, readable
from services.reading.reads import Found, Look, Reads, names
from services.reading.view import people


class Bounds(NamedTuple):
    """The plan at two moments, `before` perhaps when it had not begun."""

    before: Hindsight
    after: Hindsight

    @property
    def ats(self) -> tuple[At, At]:
        """Both moments by position: where a time was asked for, it is known by now which one that is."""
        return self.before.at._replace(position=self.before.position), self.after.at._replace(position=self.after.position)


class LastLookAnswer(Struct, frozen=True, kw_only=True):
    """Up to which position of the log you have read a plan."""

    plan_id: UUID
    position: int


async def look_kept(reads: Reads, actor: Actor, id: UUID, position: int | None) -> LastLookAnswer:
    """Notes that the actor has read up to a position. Raises `NotFound`, `NotPermitted` and `MomentAhead`."""
    look = await reads.look(actor, "read_difference", "plan", id)
    assert look.reading.head is not None  # who looks is in the log
    last = look.reading.head.position
    if position is not None and position > last:
        raise MomentAhead(pointer="/query/position", position=last)
    reached = await keep_look(reads.share(actor.tenant), actor.tenant, actor.person_id, id, position or last)
    return LastLookAnswer(plan_id=id, position=reached)


async def find_differences(
    request: Request[Any, Any, Any], reads: Reads, actor: Actor, id: UUID, first: Moment, last: Moment
) -> Found[DifferencesAnswer]:
    """What changed from one moment to the other. Raises `NotFound`, `NotPermitted`, and what is wrong with the moments."""
    look = await reads.look(actor, "read_difference", "plan", id)
    return await compared(
        request, reads, look, id, *[await at_moment(reads, look, one, plan=id, engagement=engagement_of(look).id) for one in (first, last)]
    )


async def compared(request: Request[Any, Any, Any], reads: Reads, look: Look, id: UUID, first: At, last: At) -> Found[DifferencesAnswer]:
    tenant, engagement = look.actor.tenant, engagement_of(look)
    bounds = Bounds(*await asyncio.gather(*(reads.store.read_as_of(tenant, at, id) for at in (first, last))))
    require_order(bounds)
    if not bounds.after.holds(id):
        raise not_begun(bounds.after.position)
    told = await told_of(reads, look, bounds, id)
    known = [engagement.client_id, engagement.coach_id, engagement.sponsor_id]
    everybody = list(dict.fromkeys([*known, *(person for one in told.items for person in persons(*one))]))
    async with reads.snapshot(request, look.actor, MEMBERS, shown_by=look) as (rows, _):
        called = await named(rows, look, everybody)
        shown = people(await names(rows, everybody), look.sight, *everybody)
    for then in bounds:
        reads.store.keep_snapshots(then)
    answer = DifferencesAnswer(
        plan_id=id,
        engagement_id=engagement.id,
        from_=bound_answer(bounds.before, id),
        to=bound_answer(bounds.after, id),
        reasons=by_reason(told.items, labels_of(told.plan, called), look.sight),
        people=shown,
    )
    return Found(answer, bounds.after.position)


class Told(NamedTuple):
    """The differences with the events behind each, and the plan at the later moment, opened for who may read it."""

    items: list[tuple[Difference, Mapping[int, Fed]]]
    plan: PlanState


async def told_of(reads: Reads, look: Look, bounds: Bounds, id: UUID) -> Told:
    tenant, engagement = look.actor.tenant, engagement_of(look).id
    traces = await traces_between(reads.share(tenant), tenant, id, *bounds.ats, TRACED)
    agreed = await traces_between(reads.share(tenant), tenant, engagement, *bounds.ats, engagement_difference.TRACED)
    before, after = (then.state(id) if then.holds(id) else PlanState() for then in bounds)
    plan = differences(before, after, traces)
    versions = sorted({version for one in plan for version in shown_versions(one)})
    behind = await events_at(reads.share(tenant), tenant, id, versions)
    signed = await events_at(reads.share(tenant), tenant, engagement, [one.version for one in agreed])
    contract = [fed for fed in signed if not is_of_another(fed.event, fed.meta.actor, look)]
    texts = await texts_of(reads, look, id, [before, after, *(fed.event for fed in behind)])
    opened = [structs.replace(one, from_=opened_value(one.from_, texts), to=opened_value(one.to, texts)) for one in plan]
    by_version = {fed.version: opened_event(fed, texts) for fed in behind}
    items: list[tuple[Difference, Mapping[int, Fed]]] = [(as_said(one, by_version), by_version) for one in opened]
    items += [(one, {fed.version: fed}) for fed in contract for one in engagement_difference.differences([fed])]
    return Told(items, codec.open_state(after, texts) if texts else after)


def as_said(one: Difference, events: Mapping[int, Fed]) -> Difference:
    """A proposal with the version that it made; changes that were accepted since have made others, and are told by themselves."""
    last = events[one.versions[-1]].event if one.about == "plan" and one.versions else None
    return structs.replace(one, to=last.plan_version) if isinstance(last, PlanProposed | PlanActivated) else one


def opened_value(value: Any, texts: Mapping[str, Any]) -> Any:
    if isinstance(value, Personal) and value.sealed is not None and value.sealed in texts:
        return type(value)(texts[value.sealed], sealed=value.sealed)
    return value


def opened_event(fed: Fed, texts: Mapping[str, Any]) -> Fed:
    if not texts or fed.payload is None:
        return fed
    return structs.replace(fed, event=codec.decode_open(fed.type, fed.schema_v, fed.payload, texts))


def require_order(bounds: Bounds) -> None:
    """Forwards on both clocks. Where only one moment has a business clock, the other's is the time of its record clock."""
    before, after = bounds
    if before.position > after.position:
        raise MomentsReversed(pointer="/query/from", from_position=before.position, to_position=after.position)
    if after.at.occurred is not None and before.head is not None:
        since = before.at.occurred or before.at.recorded or before.head.recorded_at
        if since > after.at.occurred:
            raise MomentsReversed(pointer="/query/from", occurred_from=since, occurred_to=after.at.occurred)


def bound_answer(then: Hindsight, id: UUID) -> BoundAnswer:
    begun = then.holds(id)
    return BoundAnswer(
        position=then.position,
        recorded_at=then.head.recorded_at if then.head else None,
        occurred_until=then.at.occurred,
        version=then.last(id).version if begun else None,
        digest=then.state(id).digest if begun and then.is_whole(id) else None,
    )


def persons(one: Difference, events: Mapping[int, Fed]) -> list[UUID]:
    """Who is named by a difference, and who did what is behind it."""
    named = [one.from_, one.to] if one.about == "engagement" else [one.id] if one.about == "consent" else []
    acted = [events[version].meta.actor for version in shown_versions(one)]
    return [person for person in (*named, *acted) if isinstance(person, UUID)]


async def named(rows: Snapshot, look: Look, everybody: Sequence[UUID | None]) -> dict[UUID, str]:
    """Names as words of a sentence; the parties by their side, where names are not for the reader."""
    return parties(look) | (readable(await names(rows, everybody)) if look.sight.names else {})
