"""Guessing is made slow, over all processes together: each kind of try has so many free ones, and then longer and longer waits.

Who is refused is one network, or one network asking for one address, and never an address or a key as such: nobody is kept out
by what somebody else does elsewhere. A try that is refused is not counted, so the wait ends although somebody goes on.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Sequence
from datetime import date, datetime
from math import ceil
from typing import Any, Final, NamedTuple

from litestar import Request

from infra import sql
from infra.eventstore.outage import outages
from infra.postgres import Pool
from services.entry.network import Network, network_of
from services.errors import TooManyAttempts

REMEMBERED: Final = 10_000
"""Refusals of which a process does not have to ask the database; above that all are asked anew."""
SQL: Final = sql.load(__file__)


class Allowance(NamedTuple):
    """`free` tries at once, of which one comes back every `every` seconds; beyond them each makes the next wait twice as long,
    from `shortest` to `longest` seconds."""

    kind: str
    free: int
    every: float
    shortest: float
    longest: float


WRONG_KEY: Final = Allowance("wrong_key", 50, 5, 1, 300)
"""By one network: a thousand take more than an hour. A key that opens is never refused."""
ASKING: Final = Allowance("mail_link", 50, 10, 2, 300)
"""For links, by one network, whatever the address."""
ASKING_FOR_ONE: Final = Allowance("mail_link_address", 3, 300, 15, 900)
"""For links to one address, by one network."""


class Attempts:
    """The tries of one installation. `proxies` are those whose word counts for where a request comes from."""

    def __init__(self, pool: Pool, clock: Callable[[], datetime], proxies: Sequence[Network] = ()) -> None:
        self.pool = pool
        self.clock = clock
        self.proxies = tuple(proxies)
        self.salt: tuple[date | None, bytes] = (None, b"")
        self.refused: dict[tuple[str, bytes], float] = {}

    async def network(self, request: Request[Any, Any, Any]) -> bytes:
        """The network that asks, as it is counted today."""
        return await self.hashed(network_of(request, self.proxies))

    async def hashed(self, network: Network) -> bytes:
        """A hash that nobody can turn back once the day's salt is thrown away."""
        return hashlib.sha256(await self.salt_of(self.clock().date()) + str(network).encode()).digest()

    async def salt_of(self, day: date) -> bytes:
        if self.salt[0] != day:
            with outages():
                self.salt = (day, await SQL.salt.value(self.pool, day=day, offered=os.urandom(32)))
        return self.salt[1]

    async def count(self, allowance: Allowance, key: bytes) -> None:
        """Raises `TooManyAttempts`, or lets the try through."""
        now, place = time.monotonic(), (allowance.kind, key)
        wait = self.refused.get(place, now) - now
        if wait <= 0:
            with outages():
                wait = await SQL.attempt.value(self.pool, **{**allowance._asdict(), "key": key})
            self.remember(place, now + wait)
        if wait > 0:
            raise TooManyAttempts(ceil(wait))

    def remember(self, place: tuple[str, bytes], until: float) -> None:
        self.refused.pop(place, None)
        if until > time.monotonic():
            if len(self.refused) >= REMEMBERED:
                self.refused.clear()
            self.refused[place] = until

    async def require_few_wrong(self, request: Request[Any, Any, Any]) -> None:
        """For a key that opens nothing: raises `TooManyAttempts` where its network has tried too many."""
        await self.count(WRONG_KEY, await self.network(request))
