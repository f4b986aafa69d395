"""How many requests a person with all their keys, and an organization with all its people, may send in a minute.

It is the person who is counted and not the key, for anybody may make keys: five of them would use up what all others have.

It holds over all processes. Each takes some ahead from what all of them share, and asks again when it has used them: most requests cost nothing, all
together are never more than the limit, and what a process took and did not use is lost to the others until the minute ends.

Where the count cannot be had, the process counts by itself for some seconds, from the start. The limit keeps one program from
taking everybody's time; it is no lock, and who would be shut out when the database stutters has done nothing wrong.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from math import ceil
from typing import Any, Final, NamedTuple
from uuid import UUID

import structlog
from litestar import Request

from infra import sql
from infra.eventstore.errors import Unavailable
from infra.eventstore.outage import outages
from infra.postgres import Pool
from services.actor import Actor
from services.errors import TooManyRequests

WINDOW_SECONDS: Final = 60
ASK_SECONDS: Final = 0.5  # for a connection; the request needs one afterwards, too, and is not kept waiting twice
UNCOUNTED_SECONDS: Final = 5
"""For how long a process counts by itself before it asks again."""
KEPT: Final = 20_000
"""Holders that a process remembers, a few megabytes; above that the oldest go, with what was taken for them."""
POLICY: Final = b"default"
SQL: Final = sql.load(__file__)
log = structlog.get_logger("services")


class Left(NamedTuple):
    """What a person has left, and the seconds until it has all again. `is_spent`: this request was not counted, for it is too many."""

    quota: int
    remaining: int
    seconds: int
    is_spent: bool = False

    @property
    def headers(self) -> list[tuple[bytes, bytes]]:
        """In the form of draft-ietf-httpapi-ratelimit-headers-10, as they are sent."""
        return [
            (b"ratelimit-policy", b'"%s";q=%d;w=%d' % (POLICY, self.quota, WINDOW_SECONDS)),
            (b"ratelimit", b'"%s";r=%d;t=%d' % (POLICY, self.remaining, self.seconds)),
        ]


async def counted(request: Request[Any, Any, Any], actor: Actor, cost: int = 1) -> None:
    """Counts a request, whose answer says what is left. Raises `TooManyRequests`."""
    limits: Limits = request.app.state.limits
    left = await limits.count(actor, cost)
    request.scope.setdefault("state", {})["left"] = left
    if left is not None and left.is_spent:
        raise TooManyRequests(left.seconds)


class Lease:
    """Requests that this process has taken for a holder: `tokens` of them, and so many were `beyond` when it asked."""

    def __init__(self, quota: int, tokens: int, beyond: int, ends_at: float) -> None:
        self.quota = quota
        self.tokens = tokens
        self.beyond = beyond
        self.ends_at = ends_at


class Limits:
    """The limits of one installation as one process keeps them; 0 is none, whatever an organization's own number is."""

    def __init__(self, pool: Pool, of_person: int, of_organization: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.pool = pool
        self.of_person = of_person
        self.of_organization = of_organization
        self.clock = clock
        self.leases: dict[UUID, Lease] = {}
        self.asking: dict[UUID, asyncio.Task[None]] = {}

    async def count(self, actor: Actor, cost: int = 1) -> Left | None:
        """Counts a request that costs so many: what its person has left then, None without a limit."""
        wanted = {holder: most for holder, most in ((actor.tenant, self.of_organization), (actor.person_id, self.of_person)) if most}
        while short := [holder for holder in wanted if self.is_short(holder, cost)]:
            await self.ask(actor.person_id, short, [wanted[holder] for holder in short], cost)
        leases = [self.leases[holder] for holder in wanted]
        if spent := [lease for lease in leases if lease.tokens < cost]:
            return Left(leases[-1].quota, 0, max(self.wait(lease) for lease in spent), is_spent=True)
        for lease in leases:
            lease.tokens -= cost
        return Left(leases[-1].quota, leases[-1].tokens + leases[-1].beyond, self.wait(leases[-1])) if leases else None

    def of_all(self, own: int | None) -> int:
        """The most that an organization may send with all its keys, by the number of its own that it may have; 0: any number."""
        return own or self.of_organization if self.of_organization else 0

    def is_short(self, holder: UUID, cost: int) -> bool:
        """Whether the database has to be asked: nothing is known of this minute, or more can be had."""
        lease = self.leases.get(holder)
        return lease is None or lease.ends_at <= self.clock() or lease.tokens < cost <= lease.tokens + lease.beyond

    def wait(self, lease: Lease) -> int:
        return max(1, ceil(lease.ends_at - self.clock()))

    async def ask(self, person: UUID, holders: Sequence[UUID], most: Sequence[int], cost: int) -> None:
        """One asks for all that a person has under way, else each would take as much; who goes away meanwhile ends nothing."""
        if (asked := self.asking.get(person)) is None:
            asked = self.asking[person] = asyncio.create_task(self.take(holders, most, cost))
            asked.add_done_callback(lambda _: self.asking.pop(person, None))
        await asyncio.shield(asked)

    async def take(self, holders: Sequence[UUID], most: Sequence[int], cost: int) -> None:
        began = self.clock()  # so that no lease lasts longer than the minute
        held = [self.tokens(holder, began) for holder in holders]
        try:
            with outages():
                async with self.pool.acquire(timeout=ASK_SECONDS) as connection:
                    needed = [max(cost - tokens, 1) for tokens in held]
                    rows = await SQL.take.fetch(connection, holders=holders, most=most, needed=needed, seconds=WINDOW_SECONDS)
        except Unavailable as error:
            log.warning("requests_uncounted", cause=type(error).__name__, seconds=UNCOUNTED_SECONDS)
            for holder, quota in zip(holders, most, strict=True):
                self.keep(holder, Lease(quota, max(quota, cost), 0, began + UNCOUNTED_SECONDS))
            return
        for row in rows:
            tokens = self.tokens(row["holder"], self.clock()) + row["granted"]
            self.keep(row["holder"], Lease(row["quota"], tokens, row["remaining"], began + row["seconds_left"]))

    def tokens(self, holder: UUID, now: float) -> int:
        lease = self.leases.get(holder)
        return lease.tokens if lease and lease.ends_at > now else 0

    def keep(self, holder: UUID, lease: Lease) -> None:
        self.leases.pop(holder, None)
        if len(self.leases) >= KEPT:
            del self.leases[next(iter(self.leases))]
        self.leases[holder] = lease
