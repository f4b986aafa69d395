"""Notes what is about to be shown of people, before it is: an answer waits until its reading is in the log.

So that this costs little, readings that come while one append is under way share the next, and the same reading again
within a quarter of an hour, of a list within a day, in an emergency within a minute (a page asks twice), is the one that
was noted. When the log cannot be written to, nothing is shown: an access that leaves no trace is worse than one that has to
be tried again.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable
from time import monotonic
from typing import Final, NamedTuple, cast
from uuid import UUID

from domain.access.commands import MOST_READINGS, AccessRecord, ReadingBody
from domain.access.events import AccessClass, AccessPurpose
from domain.glossary import Role
from services.actor import Actor, worker
from services.reading.view import Sight

RECORDED: Final[frozenset[str]] = frozenset({"sponsor", "auditor", "admin", "program_manager", "integration"})
"""Roles whose readings are noted. Client and coach are the parties of the coaching: it is theirs."""
SAME_SECONDS: Final = 15 * 60
SAME_EMERGENCY_SECONDS: Final = 60
SAME_LIST_SECONDS: Final = 24 * 60 * 60
REMEMBERED: Final = 200_000  # readings, of all organizations: see `remember`

Execute = Callable[[Actor, AccessRecord], Awaitable[object]]


class Waiting(NamedTuple):
    """A reading on its way into the log, and who waits for it."""

    reading: ReadingBody
    noted: asyncio.Future[None]


class Recorder:
    """One for the process. `execute` is that of its commands, `clock` counts seconds."""

    def __init__(self, execute: Execute, clock: Callable[[], float] = monotonic) -> None:
        self.execute = execute
        self.clock = clock
        self.recent: dict[UUID, dict[ReadingBody, float]] = defaultdict(dict)
        self.under_way: dict[tuple[UUID, ReadingBody], asyncio.Future[None]] = {}
        self.waiting: dict[UUID, list[Waiting]] = defaultdict(list)
        self.writing: dict[UUID, asyncio.Task[None]] = {}

    async def note(
        self,
        actor: Actor,
        action: str,
        subjects: Iterable[UUID | None],
        classes: Iterable[AccessClass],
        record_id: UUID | None = None,
        purpose: AccessPurpose = "role",
    ) -> None:
        """Returns when the reading is in the log. Raises `Unavailable`: then nothing may be shown.

        Nothing is noted of the parties, of what somebody reads of themselves, and of nobody.
        """
        if actor.role not in RECORDED:
            return
        role, kinds = cast(Role, actor.role), tuple(sorted(classes))
        others = sorted({subject for subject in subjects if subject is not None and subject != actor.person_id})
        readings = [
            ReadingBody(
                reader_id=actor.person_id,
                role=role,
                action=action,
                record_id=record_id,
                subject_id=subject,
                classes=kinds,
                purpose=purpose,
            )
            for subject in others
        ]
        fresh = [reading for reading in readings if not self.is_recent(actor.tenant, reading)]
        await asyncio.gather(*(asyncio.shield(self.entered(actor.tenant, reading)) for reading in fresh))

    def entered(self, tenant: UUID, reading: ReadingBody) -> asyncio.Future[None]:
        """Done when the reading is in the log. Several who wait for the same one share it, so one that goes away ends it for nobody."""
        key = (tenant, reading)
        if key not in self.under_way:
            noted = self.under_way[key] = asyncio.get_running_loop().create_future()
            noted.add_done_callback(lambda _: self.under_way.pop(key))
            self.waiting[tenant].append(Waiting(reading, noted))
            if tenant not in self.writing:
                self.writing[tenant] = asyncio.create_task(self.write(tenant))
        return self.under_way[key]

    def is_recent(self, tenant: UUID, reading: ReadingBody) -> bool:
        noted_at = self.recent[tenant].get(reading)
        same = (
            SAME_LIST_SECONDS if reading.record_id is None else SAME_EMERGENCY_SECONDS if reading.purpose == "emergency" else SAME_SECONDS
        )
        return noted_at is not None and self.clock() - noted_at < same

    async def write(self, tenant: UUID) -> None:
        """Appends what waits, and what comes meanwhile, until nothing does."""
        try:
            while some := self.waiting[tenant][:MOST_READINGS]:
                del self.waiting[tenant][:MOST_READINGS]
                await self.append(tenant, some)
        finally:
            del self.waiting[tenant], self.writing[tenant]

    async def append(self, tenant: UUID, some: list[Waiting]) -> None:
        command = AccessRecord(readings=tuple(one.reading for one in some))
        try:
            await self.execute(worker(tenant), command)
        except Exception as error:  # whoever waits gets it, and answers with it
            for one in some:
                one.noted.set_exception(error)
            return
        for one in some:
            self.remember(tenant, one.reading)
            one.noted.set_result(None)

    def remember(self, tenant: UUID, reading: ReadingBody) -> None:
        """As the latest. What is too much is forgotten by the organization that has most, its oldest first, and then noted once more:
        so nobody's lists are read often enough to push out what smaller ones have."""
        own = self.recent[tenant]
        own.pop(reading, None)
        own[reading] = self.clock()
        if sum(map(len, self.recent.values())) > REMEMBERED:
            fullest = max(self.recent.values(), key=len)
            del fullest[next(iter(fullest))]

    async def settle(self) -> None:
        """Waits until what is being noted is noted."""
        await asyncio.gather(*self.writing.values())


def classes_of(seen: Sight) -> frozenset[AccessClass]:
    """The classes of content that a reader sees of an engagement."""
    shown: set[AccessClass] = {*seen.classes}
    shown |= {"names"} if seen.names else set()
    shown |= {"words"} if seen.words else set()
    shown |= {"record"} if seen.drafts else set()
    return frozenset(shown)
