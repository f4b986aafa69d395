"""Following every organization's log, page by page, with a checkpoint each: what projector and follower have in common.

What a page leads to and the checkpoint commit together, so each event takes effect exactly once, whatever crashes. Any number
of processes may follow; the lock of the checkpoint's row keeps two from the same page. Followers that stand at the same place of
a log share the reading of it and the transaction. What fails again and again is narrowed down to one event; then this follower
of that organization is parked, and everything else goes on.
"""

from __future__ import annotations

import asyncio
import random
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Any, Final, Generic, NamedTuple, TypeVar
from uuid import UUID

import asyncpg
import structlog

from infra.eventstore.errors import Unavailable, is_outage
from infra.eventstore.outage import outages
from infra.postgres import tenant_transaction
from projections import checkpoint
from projections.ahead import ahead
from projections.checkpoint import Follower, Lag

PAGE: Final = 2000  # events a transaction
PAGES_A_TURN: Final = 5  # then the next organization has its turn
TURN_SECONDS: Final = 0.5  # after which no further page of the turn is read
ROUND_SECONDS: Final = 1.0  # then those who are far behind wait, until all who are near have had another turn
POLL_SECONDS: Final = 1.0
LEASED_SECONDS: Final = 0.05  # before another look at what somebody else has the lease of: a rebuild rings for nobody when it ends
FAILURES: Final = 5  # of one page, before the event at fault is looked for
PARKED: Final = datetime.max.replace(tzinfo=UTC)  # PostgreSQL's infinity
T = TypeVar("T")
log = structlog.get_logger()


class Page(NamedTuple, Generic[T]):
    """What stands in a log after one position and up to another; `unknown` counts what a newer release wrote."""

    after: int
    until: int
    events: Sequence[T]
    unknown: int = 0


class Following(ABC, Generic[T]):
    """Follows with the connections of its role. `patience` is the first pause after a failure, in seconds."""

    def __init__(self, connections: asyncpg.Pool, followers: Sequence[Follower], *, page: int = PAGE, patience: float = 0.5) -> None:
        self.connections = connections
        self.followers = {follower.name: follower for follower in followers}
        self.page = page
        self.patience = patience
        self.place = random.random()  # noqa: S311 - so that several processes seldom want the same organization
        self.pause = POLL_SECONDS
        self.heard = asyncio.Event()
        self.stopping = False

    @abstractmethod
    async def read(self, tenant: UUID, after: int, until: int) -> Page[T]:
        """Reads a page. Raises `LogBroken` when an event is missing from it."""

    @abstractmethod
    async def take(self, connection: asyncpg.Connection, lag: Lag, page: Page[T]) -> None:
        """What the page leads to, in the caller's transaction."""

    async def named(self, lag: Lag, position: int) -> dict[str, Any]:
        """What stands at a position, for whoever has to find the cause of a failure there: ids and codes only."""
        return {"position": position}

    async def begin(self, connection: asyncpg.Connection, lag: Lag) -> None:
        """Makes the checkpoint, unless it is there: at the beginning of the log."""
        await checkpoint.SQL.begin.execute(connection, **lag.row)

    async def run(self) -> None:
        """Follows until `stop`, whether the database is there or not."""
        while not self.stopping:
            self.heard.clear()
            self.pause = POLL_SECONDS
            try:
                busy = await self.round()
            except Unavailable as error:
                log.warning("following_interrupted", error=type(error).__name__)
                busy = False
            if not busy and not self.stopping:
                await self.rest()

    def stop(self) -> None:
        """Ends `run` after the page that is being written."""
        self.stopping = True
        self.heard.set()

    async def rest(self) -> None:
        """Until somebody rings, and about a second at most: a ring may get lost."""
        try:
            async with asyncio.timeout(self.pause * random.uniform(0.8, 1.2)):  # noqa: S311 - spreads the processes, hides nothing
                await self.heard.wait()
        except TimeoutError:
            return

    async def round(self) -> bool:
        """A turn for every organization that is behind by a page at most, then for as many of the others as there is time for.

        Of those who are near, each process has an order of its own; of those who are far, the lot decides, so that a long way
        holds nobody back. True while there is more. Raises `Unavailable`.
        """
        near, far = self.groups(await self.behind())
        more, ends_at = False, monotonic() + ROUND_SECONDS
        for lags in (*near, *far):
            if self.stopping or (more and monotonic() > ends_at):
                return more and not self.stopping
            more |= await self.turn(lags)
        return more

    async def catch_up(self) -> None:
        """Rounds until nothing is left to do now: what failed is tried again when its time has come. Raises `Unavailable`."""
        while not self.stopping:
            if not await self.round() and not await self.behind():
                return

    async def behind(self) -> list[Lag]:
        versions = [follower.version for follower in self.followers.values()]
        with outages():
            rows = await checkpoint.SQL.behind.fetch(self.connections, projections=list(self.followers), generations=versions)
        return [Lag(row["tenant_id"], self.followers[row["projection"]], row["failures"], row["position"], row["head"]) for row in rows]

    def groups(self, lags: Sequence[Lag]) -> tuple[list[list[Lag]], list[list[Lag]]]:
        """Those who stand at the same place of the same log, together: who is near its end, and who is far from it."""
        together = defaultdict[tuple[UUID, int | None], list[Lag]](list)
        for lag in lags:
            together[lag.tenant, lag.position].append(lag)
        near = [group for group in together.values() if group[0].head - (group[0].position or 0) <= self.page]
        far = [group for group in together.values() if group[0].head - (group[0].position or 0) > self.page]
        near.sort(key=lambda group: hash((self.place, group[0].tenant)))
        random.shuffle(far)
        return near, far

    async def turn(self, lags: Sequence[Lag]) -> bool:
        """A few pages; true when there is more. A failure ends the turn, and puts the next one off for whom it belongs to.

        Raises `Unavailable`.
        """
        try:
            lags = [await self.begun(lag) for lag in lags]
            async with aclosing(ahead(self.pages(lags[0]))) as pages:
                async for page in pages:
                    lags = await self.follow(lags, page)
                    if self.stopping or not lags:
                        break
        except Exception as error:
            if len(lags) > 1:
                return any([await self.turn([lag]) for lag in lags])
            await self.failed(lags[0], error)
            return False
        return any(lag.position != lag.head for lag in lags)

    async def begun(self, lag: Lag) -> Lag:
        """The same with its position. A transaction of its own: who waits for another's new row holds nothing meanwhile."""
        if lag.position is not None:
            return lag
        with outages():
            async with tenant_transaction(self.connections, lag.tenant) as connection:
                await self.begin(connection, lag)
                return lag._replace(position=await checkpoint.SQL.position.value(connection, **lag.row))

    async def pages(self, lag: Lag) -> AsyncGenerator[Page[T], None]:
        """What a turn takes in."""
        after, ends_at = lag.position or 0, monotonic() + TURN_SECONDS
        for _ in range(PAGES_A_TURN):
            if after >= lag.head or self.stopping or monotonic() > ends_at:
                return
            page = await self.read(lag.tenant, after, min(after + self.page, lag.head))
            yield page
            after = page.until

    async def follow(self, lags: Sequence[Lag], page: Page[T]) -> list[Lag]:
        """One page in one transaction, by those of them who still stand in front of it, and whose lease nobody else has.

        Returns these, at their new place.
        """
        if not lags:
            return []
        with outages():
            async with tenant_transaction(self.connections, lags[0].tenant) as connection:
                leases = {
                    row["projection"]: row["position"] for row in await checkpoint.SQL.lease.fetch(connection, **checkpoint.rows(lags))
                }
                held = [lag for lag in lags if leases.get(lag.follower.name) == page.after]
                if len(held) < len(lags):
                    self.pause = LEASED_SECONDS
                if not held:
                    return []
                for lag in held:
                    await self.take(connection, lag, page)
                await checkpoint.SQL.advance.execute(connection, **checkpoint.rows(held), position=page.until, unknown=page.unknown)
                return [lag._replace(position=page.until) for lag in held]

    async def failed(self, lag: Lag, error: Exception) -> None:
        """An outage is no event's fault; everything else is one's, after some attempts."""
        counted = 0 if is_outage(error) else 1
        if await self.put_off(lag, error, counted=counted) >= FAILURES and counted:
            await self.narrow_down(lag)

    async def put_off(self, lag: Lag, error: Exception, *, counted: int) -> int:
        """Notes a failure and when to try again; returns how often this page failed."""
        pause = timedelta(seconds=self.patience * 2**lag.failures)
        log.warning("page_failed", **names(lag), error=type(error).__name__, exc_info=bool(counted))
        return await self.note(lag, error, counted, datetime.now(UTC) + pause)

    async def note(self, lag: Lag, error: Exception, counted: int, retry_at: datetime) -> int:
        with outages():
            async with tenant_transaction(self.connections, lag.tenant) as connection:
                await self.begin(connection, lag)
                failures: int = await checkpoint.SQL.fail.value(
                    connection, **lag.row, counted=counted, retry_at=retry_at, error=type(error).__name__
                )
        return failures

    async def narrow_down(self, lag: Lag) -> None:
        """Ever smaller pages, until the event is found that cannot be taken in; what stands before it is taken in."""
        limit = self.page
        while lag.position != lag.head:
            after = lag.position or 0
            try:
                followed = await self.follow([lag], await self.read(lag.tenant, after, min(after + limit, lag.head)))
            except Exception as error:
                if is_outage(error):
                    return
                if limit == 1:
                    await self.park(lag, error)
                    return
                limit = max(1, limit // 2)
                continue
            if not followed:
                return
            (lag,) = followed

    async def park(self, lag: Lag, error: Exception) -> None:
        """Stops this follower of this organization in front of its next event, until `throughline projections unpark`."""
        await self.note(lag, error, 1, PARKED)
        at = await self.named(lag, (lag.position or 0) + 1)
        log.error("projection_parked", **names(lag), **at, error=type(error).__name__, exc_info=True)


def names(lag: Lag) -> dict[str, str]:
    return {"tenant_id": str(lag.tenant), "projection": lag.follower.name}
