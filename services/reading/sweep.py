"""Whose turn it is to have something worked out from all that many engagements hold: one at a time, few wait, and each once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final
from uuid import UUID

from services.actor import Actor
from services.errors import AskedAlready, TooManyAsk

MOST: Final = 16
"""Who is answered, or waits for it, at a time: so nobody waits for much longer than half a minute."""
MOST_OF_ONE: Final = 4
"""Of these from one organization, so that it keeps no other one out."""


class Sweep:
    """A turn of each key. The processor is the same for all, so several at once would only be slower, and keep all others waiting."""

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.asking: dict[UUID, UUID] = {}
        """Key -> organization."""

    @asynccontextmanager
    async def turn(self, actor: Actor) -> AsyncIterator[None]:
        """Waits until it is the actor's turn. Raises `AskedAlready` and `TooManyAsk` at once."""
        if actor.key_id in self.asking:
            raise AskedAlready
        if len(self.asking) >= MOST or list(self.asking.values()).count(actor.tenant) >= MOST_OF_ONE:
            raise TooManyAsk
        self.asking[actor.key_id] = actor.tenant
        try:
            async with self.lock:
                yield
        finally:
            del self.asking[actor.key_id]
