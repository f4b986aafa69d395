"""Streams folded: what was agreed against what was signed, snapshots, and plans a second time by the library."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

import asyncpg
import msgspec

from domain.engagement.events import AgreementSigned
from domain.engagement.state import EngagementState
from domain.errors import StreamErased
from domain.nouns import NOUNS, Noun
from domain.plan.events import ChangeProposed, PlanActivated, PlanApproved, PlanProposed
from domain.values import Digest
from infra.eventstore import codec
from infra.eventstore.bridge.replay import OUTAGES, Replay
from infra.eventstore.errors import DatabaseAway
from infra.eventstore.feed import Fed
from infra.eventstore.reading import STATE_V, shape
from infra.sql import load
from workers.verify.batch import Batch, Told
from workers.verify.difference import Difference, Findings, field_of

SQL: Final = load(__file__)


class Folding:
    """Folds the streams of a tenant's batches; `replay` is the second engine."""

    def __init__(self, tenant: UUID, replay: Replay, findings: Findings) -> None:
        self.tenant = tenant
        self.replay = replay
        self.findings = findings
        self.plans = 0
        self.erased = 0

    async def fold(self, connection: asyncpg.Connection, batch: Batch, streams: Sequence[Told]) -> None:
        rows = await SQL.snapshots.fetch(connection, tenant_id=batch.tenant, streams=batch.ids)
        snapshots: dict[UUID, list[Any]] = defaultdict(list)
        for row in rows:
            snapshots[row["stream_id"]].append(row)
        for stream in streams:
            if stream.is_erased:
                self.erased += 1
                self.compare(stream, snapshots[stream.row.id], {})
            elif stream.events and stream.row.type in NOUNS:
                self.stream(stream, NOUNS[stream.row.type], snapshots[stream.row.id])

    def stream(self, stream: Told, noun: Noun, snapshots: Sequence[Any]) -> None:
        state, states = noun.initial, dict[int, Any]()
        wanted = {snapshot["version"] for snapshot in snapshots}
        for each in stream.events:
            bound(self.tenant, state, each, self.findings)
            try:
                state = noun.evolve(state, each)
            except Exception as error:  # whatever it is: no sequence of events that commands recorded does this
                follows = "an event that follows from those before it"
                self.findings.add(Difference.at(self.tenant, each, "fold", follows, type(error).__name__))
                return
            if each.version in wanted:
                states[each.version] = state
        self.compare(stream, snapshots, states)
        if noun.name == "plan":
            self.plans += 1
            self.again(stream.events[-1], noun, state)

    def again(self, last: Fed, noun: Noun, state: Any) -> None:
        """The same by the library, up to the same version, since others may go on writing."""
        try:
            other = self.replay.state(last.stream, noun.initial, noun.evolve, version=last.version)
        except OUTAGES as error:
            raise DatabaseAway from error
        except StreamErased:
            return  # since the moment that is examined
        except Exception as error:  # the same, in an engine that we did not write
            self.findings.add(Difference.at(self.tenant, last, "replay", "a fold", type(error).__name__))
            return
        if other != state:
            field, expected, found = field_of(builtins(state), builtins(other))
            self.findings.add(Difference.at(self.tenant, last, "replay", expected, found, field))

    def compare(self, stream: Told, snapshots: Sequence[Any], states: Mapping[int, Any]) -> None:
        """Each with the fold up to it, where there is one. A snapshot of an earlier shape is never read."""
        for snapshot in snapshots:
            if snapshot["shape"] == shape(stream.row.type):
                self.snapshot(stream, snapshot, states.get(snapshot["version"]))
            elif snapshot["shape"] not in earlier(stream.row.type):
                expected = f"{shape(stream.row.type)}, or earlier"
                self.unlike(stream, snapshot, expected, snapshot["shape"], "shape")

    def snapshot(self, stream: Told, snapshot: Any, state: Any) -> None:
        if state is None:
            expected = "none of an erased stream" if stream.is_erased else f"a version up to {stream.events[-1].version}"
            self.unlike(stream, snapshot, expected, str(snapshot["version"]))
            return
        try:
            kept = codec.decode_state(type(state), snapshot["state"])
        except (msgspec.MsgspecError, ValueError) as error:
            self.unlike(stream, snapshot, "a state that decodes", type(error).__name__)
            return
        if kept != state:
            field, expected, found = field_of(builtins(state), builtins(kept))
            self.unlike(stream, snapshot, expected, found, field)

    def unlike(self, stream: Told, snapshot: Any, expected: str, found: str, field: str | None = None) -> None:
        self.findings.add(
            Difference(
                kind="snapshot",
                tenant=self.tenant,
                stream=stream.row.id,
                version=snapshot["version"],
                table="es.snapshot",
                field=field,
                expected=expected,
                found=found,
            )
        )


def builtins(state: Any) -> Any:
    return msgspec.json.decode(codec.encode_state(state))


def earlier(noun: str) -> frozenset[str]:
    """The shapes that its state had in releases before this one."""
    return frozenset(f"{noun}@{v}" for v in range(1, STATE_V.get(noun, 1)))


def bound(tenant: UUID, state: Any, each: Fed, findings: Findings) -> None:
    """What the event binds itself to, against the state that it was recorded on."""
    for field, expected, found in bindings(state, each):
        if expected != found:
            findings.add(Difference.at(tenant, each, "digest", str(expected), str(found), field))


def bindings(state: Any, each: Fed) -> list[tuple[str, Digest | int | None, Digest | int]]:
    """Field, what was current, and what the event names."""
    match each.event:
        case PlanProposed(digest=digest):
            return [("digest", state.digest, digest)]
        case PlanApproved(digest=digest, plan_version=number) | PlanActivated(digest=digest, plan_version=number):
            return [("digest", state.digest, digest), ("plan_version", state.plan_version, number)]
        case ChangeProposed(based_on=digest):
            return [("based_on", state.digest, digest)]
        case AgreementSigned(digest=digest, agreement_version=number):
            assert isinstance(state, EngagementState)
            return [("digest", state.digest, digest), ("agreement_version", state.latest.number if state.latest else None, number)]
    return []
