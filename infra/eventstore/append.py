"""How `es.append` is called: one statement on a connection, never inside a transaction. No retry here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

import asyncpg


class AppendStream(NamedTuple):
    """A stream at the version that was read (0: does not exist yet); without events it is a guard."""

    id: UUID
    expected: int
    engagement: UUID | None = None


class AppendEvent(NamedTuple):
    """An event as it is stored. `occurred_at` None: when it is recorded."""

    of: int  # place of its stream among the streams, from 1
    type: str
    schema_v: int
    occurred_at: datetime | None
    meta: bytes
    payload: bytes


class AppendClaim(NamedTuple):
    """Something unique that a stream takes or gives back."""

    of: int
    kind: str
    key: bytes


class UsedKey(NamedTuple):
    """A key that something in this call was sealed with: it must be alive."""

    subject: UUID
    realm: UUID
    v: int


class AppendCommand(NamedTuple):
    """What makes a repetition of this call answer with the first result."""

    id: UUID
    fingerprint: bytes
    result: bytes


class Waiting(NamedTuple):
    """The anonymous answers that waited in a stream when it was read: they must still be those that do."""

    stream: UUID
    ids: Sequence[UUID]


class Appended(NamedTuple):
    """How it went. `status` is one of

    ok; duplicate (`stored` is the first result); reused (the command's id, another fingerprint); conflict (`versions` is
    what every stream is at); claimed (`taken` is the kind); erased; keyless (no such key); unknown (no such tenant); full (`taken`
    is the type of event of which there would be more than the limit).
    """

    status: str
    position: int | None
    recorded_at: datetime | None
    versions: list[int] | None
    taken: str | None
    stored: bytes | None


APPEND: Final = "SELECT * FROM es.append($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22)"
WITHIN: Final = "SELECT * FROM es.append_within($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22,$23,$24)"
OVER: Final = (
    "SELECT * FROM es.append_over_answers($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22,$23,$24,$25)"
)


async def append(
    connection: asyncpg.Connection,
    tenant: UUID,
    streams: Sequence[AppendStream],
    events: Sequence[AppendEvent],
    *,
    command: AppendCommand | None = None,
    claims: Sequence[AppendClaim] = (),
    releases: Sequence[AppendClaim] = (),
    keys: Sequence[UsedKey] = (),
    limits: Mapping[str, int] | None = None,
    over: Waiting | None = None,
    closes: bool = False,
) -> Appended:
    """`limits`: of how many events of a type there may be in the organization afterwards; not together with `over`, whose answers
    are deleted with all links to them where it `closes`.
    """
    if connection.is_in_transaction():
        raise RuntimeError("es.append inside a transaction holds the tenant's lock until its end, and may be rolled back after it said ok")
    if limits and over:
        raise ValueError("no event of which there may be only so many is appended over answers")
    within = (list(limits), list(limits.values())) if limits else ()
    row = await connection.fetchrow(
        WITHIN if within else OVER if over else APPEND,
        *within,
        tenant,
        *((*over, closes) if over else ()),
        *(command or (None, None, None)),
        *columns(streams, 3),
        *columns([(event.of, event.type, event.schema_v) for event in events], 3),
        *columns([(event.occurred_at, event.meta, event.payload) for event in events], 3),
        *columns(claims, 3),
        *columns(releases, 3),
        *columns(keys, 3),
    )
    return Appended(*row)


def columns(rows: Sequence[tuple[Any, ...]], width: int) -> tuple[Sequence[Any] | None, ...]:
    """Rows as parallel arrays; no rows as nulls."""
    return tuple(zip(*rows, strict=True)) if rows else (None,) * width
