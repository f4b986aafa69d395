"""The order of an organization's log: positions without holes or doubles, times that never go back, and its head."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID

import asyncpg

from domain.rules import CLOCKS_DIFFER
from infra.sql import load
from workers.verify.difference import Difference, Findings

SQL: Final = load(__file__)
PAGE: Final = 5000  # rows
REMEMBERED: Final = timedelta(days=30)
"""For so long `es.forget_commands` leaves a command's row, which says when it was answered."""


class Head(NamedTuple):
    """Where the log ends, by `es.tenant_head`; when the last command was answered that has a row; and what time it is."""

    position: int
    recorded_at: datetime
    now: datetime
    answered_at: datetime | None


async def head(connection: asyncpg.Connection, tenant: UUID) -> Head | None:
    row = await SQL.head.first(connection, tenant_id=tenant)
    return Head(*row) if row is not None else None


async def order(connection: asyncpg.Connection, tenant: UUID, part: int, parts: int, findings: Findings) -> int:
    """One of several stretches of the log, in the caller's transaction; returns how many events it has."""
    end = await head(connection, tenant)
    last = end.position if end is not None else 0
    before, up_to = last * part // parts, None if part == parts - 1 else last * (part + 1) // parts
    count, position, recorded_at = 0, before, None
    rows = SQL.disorder.cursor(connection, prefetch=PAGE, tenant_id=tenant, after=before, up_to=up_to, differ=CLOCKS_DIFFER)
    async for row in rows:
        in_order(tenant, row, before, findings)
        count, position, recorded_at = row["number"], row["position"], row["recorded_at"]
    if up_to is not None and position != up_to:
        findings.add(hole(tenant, position + 1, "none"))
    if up_to is None:
        ends(tenant, end, position, recorded_at, findings)
        for row in await SQL.homeless.fetch(connection, tenant_id=tenant):
            findings.add(Difference(kind="stream", **place(tenant, row), expected="a row of es.stream", found="none"))
    return count


def in_order(tenant: UUID, row: Any, after: int, findings: Findings) -> None:
    if row["position"] <= after:
        return
    if row["position"] != row["before"] + 1:
        findings.add(hole(tenant, row["before"] + 1, f"{row['position']} next"))
    wanted = None
    if row["since"] is not None and row["recorded_at"] < row["since"]:
        wanted = f"{row['since'].isoformat()} or later"
    elif row["is_ahead"]:
        wanted = f"{row['now'].isoformat()} at the latest"
    if wanted is not None:
        findings.add(Difference(kind="recorded_at", **place(tenant, row), expected=wanted, found=row["recorded_at"].isoformat()))


def place(tenant: UUID, row: Any) -> dict[str, Any]:
    return {"tenant": tenant, "stream": row["stream_id"], "version": row["version"], "position": row["position"]}


def hole(tenant: UUID, position: int, found: str) -> Difference:
    return Difference(kind="position", tenant=tenant, position=position, expected=f"{position}, once", found=found)


def ends(tenant: UUID, end: Head | None, position: int, recorded_at: datetime | None, findings: Findings) -> None:
    """The head stands at the last event, at its time or at that of a later command which led to none."""
    at: dict[str, Any] = {"kind": "head", "tenant": tenant, "position": position, "table": "es.tenant_head"}
    if end is None or end.position != position:
        findings.add(Difference(**at, expected=str(position), found="no row" if end is None else str(end.position)))
    elif recorded_at is not None and end.recorded_at < recorded_at:
        expected = f"{recorded_at.isoformat()} or later"
        findings.add(Difference(**at, field="recorded_at", expected=expected, found=end.recorded_at.isoformat()))
    elif recorded_at is not None and is_ahead(end, recorded_at):
        expected = f"{max(recorded_at, end.answered_at or recorded_at).isoformat()}, of the last event or command"
        findings.add(Difference(**at, field="recorded_at", expected=expected, found=end.recorded_at.isoformat()))


def is_ahead(end: Head, recorded_at: datetime) -> bool:
    """Whether no command explains the head's time, and none that is forgotten by now could."""
    explained = max(recorded_at, end.answered_at or recorded_at)
    return end.recorded_at > explained and end.recorded_at > end.now - REMEMBERED
