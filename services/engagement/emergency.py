"""What was asked for in emergencies of an engagement, as its parties and those who decide about it read it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from litestar import Request
from msgspec import Struct

from domain.engagement.emergency import Emergency, EmergencyReason, EmergencyStanding
from domain.engagement.state import EngagementState
from infra.eventstore import codec
from infra.eventstore.opening import Opener, SealedAt
from projections.members import MEMBERS
from projections.projection import reference
from services.actor import Actor
from services.reading.reads import Found, Look, Reads, names
from services.reading.view import Named, Text, hidden, opened, people

REASONS: Final = frozenset({"client", "coach", "program_manager", "admin"})
"""Roles that read the reason: those whom it concerns, and those who have to judge it. For auditors its code is enough."""


class EmergencyAnswer(Struct, frozen=True, kw_only=True):
    """One request to read the words of the plan, by `asker_id`, and what came of it.

    `waiting` until a second person answers, at the latest until `answer_by`, then `expired`; `declined`, or `open` to the asker
    until `open_until`, then `ended`: by itself, or by `ended_by` before.
    """

    emergency_id: UUID
    engagement_id: UUID
    standing: EmergencyStanding
    asker_id: UUID
    reason_code: EmergencyReason
    reason: Text
    asked_at: datetime
    answer_by: datetime
    answered_by: UUID | None
    answered_at: datetime | None
    open_until: datetime | None
    ended_by: UUID | None
    ended_at: datetime | None


class EmergenciesAnswer(Struct, frozen=True, kw_only=True):
    """Every emergency of an engagement, the latest first."""

    engagement_id: UUID
    items: tuple[EmergencyAnswer, ...]
    people: tuple[Named, ...]


async def find_emergencies(request: Request[Any, Any, Any], reads: Reads, actor: Actor, id: UUID) -> Found[EmergenciesAnswer]:
    """As they stand at this moment: read from the stream, never stale. Raises `NotFound` and `NotPermitted`."""
    look = await reads.look(actor, "read_emergency_accesses", "engagement", id)
    assert look.engagement is not None  # it is one that was looked at
    assert look.reading.head is not None  # who looks is in the log
    items = await emergencies_of(reads, look, [look.engagement], reads.clock())
    persons = [person for one in items for person in persons_of(one)]
    async with reads.snapshot(request, actor, MEMBERS, shown_by=look) as (rows, _):
        called = await names(rows, persons)
    answer = EmergenciesAnswer(engagement_id=id, items=items, people=people(called, look.sight, *persons))
    return Found(answer, look.reading.head.position, look.reading.version(id))


async def emergencies_of(reads: Reads, look: Look, engagements: Sequence[EngagementState], moment: datetime) -> tuple[EmergencyAnswer, ...]:
    """As they stood at the moment, the latest first, each with its reason where the reader is one of those who read it."""
    found = [
        emergency_answer(engagement.id, one, look.actor, moment)
        for engagement in engagements
        for one in await with_reasons(reads, look, engagement)
    ]
    return tuple(sorted(found, key=lambda one: one.asked_at, reverse=True))


async def with_reasons(reads: Reads, look: Look, engagement: EngagementState) -> tuple[Emergency, ...]:
    if look.actor.role not in REASONS:
        return engagement.emergencies
    reasons = [one.reason.sealed for one in engagement.emergencies if one.reason.sealed is not None]
    places = [SealedAt(engagement.id, engagement.id, text) for text in reasons if reference(text) not in look.kept]
    tenant = look.actor.tenant
    texts = await Opener(reads.store.vault).open(reads.share(tenant), tenant, places)
    return tuple(codec.open_state(one, texts) for one in engagement.emergencies)


def emergency_answer(engagement: UUID, one: Emergency, reader: Actor, moment: datetime) -> EmergencyAnswer:
    return EmergencyAnswer(
        emergency_id=one.id,
        engagement_id=engagement,
        standing=one.standing(moment),
        asker_id=one.asker_id,
        reason_code=one.reason_code,
        reason=opened(one.reason) if reader.role in REASONS else hidden(one.reason),
        asked_at=one.asked_at,
        answer_by=one.answer_by,
        answered_by=one.answered_by,
        answered_at=one.answered_at,
        open_until=one.open_until,
        ended_by=one.ended_by,
        ended_at=one.ended_at,
    )


def persons_of(one: EmergencyAnswer) -> tuple[UUID, ...]:
    return tuple(person for person in (one.asker_id, one.answered_by, one.ended_by) if person is not None)
