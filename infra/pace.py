"""Much work in small pieces: an event loop serves everybody, and who asks for much must not keep it from the others."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from time import perf_counter
from typing import Final, TypeVar

SLICE_SECONDS: Final = 0.001
"""A request takes about ten turns of the loop, and waits for at most one slice in each."""

T = TypeVar("T")


async def paced(things: Iterable[T]) -> AsyncIterator[T]:
    """The things one after the other; between two of them the loop turns whenever the last turn is so long ago."""
    began = perf_counter()
    for one in things:
        if perf_counter() - began >= SLICE_SECONDS:
            await asyncio.sleep(0)
            began = perf_counter()
        yield one
