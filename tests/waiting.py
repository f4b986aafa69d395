"""How tests wait: for a condition, never for a time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any, Final

PATIENCE_SECONDS: Final = 180  # for what takes two seconds on a machine with nothing else to do, and a minute where ten want each processor
LOOK_SECONDS: Final = 0.02


def until(condition: Callable[[], Any]) -> Any:
    """What the condition returns, as soon as that is true."""
    ends_at = time.monotonic() + PATIENCE_SECONDS
    while not (found := condition()):
        assert time.monotonic() < ends_at, "what was awaited did not happen"
        time.sleep(LOOK_SECONDS)
    return found


async def soon(condition: Callable[[], Any], seconds: float = PATIENCE_SECONDS) -> Any:
    """The same, while the event loop goes on."""
    async with asyncio.timeout(seconds):
        while not (found := condition()):  # noqa: ASYNC110 - a process sets no event
            await asyncio.sleep(LOOK_SECONDS)
    return found
