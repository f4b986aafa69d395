"""What stands beside the log for streams and people that are not in it."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

import asyncpg

from domain.anonymity import CLOSING
from domain.event import STORED
from infra.eventstore.errors import KeyUnavailable
from infra.eventstore.vault import Holder
from infra.sql import load
from workers.verify.difference import Difference, Findings
from workers.verify.opening import Keys

SQL: Final = load(__file__)
CLOSED: Final = tuple(STORED[kind].name for kind in CLOSING)


async def strays(connection: asyncpg.Connection, tenant: UUID, keys: Keys, findings: Findings) -> int:
    """Returns how many keys are of no stream, and yet no difference: made for a command that was then refused."""
    api_keys = await SQL.keys.fetch(connection, tenant_id=tenant)
    people, roles = [key["person_id"] for key in api_keys], [key["role"] for key in api_keys]
    for row in await SQL.strays.fetch(connection, tenant_id=tenant, people=people, roles=roles):
        at: dict[str, Any] = {"kind": row["kind"], "tenant": tenant, "stream": row["stream_id"], "table": row["table"]}
        findings.add(Difference(**at, expected="a stream", found=row["what"]))
    for row in await SQL.ahead.fetch(connection, tenant_id=tenant):
        at = {"kind": "look", "tenant": tenant, "stream": row["stream_id"], "position": row["position"], "table": "es.look"}
        findings.add(Difference(**at, expected=f"up to {row['last']}", found=str(row["position"])))
    await unanswerable(connection, tenant, findings)
    unused = await SQL.unused.fetch(connection, tenant_id=tenant)
    for row in unused if keys.are_there else ():
        await opens(connection, tenant, row, keys, findings)
    return len(unused)


async def unanswerable(connection: asyncpg.Connection, tenant: UUID, findings: Findings) -> None:
    """Answers and links should have gone with what closed their stream."""
    waiting = [row["stream_id"] for row in await SQL.waiting.fetch(connection, tenant_id=tenant)]
    rows = await SQL.answerable.fetch(connection, tenant_id=tenant, streams=waiting, closing=CLOSED)
    for stream in sorted(set(waiting) - {row["stream_id"] for row in rows}):
        at: dict[str, Any] = {"kind": "answer", "tenant": tenant, "stream": stream, "table": "es.rater_token"}
        findings.add(Difference(**at, expected="a stream that is answered", found="links or answers"))


async def opens(connection: asyncpg.Connection, tenant: UUID, row: Any, keys: Keys, findings: Findings) -> None:
    """Only who has the organization's keys can have made it."""
    try:
        await keys.opener.vault.opening_keys(connection, tenant, [(Holder(row["subject_id"], row["realm_id"]), row["key_v"])])
    except KeyUnavailable as error:
        at: dict[str, Any] = {"tenant": tenant, "stream": row["realm_id"], "table": "es.subject_key"}
        findings.add(Difference(kind="key", **at, expected="one that the organization's wrapping key opens", found=str(error)))
