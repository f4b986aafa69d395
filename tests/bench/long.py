"""A log of any length that can be folded and opened, written by COPY, past all checks: plans of 50 events each, one tenant."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final
from uuid import UUID

import asyncpg
import msgspec

from domain.event import STORED
from infra.eventstore.codec import encode
from infra.eventstore.sealing import Place, SubjectKey, seal
from infra.eventstore.store import Store
from infra.eventstore.vault import Holder
from infra.sql import load
from tests.infra.plan_told import told
from tests.infra.told import actors, engagement, new_id, record, register

SQL: Final = load(__file__)
A_PLAN: Final = 50  # events
CLIENTS: Final = 100  # who share the plans
EVENT: Final = (
    *("tenant_id", "stream_id", "version", "position", "type", "schema_v", "occurred_at", "recorded_at"),
    *("meta", "payload", "meta_hash", "payload_hash"),
)
STREAM: Final = ("tenant_id", "stream_id", "type", "engagement_id")
Plans = Mapping[UUID, Holder]
"""A plan's id -> its client, and the engagement that it belongs to."""


async def write(store: Store, admin: asyncpg.Connection, events: int) -> UUID:
    """An organization with about so many events; its id. Nobody follows it while this goes on."""
    tenant = new_id()
    await register(store, tenant)
    number = max(1, events // A_PLAN)
    holders = [Holder(new_id(), new_id()) for _ in range(min(CLIENTS, number))]
    for client, engaged in holders:
        last = await record(store, tenant, engaged, [engagement(engaged, client)], client=client)
    keys = await store.vault.sealing_keys(store.pool, tenant, holders)
    plans = {new_id(): holders[each % len(holders)] for each in range(number)}
    async with admin.transaction():
        streams = [(tenant, plan, "plan", engaged) for plan, (_, engaged) in plans.items()]
        await admin.copy_records_to_table("stream", schema_name="es", columns=STREAM, records=streams)
        await admin.copy_records_to_table("event", schema_name="es", columns=EVENT, records=rows(tenant, plans, keys, last.position))
        await SQL.end.execute(admin, tenant_id=tenant, position=last.position + len(plans) * A_PLAN)
    await SQL.settle.execute(admin)
    return tenant


def rows(tenant: UUID, plans: Plans, keys: Mapping[Holder, SubjectKey], position: int) -> Iterator[tuple[Any, ...]]:
    """The plans' events after that position."""
    now = datetime.now(UTC)
    for plan, holder in plans.items():
        meta = msgspec.json.encode(actors(holder.subject))
        sealed = partial(closed, keys[holder], Place(tenant, plan, holder.realm))
        for version, event in enumerate(told(plan, holder.realm, holder.subject, A_PLAN - 8), 1):
            position += 1
            payload = encode(event, sealed)
            hashes = hashlib.sha256(meta).digest(), hashlib.sha256(payload).digest()
            yield tenant, plan, version, position, *STORED[type(event)], now, now, meta, payload, *hashes


def closed(key: SubjectKey, place: Place, value: Any) -> str:
    return seal(value.plain(), key, place)
