"""A round again and again, until it is to end: what looks for work every so often, and goes on when the database was away."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from infra.eventstore.errors import Unavailable

log = structlog.get_logger()


async def pulse(round: Callable[[], Awaitable[object]], ended: asyncio.Event, *, seconds: float, interrupted: str) -> None:
    """A round every `seconds` until `ended` is set; a round under way is finished. `interrupted` is logged when it could not be."""
    while not ended.is_set():
        try:
            await round()
        except Unavailable as error:
            log.warning(interrupted, error=type(error).__name__)
        try:
            async with asyncio.timeout(seconds):
                await ended.wait()
        except TimeoutError:
            continue
