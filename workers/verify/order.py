"""The order of an organization's log: positions without holes or doubles, times that never go back, and its head."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

import asyncpg

from infra.sql import load
from workers.verify.difference import Difference, Findings

SQL: Final = load(__file__)
PAGE: Final = 5000  # rows


class Head(NamedTuple):
    """Where the log ends, by `es.tenant_head`."""

    position: int
    recorded_at: datetime


async def head(connection: asyncpg.Connection, tenant: UUID) -> Head | None:
    row = await SQL.head.first(connection, tenant_id=tenant)
    return Head(*row) if row is not None else None


async def order(connection: asyncpg.Connection, tenant: UUID, part: int, parts: int, findings: Findings) -> int:
    """One of several stretches of the log, in the caller's transaction; returns how many events it has."""
    end = await head(connection, tenant)
    last = end.position if end is not None else 0
    before, up_to = last * part // parts, None if part == parts - 1 else last * (part + 1) // parts
    count, position, recorded_at, row = 0, before, None, None
    async for row in SQL.places.cursor(connection, prefetch=PAGE, tenant_id=tenant, after=max(0, before - 1), up_to=up_to):
        if row["position"] > before:  # else it only says what time it was
            count += 1
            in_order(tenant, row, position, recorded_at, findings)
            position = row["position"]
        recorded_at = row["recorded_at"]
    if up_to is not None and position != up_to:
        findings.add(hole(tenant, position + 1, "none"))
    if up_to is None:
        ends(tenant, end, position, recorded_at, findings)
        await strays(connection, tenant, findings)
    return count


def in_order(tenant: UUID, row: Any, before: int, recorded_at: datetime | None, findings: Findings) -> None:
    if row["position"] != before + 1:
        findings.add(hole(tenant, before + 1, f"{row['position']} next"))
    place: dict[str, Any] = {"tenant": tenant, "stream": row["stream_id"], "version": row["version"], "position": row["position"]}
    if recorded_at is not None and row["recorded_at"] < recorded_at:
        not_before = f"{recorded_at.isoformat()} or later"
        findings.add(Difference(kind="recorded_at", **place, expected=not_before, found=row["recorded_at"].isoformat()))
    if not row["has_stream"]:
        findings.add(Difference(kind="stream", **place, expected="a row of es.stream", found="none"))


def hole(tenant: UUID, position: int, found: str) -> Difference:
    return Difference(kind="position", tenant=tenant, position=position, expected=f"{position}, once", found=found)


def ends(tenant: UUID, end: Head | None, position: int, recorded_at: datetime | None, findings: Findings) -> None:
    """A command without events moves the head's time alone, so that may be later than the last event's."""
    if end is None or end.position != position:
        found = "no row" if end is None else str(end.position)
        findings.add(Difference(kind="head", tenant=tenant, position=position, table="es.tenant_head", expected=str(position), found=found))
    elif recorded_at is not None and end.recorded_at < recorded_at:
        not_before, found = f"{recorded_at.isoformat()} or later", end.recorded_at.isoformat()
        findings.add(
            Difference(
                kind="head", tenant=tenant, position=position, table="es.tenant_head", field="recorded_at", expected=not_before, found=found
            )
        )


async def strays(connection: asyncpg.Connection, tenant: UUID, findings: Findings) -> None:
    for row in await SQL.strays.fetch(connection, tenant_id=tenant):
        findings.add(
            Difference(
                kind=row["kind"], tenant=tenant, stream=row["stream_id"], table=f"es.{row['kind']}", expected="a stream", found=row["what"]
            )
        )
