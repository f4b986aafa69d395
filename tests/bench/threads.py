"""A crowd of those that block: a thread each."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from time import perf_counter

from tests.bench.crowd import Lap


async def crowd_of_threads(people: Sequence[Callable[[], object]], seconds: float) -> Lap:
    """Each does it again and again for so long, and at least once; what is under way at the end is waited for."""
    each, began = list[float](), perf_counter()

    def toil(do: Callable[[], object]) -> None:
        while True:
            begun = perf_counter()
            do()
            done = perf_counter()
            each.append(done - begun)
            if done - began >= seconds:
                return

    with ThreadPoolExecutor(len(people)) as threads:
        loop = asyncio.get_running_loop()
        await asyncio.gather(*(loop.run_in_executor(threads, toil, do) for do in people))
    return Lap(each, perf_counter() - began)
