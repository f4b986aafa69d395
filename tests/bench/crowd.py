"""Many who do one thing after the other, all at the same time, and how long each thing took."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from math import ceil
from time import perf_counter
from typing import NamedTuple, TypeAlias

Do: TypeAlias = Callable[[], Awaitable[object]]


class Lap(NamedTuple):
    """How long each thing took, and how long it was until the last was done; in seconds."""

    each: list[float]
    seconds: float

    @property
    def rate(self) -> float:
        """Done in a second."""
        return len(self.each) / self.seconds

    @property
    def p95(self) -> float:
        """Milliseconds that 95 of 100 did not exceed."""
        return percentile(self.each, 0.95) * 1000

    @property
    def p99(self) -> float:
        """Milliseconds that 99 of 100 did not exceed."""
        return percentile(self.each, 0.99) * 1000


def percentile(values: Sequence[float], part: float) -> float:
    """The smallest of the values that this part of them does not exceed (nearest rank)."""
    return sorted(values)[ceil(len(values) * part) - 1]


async def crowd(people: Sequence[Do], seconds: float) -> Lap:
    """Each does it again and again for so long, and at least once; what is under way at the end is waited for."""
    each, began = list[float](), perf_counter()

    async def toil(do: Do) -> None:
        while True:
            begun = perf_counter()
            await do()
            done = perf_counter()
            each.append(done - begun)
            if done - began >= seconds:
                return

    await asyncio.gather(*(toil(do) for do in people))
    return Lap(each, perf_counter() - began)
