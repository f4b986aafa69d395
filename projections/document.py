"""A page of events into the rows of one projection: documents loaded, folded in memory, written set by set.

A document keeps personal values sealed. Their plain text stands beside it, a row each, filled in the same transaction: no
row means erased. A text goes when its value leaves the document.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

import asyncpg
import msgspec

from domain.values import ERASED, personal_values
from infra.eventstore.feed import Fed
from infra.eventstore.opening import Opener, SealedAt
from infra.eventstore.sealing import subject_of
from projections.forgetting import forget
from projections.projection import Projection, reference


class Folded(NamedTuple):
    """A document after a page, with the sealed values that came in and the references of those that went."""

    key: UUID
    position: int
    document: str
    came: list[SealedAt]
    gone: set[bytes]


async def fold(
    connection: asyncpg.Connection,
    tenant: UUID,
    projection: Projection[Any],
    page: Sequence[Fed],
    opener: Opener,
    *,
    is_empty: bool = False,
) -> None:
    """Writes what a page of events does to the projection's rows, inside the caller's transaction.

    `is_empty` says that none of the rows that it is about is there.
    """
    events: dict[UUID, list[Fed]] = {}
    for fed in page:
        key = projection.key(fed)
        if key is not None:
            events.setdefault(key, []).append(fed)
    if not events:
        await forget(connection, tenant, projection, page)
        return
    rows = projection.rows()
    found = [] if is_empty else await rows.before.fetch(connection, tenant_id=tenant, keys=list(events))
    before = {row["key"]: row["doc"] for row in found}
    folded = [done for key, feds in events.items() for done in folded_in(projection, key, before.get(key), feds)]
    await (rows.add if is_empty else rows.put).execute(
        connection,
        tenant_id=tenant,
        keys=[each.key for each in folded],
        positions=[each.position for each in folded],
        docs=[each.document for each in folded],
    )
    if projection.personal is not None:
        await keep_texts(connection, tenant, projection, folded, opener)
    await forget(connection, tenant, projection, page)


def folded_in(projection: Projection[Any], key: UUID, stored: str | None, events: Sequence[Fed]) -> list[Folded]:
    """One document after its events, unless they leave it as it is, and the rows that they leave beside it."""
    before = document = projection.decode(stored) if stored is not None else None
    position, folded = 0, list[Folded]()
    for fed in events:
        try:
            after, beside = projection.folded(document, fed)
        except Exception as error:
            error.add_note(f"at position {fed.position}: {fed.type}, version {fed.version} of {fed.stream}")
            raise
        if beside is not None:
            folded.append(written(projection, beside[0], fed.position, None, beside[1], [fed]))
        if after is not document:
            document, position = after, fed.position
    if document is not before:
        folded.append(written(projection, key, position, before, document, events))
    return folded


def written(projection: Projection[Any], key: UUID, position: int, before: Any, document: Any, events: Sequence[Fed]) -> Folded:
    """A document as it is stored. `events` brought its new sealed values, and say to which streams and realm these belong."""
    had, has = projection.sealed_in(before), projection.sealed_in(document)
    places = streams_of(events) if has - had else {}
    realm = events[-1].engagement_id or events[-1].stream
    came = [SealedAt(places.get(text, events[-1].stream), realm, text) for text in has - had]
    return Folded(key, position, projection.encode(document), came, {reference(text) for text in had - has})


def streams_of(events: Sequence[Fed]) -> dict[str, UUID]:
    """Where the sealed values of these events were sealed; nothing where all are of one stream, as most documents' are."""
    if len({fed.stream for fed in events}) == 1:
        return {}
    return {value.sealed: fed.stream for fed in events for value in personal_values(fed.event) if value.sealed is not None}


async def keep_texts(
    connection: asyncpg.Connection, tenant: UUID, projection: Projection[Any], folded: Sequence[Folded], opener: Opener
) -> None:
    """Opens the sealed values that came in; one whose key is destroyed leaves no row."""
    rows = projection.rows()
    gone = [(each.key, ref) for each in folded for ref in each.gone]
    if gone:
        await rows.drop_texts.execute(connection, tenant_id=tenant, keys=[key for key, _ in gone], refs=[ref for _, ref in gone])
    came = [(each.key, at) for each in folded for at in each.came]
    if not came:
        return
    opened = await opener.open(connection, tenant, [at for _, at in came])
    texts = [(key, at, opened[at.text]) for key, at in came if opened[at.text] is not ERASED]
    await rows.put_texts.execute(
        connection,
        tenant_id=tenant,
        keys=[key for key, _, _ in texts],
        refs=[reference(at.text) for _, at, _ in texts],
        subjects=[subject_of(at.text) for _, at, _ in texts],
        realms=[at.realm for _, at, _ in texts],
        texts=[msgspec.json.encode(value).decode() for _, _, value in texts],
    )
