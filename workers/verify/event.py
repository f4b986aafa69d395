"""Each event by itself: its hashes, its form, its place in its stream; and what its stream's row says of it."""

from __future__ import annotations

from hashlib import sha256
from typing import Any
from uuid import UUID

import msgspec

from domain.report.events import OF_ENGAGEMENT, ReportRequested
from infra.eventstore import codec
from infra.eventstore.feed import Fed, fed
from infra.eventstore.stored import NOBODY
from projections.realm import StreamRow
from workers.verify.batch import Batch, Told
from workers.verify.difference import Difference, Findings

UNREADABLE = (msgspec.MsgspecError, ValueError, TypeError, KeyError)


def told(batch: Batch, findings: Findings) -> tuple[list[Fed], list[Told]]:
    """The batch's events in the order of positions, and stream by stream in the order of versions."""
    feds = [read(batch.tenant, row, findings) for row in batch.rows]
    events: dict[UUID, list[Fed]] = {stream.id: [] for stream in batch.streams}
    for each in feds:
        in_line(batch.tenant, each, events[each.stream], findings)
        events[each.stream].append(each)
    streams = [Told(row, sorted(events[row.id], key=lambda each: each.version)) for row in batch.streams]
    for stream in streams:
        begun(batch.tenant, stream, findings)
    return feds, streams


def read(tenant: UUID, row: Any, findings: Findings) -> Fed:
    """The event, with the hash of what is stored; what cannot be read stands there as `Unread`."""
    place: dict[str, Any] = {"tenant": tenant, "stream": row["stream_id"], "version": row["version"], "position": row["position"]}
    for name in ("meta", "payload"):
        if row[name] is not None and (own := sha256(row[name]).digest()) != row[f"{name}_hash"]:
            findings.add(Difference(kind=f"{name}_hash", **place, expected=own.hex(), found=row[f"{name}_hash"].hex()))
    try:
        event = fed(row)
    except UNREADABLE as error:
        found = type(error.__cause__ or error).__name__
        findings.add(Difference(kind="form", **place, expected=f"a readable {row['type']}", found=found))
        return unread(row)
    if isinstance(event.event, codec.Unread) and event.payload is not None:
        found = f"{event.type} in form {event.schema_v}"
        findings.add(Difference(kind="form", **place, expected="a type and a form that this release knows", found=found))
    return event


def unread(row: Any) -> Fed:
    values = {name: row[name] for name in Fed.__struct_fields__ if name not in ("event", "meta", "stream")}
    return Fed(event=codec.Unread(), meta=NOBODY, stream=row["stream_id"], **values)


def in_line(tenant: UUID, each: Fed, before: list[Fed], findings: Findings) -> None:
    wanted = before[-1].version + 1 if before else 1
    if each.version != wanted:
        findings.add(Difference.at(tenant, each, "version", str(wanted), str(each.version)))


def begun(tenant: UUID, stream: Told, findings: Findings) -> None:
    """The stream's row against its first event; payloads are gone from all of its events or from none."""
    row, events = stream
    place: dict[str, Any] = {"tenant": tenant, "stream": row.id, "table": "es.stream"}
    if not events:
        findings.add(Difference(kind="stream", **place, expected="events", found="none"))
        return
    first = events[0]
    kind = first.type.partition(".")[0]
    if row.type != kind:
        findings.add(Difference(kind="stream", **place, position=first.position, field="type", expected=kind, found=row.type))
    named = engagement_of(row, first)
    if named is not msgspec.UNSET and named != row.engagement:
        findings.add(
            Difference(
                kind="stream", **place, position=first.position, field="engagement_id", expected=str(named), found=str(row.engagement)
            )
        )
    gone = [each for each in events if each.payload is None]
    if gone and len(gone) < len(events):
        expected, found = f"all {len(events)} payloads or none", f"{len(events) - len(gone)} of them"
        findings.add(Difference.at(tenant, gone[0], "erasure", expected, found))


def engagement_of(row: StreamRow, first: Fed) -> UUID | msgspec.UnsetType | None:
    """The engagement that a first event names; unset when it is erased, and cannot say."""
    if isinstance(first.event, codec.Unread):
        return msgspec.UNSET
    if isinstance(first.event, ReportRequested):
        return first.event.subject_id if first.event.template in OF_ENGAGEMENT else None
    return None if row.type == "engagement" else getattr(first.event, "engagement_id", None)
