"""How far something is that takes long."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Final

TOLD_SECONDS: Final = 5.0


@asynccontextmanager
async def telling(tell: Callable[[], None]) -> AsyncIterator[None]:
    """Tells now and then, while something goes on, how far it is."""

    async def repeat() -> None:
        while True:
            await asyncio.sleep(TOLD_SECONDS)
            tell()

    task = asyncio.create_task(repeat())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
