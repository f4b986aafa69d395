"""The worker's process: follower and due scan on its event loop, the actors in dramatiq's threads beside it."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import structlog
from dramatiq import Worker

from infra import heap
from infra.broker.metrics import Depths
from infra.broker.postgres import PgBroker
from infra.broker.relay import Relay
from infra.keys import FileKeyProvider
from infra.metrics import serve
from infra.postgres import PAGE_SECONDS, pool
from infra.settings import Settings
from projections.wake import listen
from workers.broker import BROKER, TABLE, app_database, worker_database
from workers.entrance import await_entrance
from workers.follower import Follower
from workers.lag import Lags
from workers.mail_link.pickup import Pickup
from workers.scan import Scan

THREADS: Final = 8
IDLE_MILLISECONDS: Final = 500  # how soon a thread without work sees that the process is to end
STOP_MILLISECONDS: Final = 30_000  # for the actors that run; what has not ended then is done again by another worker
log = structlog.get_logger()


async def work(settings: Settings) -> None:
    """Runs until SIGTERM or SIGINT.

    Raises `KeyUnavailable` without the key file of this installation, for then every job would fail, `OtherSchema`, or `Misconfigured` when the port
    for metrics is taken.
    """
    dsn = worker_database()
    provider = FileKeyProvider(settings.key_file)
    provider.check()
    await await_entrance(dsn, "throughline_worker", "WORKER_DATABASE_URL")
    await await_entrance(app_database(), "throughline_app", keys=provider)
    if settings.metrics_port is not None:
        serve("THROUGHLINE_METRICS_PORT", settings.metrics_port, Depths(TABLE), Lags(TABLE.links))
    connections = await pool(
        dsn,
        name="throughline worker",
        size=3,
        command_seconds=settings.statement_seconds,
        lock_seconds=settings.lock_seconds,
        open_seconds=PAGE_SECONDS,
    )
    follower, scan, pickup = Follower(connections), Scan(connections), Pickup(connections)

    def stop() -> None:
        follower.stop()
        scan.stop()
        pickup.stop()

    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop)
    heap.keep()
    listening = asyncio.create_task(listen(dsn, follower.heard, "throughline worker, listening"))
    try:
        async with acting(), asyncio.TaskGroup() as group:
            group.create_task(follower.run())
            group.create_task(scan.run())
            group.create_task(pickup.run())
    finally:
        listening.cancel()
        await connections.close()


@asynccontextmanager
async def acting() -> AsyncIterator[None]:
    """The actors, until the end; what they are doing then, they finish."""
    BROKER.emit_after("process_boot")  # as dramatiq's own command does: without it, no time limit holds
    worker = Worker(BROKER, worker_threads=THREADS, worker_timeout=IDLE_MILLISECONDS)
    relay = None if isinstance(BROKER, PgBroker) else Relay(TABLE, BROKER)
    worker.start()
    if relay is not None:
        relay.start()
    log.info("worker_started", broker=type(BROKER).__name__, queues=sorted(BROKER.get_declared_queues()))
    try:
        yield
    finally:
        await asyncio.to_thread(end, worker, relay)


def end(worker: Worker, relay: Relay | None) -> None:
    if relay is not None:
        relay.stop()
    worker.stop(STOP_MILLISECONDS)
    BROKER.close()
