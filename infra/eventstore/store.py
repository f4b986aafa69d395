"""Commands against the log: the only retry loop, and the only caller of `es.append`."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from datetime import datetime
from time import monotonic
from typing import Any, Final, NamedTuple
from uuid import UUID

import asyncpg
import msgspec
import structlog

from domain.claims import REFUSALS
from domain.errors import SubjectErased
from domain.errors.assessment import OneAtATime
from infra.eventstore import codec
from infra.eventstore.append import AppendCommand, Appended, append
from infra.eventstore.errors import Busy, DatabaseAway, IdempotencyKeyReused, KeyUnavailable, NoKeys, UnknownTenant
from infra.eventstore.hindsight import At, Hindsight
from infra.eventstore.intent import Change, Draft, Intent, Writing
from infra.eventstore.outage import outages
from infra.eventstore.reading import Earlier, Reading, shape
from infra.eventstore.stream import Folds
from infra.eventstore.trial import Again, Attempt, Fewer, Summary, Trial
from infra.eventstore.turn import Turns
from infra.eventstore.vault import Source, Vault
from infra.postgres import Pool

__all__ = ["Attempt", "Change", "CommandKey", "Done", "Intent", "Store"]

log = structlog.get_logger()

ATTEMPTS: Final = 3
MOST_EVENTS: Final = 500  # of one append
IMPATIENT_SECONDS: Final = 2  # after an answer that was waited for so long and did not come, there is no second attempt
SNAPSHOT_EVERY: Final = (50, 250)
"""Events since the last one, at least and at most: see `enough`."""


def enough(version: int) -> int:
    """After how many events since its last snapshot a stream of that length has the next one: a quarter of what there is.

    So a plan of 200 events is read from one too, and a moment just before the next one of a long plan in less than half again of
    what the present costs.
    """
    least, most = SNAPSHOT_EVERY
    return min(most, max(least, version // 4))


class CommandKey(NamedTuple):
    """Under which a command has one effect, and what tells another request from the same one again."""

    id: UUID
    fingerprint: bytes


class Done(NamedTuple):
    """What came of a command. A repetition (`replayed`) has the first result, and no versions but those inside it."""

    position: int
    recorded_at: datetime
    versions: dict[UUID, int]
    result: bytes
    replayed: bool


class Store:
    """`snapshots` False neither reads nor writes any, `folds` keeps folded states: nothing but speed depends on either."""

    def __init__(self, pool: Pool, vault: Vault, *, snapshots: bool = True, folds: Folds | None = None) -> None:
        self.pool = pool
        self.vault = vault
        self.snapshots = snapshots
        self.folds = folds
        self.turns = Turns()
        self.writing: set[asyncio.Task[None]] = set()

    async def execute(self, tenant: UUID, streams: Sequence[UUID], attempt: Attempt, *, key: CommandKey | None = None) -> Done:
        """Reads the streams, lets `attempt` decide, and appends what it wants: all of it or nothing.

        `attempt` may be called up to three times, always with a fresh reading; ids that it makes must be the same each time.
        Raises what it raises, the refusal of a claim, `SubjectErased`, `IdempotencyKeyReused`, `UnknownTenant`, or
        `Unavailable`. After `DatabaseAway` without a key it is not known whether the command was executed.
        """
        return await self.run(tenant, streams, Trial([attempt]), key)

    async def execute_all(
        self, tenant: UUID, streams: Sequence[UUID], attempts: Sequence[Attempt], *, key: CommandKey | None = None
    ) -> Done:
        """The same for several attempts, which go into one append: each decides on what those before it made of the streams.

        One that is refused refuses all. The result is that of the last.
        """
        return await self.run(tenant, streams, Trial(attempts), key)

    async def execute_each(
        self, tenant: UUID, streams: Sequence[UUID], attempts: Sequence[Attempt], summary: Summary, *, key: CommandKey | None = None
    ) -> Done:
        """The same, but one that is refused, also for what others have claimed, changes nothing, and the others go on.

        `summary` makes the result of what came of each; what it raises leaves all of them without effect.
        """
        return await self.run(tenant, streams, Trial(attempts, summary), key)

    async def run(self, tenant: UUID, streams: Sequence[UUID], trial: Trial, key: CommandKey | None) -> Done:
        """Tries until it is appended or refused: what was read may have changed meanwhile, and the answer may be lost."""
        wanted = list(dict.fromkeys(streams))
        stale = lost = 0
        began = monotonic()
        while True:
            try:
                return await self.once(tenant, wanted, trial, key)
            except Fewer:  # each time there are, so this ends
                continue
            except Again as again:
                stale += 1
                if stale == ATTEMPTS:
                    raise again.otherwise from None
                wanted = list(dict.fromkeys([*wanted, *again.streams]))
            except DatabaseAway:
                lost += 1
                if key is None or lost > 1 or monotonic() - began > IMPATIENT_SECONDS:
                    raise  # else once more: if it was executed after all, its command row says so

    async def rehearse(self, tenant: UUID, streams: Sequence[UUID], attempts: Sequence[Attempt], key: CommandKey) -> None:
        """Decides as `execute_all` would, for any number of events, unless the command was executed before; appends nothing.

        Raises what one of the attempts raises.
        """
        with outages():
            async with self.pool.of(tenant).acquire() as connection:
                reading = Reading(connection, self.vault, tenant, snapshots=self.snapshots, folds=self.folds)
                await reading.fetch(streams, key.id)
                if reading.earlier is None:
                    await Trial(attempts).decided(reading)

    async def read(self, tenant: UUID, *streams: UUID) -> Reading:
        """The streams for a query."""
        return await self.read_by(self.pool.of(tenant), tenant, *streams)

    async def read_by(self, source: Source, tenant: UUID, *streams: UUID) -> Reading:
        """The same by a connection that the caller holds."""
        reading = Reading(source, self.vault, tenant, snapshots=self.snapshots)
        await reading.load(*streams)
        return reading

    async def read_around(self, tenant: UUID, about: UUID, *streams: UUID) -> Reading:
        """The same, and the engagement that one more stream belongs to, for a query that needs no more of that one than what it is."""
        reading = Reading(self.pool.of(tenant), self.vault, tenant, snapshots=self.snapshots)
        await reading.fetch_around(about, streams)
        return reading

    async def read_as_of(self, tenant: UUID, at: At, *streams: UUID) -> Hindsight:
        """The streams as they stood at a moment. Pass it to `keep_snapshots` after folding, and the next one is faster."""
        reading = Hindsight(self.pool.of(tenant), self.vault, tenant, at, snapshots=self.snapshots)
        await reading.fetch(streams)
        return reading

    async def position_at(self, tenant: UUID, at: datetime) -> int:
        """Where the tenant's log ended at that time; 0 before its first event."""
        with outages():
            return int(await self.pool.of(tenant).fetchval("SELECT es.position_at($1, $2)", tenant, at))

    async def command_key(self, tenant: UUID, principal: UUID, idempotency_key: str, method: str, path: str, body: bytes) -> CommandKey:
        """The key of a request: keyed hashes, so that the stored ones tell nothing. `principal` is a person's or an API key's id."""
        with outages():
            name = await self.vault.index_hash(self.pool.of(tenant), tenant, b"command\n" + principal.bytes + idempotency_key.encode())
            content = b"request\n" + method.encode() + b"\n" + path.encode() + b"\n" + hashlib.sha256(body).digest()
            return CommandKey(UUID(bytes=name[:16]), await self.vault.index_hash(self.pool.of(tenant), tenant, content))

    async def settle(self) -> None:
        """Waits until the snapshots that are being written are written."""
        await asyncio.gather(*self.writing, return_exceptions=True)

    async def once(self, tenant: UUID, streams: Sequence[UUID], trial: Trial, key: CommandKey | None) -> Done:
        """One connection, three round trips at most: load, keys unless they are remembered, append."""
        with outages():
            async with self.pool.of(tenant).acquire() as connection, self.turns.of(tenant) as turn:
                reading = Reading(connection, self.vault, tenant, snapshots=self.snapshots, folds=self.folds, turn=turn)
                await reading.fetch(streams, key.id if key else None)
                if reading.earlier is not None and key is not None:
                    return replay(reading.earlier, key)
                reading.guarded = set(reading.streams)
                try:
                    writing, result = await trial.decided(reading)
                except NoKeys as error:  # if it was ended meanwhile, the next reading finds no head
                    raise Again(error) from error
                done = await self.appended(reading, trial, writing, result, key)
        self.keep_snapshots(reading)
        return done

    async def appended(self, reading: Reading, trial: Trial, writing: Writing, result: bytes, key: CommandKey | None) -> Done:
        draft = writing.draft()
        if not draft.events and key is None and reading.head is not None:
            return Done(*reading.head, {}, result, False)  # nothing to do, and nothing to remember
        if len(draft.events) > MOST_EVENTS:
            raise ValueError(f"{len(draft.events)} events in one append: at most {MOST_EVENTS}, for it holds the organization's lock")
        if reading.waiting is not None and reading.limits:
            raise OneAtATime
        command = AppendCommand(*key, result) if key else None
        outcome = await append(
            reading.source,
            reading.tenant,
            draft.streams,
            draft.events,
            command=command,
            claims=draft.claims,
            releases=draft.releases,
            keys=draft.keys,
            limits=reading.limits,
            over=reading.waiting,
            closes=writing.closes,
        )
        if outcome.position is None or outcome.recorded_at is None:
            await trial.learn(reading, writing, outcome)
            raise self.refusal(reading, draft, outcome)
        if outcome.stored is not None:
            return Done(outcome.position, outcome.recorded_at, {}, outcome.stored, True)
        versions = dict(zip((stream.id for stream in draft.streams), outcome.versions or (), strict=True))
        return Done(outcome.position, outcome.recorded_at, versions, result, False)

    def refusal(self, reading: Reading, draft: Draft, outcome: Appended) -> Exception:
        """Why nothing was appended, as what to raise."""
        match outcome.status:
            case "conflict":
                return Again(Busy(), [stream.id for stream in draft.streams])
            case "claimed" if outcome.taken in reading.searched:
                return Again(Busy())
            case "full":
                return Again(Busy())  # who decides anew counts what came meanwhile
            case "claimed":
                return REFUSALS[str(outcome.taken)]()
            case "reused":
                return IdempotencyKeyReused()
            case "erased":
                self.vault.forget(reading.tenant)
                return SubjectErased()
            case "keyless":
                self.vault.forget(reading.tenant)
                return Again(KeyUnavailable("A key that was in use is not in the database any more."))
            case "unknown":
                return UnknownTenant()
        raise AssertionError(f"es.append answered {outcome.status}")

    def keep_snapshots(self, reading: Reading) -> None:
        """Writes snapshots of what took long to fold, while the caller goes on; none of a fold that left events out, or that foretold when they occur."""
        for stream, state in reading.states.items():
            found = reading.streams[stream]
            if (
                self.snapshots
                and found.is_prefix
                and not found.is_foretold
                and found.kind is not None
                and len(found.events) >= enough(found.version)
            ):
                task = asyncio.create_task(self.keep_snapshot(reading.tenant, stream, shape(found.kind), found.version, state))
                self.writing.add(task)
                task.add_done_callback(self.writing.discard)

    async def keep_snapshot(self, tenant: UUID, stream: UUID, form: str, version: int, state: Any) -> None:
        """A failure costs speed only, so it is reported and not raised."""
        try:
            folded = codec.encode_state(state)
            if codec.decode_state(type(state), folded) != state:
                raise ValueError("a snapshot would not give the same state back")
            await self.pool.of(tenant).execute("SELECT es.keep_snapshot($1, $2, $3, $4, $5)", tenant, stream, form, version, folded)
        except (ValueError, msgspec.MsgspecError, asyncpg.PostgresError, asyncpg.InterfaceError, OSError) as error:
            log.warning("snapshot_failed", tenant=str(tenant), stream=str(stream), error=type(error).__name__)


def replay(earlier: Earlier, key: CommandKey) -> Done:
    """The first result of a command that was executed before."""
    if earlier.fingerprint != key.fingerprint:
        raise IdempotencyKeyReused
    return Done(earlier.position, earlier.recorded_at, {}, earlier.result, True)
