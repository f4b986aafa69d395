"""Following every organization's log, page by page, with a checkpoint each: what projector and follower have in common.

What a page leads to and the checkpoint commit together, so each event takes effect exactly once, whatever crashes. Any number
of processes may follow; the lock of the checkpoint's row keeps two from the same page. What fails again and again is narrowed
down to one event; then this follower of that organization is parked, and everything else goes on.
"""

from __future__ import annotations

import asyncio
import random
from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

import asyncpg
import structlog

from infra.eventstore.errors import Unavailable
from infra.eventstore.feed import LogBroken
from infra.eventstore.outage import outages
from infra.postgres import tenant_transaction
from projections import checkpoint
from projections.checkpoint import Follower, Lag

PAGE: Final = 2000  # events a transaction
PAGES_A_TURN: Final = 5  # then the next organization has its turn
POLL_SECONDS: Final = 1.0
LEASED_SECONDS: Final = 0.05  # before another look at what somebody else has the lease of: a rebuild rings for nobody when it ends
FAILURES: Final = 5  # of one page, before the event at fault is looked for
PARKED: Final = datetime.max.replace(tzinfo=UTC)  # PostgreSQL's infinity
log = structlog.get_logger()


class Following(ABC):
    """Follows with the connections of its role. `patience` is the first pause after a failure, in seconds."""

    def __init__(self, connections: asyncpg.Pool, followers: Sequence[Follower], *, page: int = PAGE, patience: float = 0.5) -> None:
        self.connections = connections
        self.followers = {follower.name: follower for follower in followers}
        self.page = page
        self.patience = patience
        self.pause = POLL_SECONDS
        self.heard = asyncio.Event()
        self.stopping = False

    @abstractmethod
    async def take(self, connection: asyncpg.Connection, lag: Lag, after: int, limit: int) -> int:
        """Takes in at most `limit` events after a position, in the caller's transaction; returns how many there were."""

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
        """One turn for every organization and follower that is behind; true while there is more. Raises `Unavailable`."""
        more = False
        for lag in await self.behind():
            if self.stopping:
                return False
            more |= await self.turn(lag)
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
        lags = [Lag(row["tenant_id"], self.followers[row["projection"]], row["failures"]) for row in rows]
        random.shuffle(lags)  # so that several processes seldom want the same one
        return lags

    async def turn(self, lag: Lag) -> bool:
        """A few pages; true when there is more. A failure ends the turn and puts the next one off. Raises `Unavailable`."""
        try:
            for _ in range(PAGES_A_TURN):
                if await self.follow(lag, self.page) < self.page:
                    return False
        except Unavailable as error:
            await self.put_off(lag, error, counted=0)
            return False
        except Exception as error:
            if await self.put_off(lag, error, counted=1) >= FAILURES:
                await self.narrow_down(lag)
            return False
        return True

    async def follow(self, lag: Lag, limit: int) -> int:
        """One page in one transaction; returns how many events it had, 0 also when somebody else has the lease."""
        with outages():
            async with tenant_transaction(self.connections, lag.tenant) as connection:
                await self.begin(connection, lag)
                lease = await checkpoint.SQL.lease.first(connection, **lag.row)
                if lease is None:
                    self.pause = LEASED_SECONDS
                    return 0
                taken = await self.take(connection, lag, lease["position"], limit)
                if lease["position"] + taken < min(lease["head"], lease["position"] + limit):
                    raise LogBroken(f"tenant {lag.tenant}: nothing after {lease['position'] + taken} of {lease['head']}")
                if taken:
                    await checkpoint.SQL.advance.execute(connection, **lag.row, position=lease["position"] + taken)
                return taken

    async def put_off(self, lag: Lag, error: Exception, *, counted: int) -> int:
        """Notes a failure and when to try again; returns how often this page failed. An outage is no event's fault: 0 counted."""
        pause = timedelta(seconds=self.patience * 2**lag.failures)
        log.warning("page_failed", **named(lag), error=type(error).__name__, exc_info=bool(counted))
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
        while True:
            try:
                if await self.follow(lag, limit) < limit:
                    return
            except Unavailable:
                return
            except Exception as error:
                if limit == 1:
                    await self.note(lag, error, 1, PARKED)
                    log.error("projection_parked", **named(lag), error=type(error).__name__, exc_info=True)
                    return
                limit = max(1, limit // 2)


def named(lag: Lag) -> dict[str, str]:
    return {"tenant_id": str(lag.tenant), "projection": lag.follower.name}
