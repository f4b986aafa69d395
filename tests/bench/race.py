"""Writers that do the same thing again and again for a given time, all at once: on one event loop, or in threads."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from time import perf_counter

from tests.bench.crowd import Lap


async def race(writers: Sequence[Callable[[], Awaitable[None]]], seconds: float) -> Lap:
    """What began before the time was over counts, and so does the time until it was done; once, at least."""
    each, began = list[float](), perf_counter()

    async def run(write: Callable[[], Awaitable[None]]) -> None:
        before = perf_counter()
        while not each or before < began + seconds:
            await write()
            done = perf_counter()
            each.append(done - before)
            before = done

    await asyncio.gather(*map(run, writers))
    return Lap(each, perf_counter() - began)


async def race_of_threads(writers: Sequence[Callable[[], None]], seconds: float) -> Lap:
    """The same for what blocks: a thread each."""
    each, began = list[float](), perf_counter()

    def run(write: Callable[[], None]) -> None:
        before = perf_counter()
        while not each or before < began + seconds:
            write()
            done = perf_counter()
            each.append(done - before)
            before = done

    with ThreadPoolExecutor(len(writers)) as threads:
        loop = asyncio.get_running_loop()
        await asyncio.gather(*(loop.run_in_executor(threads, run, write) for write in writers))
    return Lap(each, perf_counter() - began)
