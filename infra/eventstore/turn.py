"""Who wants the same claim at the same moment decides one after the other, as far as they ask the same process.

All but the first then find it taken: without that each of them would go on to an append that is refused, and read and decide anew.
It only saves work: what is claimed twice all the same, from two processes, the append refuses.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping
from contextlib import asynccontextmanager
from typing import TypeAlias
from uuid import UUID

Claim: TypeAlias = tuple[UUID, str, bytes]
"""The organization, what kind of thing is unique in it, and which."""
Held: TypeAlias = Mapping[bytes, UUID]
"""The stream that has it, by the claim's key."""


class Turns:
    """The claims of one process that somebody found free and is about to take."""

    def __init__(self) -> None:
        self.under_way: dict[Claim, asyncio.Future[None]] = {}

    @asynccontextmanager
    async def of(self, tenant: UUID) -> AsyncIterator[Turn]:
        """For one attempt, with which it ends, whatever came of it."""
        turn = Turn(self, tenant)
        try:
            yield turn
        finally:
            turn.end()


class Turn:
    """Those of one attempt."""

    def __init__(self, turns: Turns, tenant: UUID) -> None:
        self.turns = turns
        self.tenant = tenant
        self.done: asyncio.Future[None] | None = None
        self.own: list[Claim] = []

    async def held(self, kind: str, keys: Collection[bytes], search: Callable[[], Awaitable[Held]]) -> Held:
        """What `search` finds, as soon as nobody else is about to take what it finds free.

        Who is about to take something already waits for nobody: two could wait for each other.
        """
        under_way, claims = self.turns.under_way, [(self.tenant, kind, key) for key in keys]
        while True:
            if not self.own and (others := {under_way[claim] for claim in claims if claim in under_way}):
                await asyncio.wait(others)
            found = await search()
            free = [claim for claim in claims if claim[2] not in found]
            if self.own or not any(claim in under_way for claim in free):
                self.take([claim for claim in free if claim not in under_way])
                return found

    def take(self, claims: Collection[Claim]) -> None:
        self.done = self.done or asyncio.get_running_loop().create_future()
        self.turns.under_way |= dict.fromkeys(claims, self.done)
        self.own += claims

    def end(self) -> None:
        for claim in self.own:
            del self.turns.under_way[claim]
        self.own = []
        if self.done is not None:
            self.done.set_result(None)
            self.done = None
