"""What a stream's events claim and give back, against what it holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

import asyncpg

from domain.claims import CLAIMS, PERSONAL, claims_of
from domain.event import Event
from domain.values import personal_values
from infra.eventstore import codec
from infra.eventstore.feed import Fed
from infra.eventstore.reading import Reading
from infra.sql import load
from workers.verify.batch import Batch, Told
from workers.verify.difference import Difference, Findings

SQL: Final = load(__file__)


class Derived(NamedTuple):
    """The claims by kind and key, each with the event that took it; of the kinds in `unknown` nothing can be said."""

    held: dict[tuple[str, bytes], Fed]
    unknown: set[str]


async def claims(
    connection: asyncpg.Connection, batch: Batch, streams: Sequence[Told], opened: Mapping[str, Any], reading: Reading, findings: Findings
) -> None:
    found: dict[Any, set[tuple[str, bytes]]] = {stream.id: set() for stream in batch.streams}
    for row in await SQL.held.fetch(connection, tenant_id=batch.tenant, streams=batch.ids):
        found[row["stream_id"]].add((row["kind"], row["key"]))
    for stream in streams:
        held, unknown = await derived(stream, opened, reading)
        for kind, key in sorted(held.keys() ^ found[stream.row.id]):
            if kind in unknown:
                continue
            taken = held.get((kind, key))
            there, absent = f"{kind} {key.hex()}", "none"
            findings.add(
                Difference(
                    kind="claim", tenant=batch.tenant, stream=stream.row.id, table="es.claim",
                    version=taken.version if taken else None, position=taken.position if taken else None,
                    expected=there if taken else absent, found=absent if taken else there,
                )
            )  # fmt: skip


async def derived(stream: Told, opened: Mapping[str, Any], reading: Reading) -> Derived:
    held: dict[tuple[str, bytes], Fed] = {}
    unknown: set[str] = set()
    for each in stream.events:
        kinds = {rule.kind for rule in CLAIMS.get(type(each.event), ())}
        if each.payload is None:
            unknown.update(rule.kind for rules in CLAIMS.values() for rule in rules)  # what was erased cannot say what it claimed
        if not kinds:
            continue
        event = each.event if kinds.isdisjoint(PERSONAL) else legible(each, opened)
        if event is None:
            unknown |= kinds
            continue
        for claim in claims_of(event):
            key = (claim.kind, await reading.claim_key(claim.kind, claim.value, claim.personal))
            if claim.takes:
                held[key] = each
            else:
                held.pop(key, None)
    return Derived(held, unknown)


def legible(each: Fed, opened: Mapping[str, Any]) -> Event | None:
    """The event with its words; None when one of them is erased, or does not open."""
    assert each.payload is not None
    event = codec.decode_open(each.type, each.schema_v, each.payload, opened)
    return event if all(value.is_open for value in personal_values(event)) else None
