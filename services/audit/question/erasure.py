"""Question 15: whether each erasure was carried out fully and on time, and what the law kept."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Final
from uuid import UUID

from domain.organization.events import LegalHoldPlaced, LegalHoldReleased
from domain.person.events import PersonErased, PersonErasureRequested
from infra import sql
from infra.eventstore.outage import outages
from infra.eventstore.stored import Stored, feed_at
from infra.postgres import tenant_transaction
from services.audit.question.finding import Finding, Given, finding
from services.audit.question.inquiry import Inquiry

SQL: Final = sql.load(__file__)


async def erasures(inquiry: Inquiry) -> AsyncIterator[Finding]:
    """Each request with what came of it, and each hold. One that is late, or left a key alive, stands out."""
    told = await told_of(inquiry)
    about = inquiry.asked.about
    done = {one.stream: one for one in told if isinstance(one.event, PersonErased)}
    released = {one.event.hold_id: one for one in told if isinstance(one.event, LegalHoldReleased)}
    for one in told:
        if isinstance(one.event, PersonErasureRequested) and about in (None, one.stream):
            inquiry.examined.add(one.stream)
            yield await carried_out(inquiry, one, one.event, done.get(one.stream))
        elif isinstance(one.event, LegalHoldPlaced) and about in (None, one.event.subject_id):
            yield held(one, one.event, released.get(one.event.hold_id))


async def told_of(inquiry: Inquiry) -> list[Stored]:
    with outages():
        async with tenant_transaction(inquiry.reads.connections, inquiry.tenant, read_only=True) as connection:
            rows = await SQL.positions.fetch(connection, tenant_id=inquiry.tenant, until=inquiry.position)
        positions = [row["position"] for row in rows]
        found = await feed_at(inquiry.reads.share(inquiry.tenant), inquiry.tenant, positions)
    return [found[position] for position in positions]


async def carried_out(inquiry: Inquiry, asked: Stored, event: PersonErasureRequested, done: Stored | None) -> Finding:
    facts: dict[str, Given] = {"person": asked.stream, "basis": event.basis, "due_by": event.due_by}
    if done is None or not isinstance(done.event, PersonErased):
        late = inquiry.look.organization.day(inquiry.now) > event.due_by
        return finding("erasure_waits", asked, stands_out=late, about=facts)
    on = inquiry.look.organization.day(done.occurred_at)
    living = await alive(inquiry, asked.stream, list(done.event.realms))
    counts: dict[str, Given] = {"on": on, "keys": len(done.event.keys), "engagements": len(done.event.realms), "living": living}
    return finding("erasure_done", asked, done, stands_out=on > event.due_by or living > 0, about=facts | counts)


async def alive(inquiry: Inquiry, person: UUID, realms: list[UUID]) -> int:
    with outages():
        async with tenant_transaction(inquiry.reads.connections, inquiry.tenant, read_only=True) as connection:
            return int(await SQL.living.value(connection, tenant_id=inquiry.tenant, person_id=person, realms=realms))


def held(placed: Stored, event: LegalHoldPlaced, released: Stored | None) -> Finding:
    facts = {"scope": event.scope, "case_ref": event.case_ref}
    since, until = placed.occurred_at, None if released is None else released.occurred_at
    if released is None:
        return finding("hold_in_force", placed, about=facts, since=since)
    return finding("hold_over", placed, released, about=facts, since=since, until=until)
