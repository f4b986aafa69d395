"""Fair turns at what there is little of, such as connections: who asks for much waits for themselves, not in front of others.

Someone gets another place only while they hold fewer than are free. So one who takes all they can get leaves half to the
others, two leave a third, and there is always a place for whoever comes next. It is the rule by which switches share their
memory between queues of packets: A. K. Choudhury, E. L. Hahne, "Dynamic queue length thresholds for shared-memory packet
switches", IEEE/ACM Transactions on Networking 6(2), 1998, with a factor of 1.
"""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final
from uuid import UUID

MOST_WAITING: Final = 64
"""Of one: more would not get their turn within the seconds that anybody waits."""


class Crowded(Exception):
    """The same one has too many waiting, or none of them got a place in time."""


class Gate:
    """So many places, on one event loop. Nobody may wait for a second place while holding one."""

    def __init__(self, places: int, most_waiting: int = MOST_WAITING) -> None:
        self.free = places
        self.most_waiting = most_waiting
        self.held: Counter[UUID] = Counter()
        self.queues: dict[UUID, deque[asyncio.Future[None]]] = {}  # who has waited longest without a turn comes first
        self.refused = 0

    @asynccontextmanager
    async def place(self, whose: UUID, seconds: float) -> AsyncIterator[None]:
        """A place for as long as the block lasts. Raises `Crowded` when there is none within `seconds`, or at once."""
        try:
            async with asyncio.timeout(seconds):
                await self.enter(whose)
        except TimeoutError:
            self.refused += 1
            raise Crowded(f"no place within {seconds:.1f} s, {self.held[whose]} are held") from None
        try:
            yield
        finally:
            self.leave(whose)

    @property
    def waiting(self) -> int:
        """How many wait for a place."""
        return sum(map(len, self.queues.values()))

    async def enter(self, whose: UUID) -> None:
        queue = self.queues.get(whose)
        if queue is None and self.held[whose] < self.free:
            self.take(whose)
            return
        if queue is not None and len(queue) >= self.most_waiting:
            self.refused += 1
            raise Crowded(f"{len(queue)} are waiting")
        turn = asyncio.get_running_loop().create_future()
        self.queues.setdefault(whose, deque()).append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.cancelled():
                self.forget(whose, turn)
            else:  # its turn had come at the same moment
                self.leave(whose)
            raise

    def leave(self, whose: UUID) -> None:
        """Gives a place back, and everybody who may now have one theirs: first who holds fewest."""
        self.free += 1
        self.held[whose] -= 1
        self.held += Counter()  # drops who holds none
        while able := [one for one in self.queues if self.held[one] < self.free]:
            first = min(able, key=lambda one: self.held[one])
            queue = self.queues.pop(first)
            turn = queue.popleft()
            if queue:
                self.queues[first] = queue  # behind those who wait as well
            if not turn.done():
                turn.set_result(None)
                self.take(first)

    def take(self, whose: UUID) -> None:
        self.free -= 1
        self.held[whose] += 1

    def forget(self, whose: UUID, turn: asyncio.Future[None]) -> None:
        queue = self.queues.get(whose)
        if queue is not None and turn in queue:
            queue.remove(turn)
            if not queue:
                del self.queues[whose]
