"""The table of jobs, as the threads of a worker and the command line use it, and as a transaction of asyncio fills it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

import asyncpg
from dramatiq import Message, MessageProxy
from psycopg.rows import DictRow

from infra.broker.link import Links
from infra.sql import load

SQL: Final = load(__file__)


async def add(connection: asyncpg.Connection, messages: Sequence[Message[Any]]) -> None:
    """Adds jobs in the transaction of the caller. A message whose id is there already is left out."""
    if messages:
        ids, queues = [UUID(message.message_id) for message in messages], [message.queue_name for message in messages]
        encoded, owners = [message.encode() for message in messages], [whose(message) for message in messages]
        await SQL.add.execute(connection, ids=ids, queues=queues, messages=encoded, whose=owners)
        for queue in sorted(set(queues)):
            await SQL.ring.execute(connection, queue=queue)


def whose(message: Message[Any] | MessageProxy) -> UUID | None:
    """The organization that a job is for: the first argument of every actor that works for one; None of one that works for all."""
    given: Any = next(iter(message.args), None)
    try:
        return UUID(given)
    except (TypeError, ValueError, AttributeError):
        return None


class Held(NamedTuple):
    """A lease on a job: whoever claims the job after it ended has another claim."""

    id: UUID
    claim: UUID


class Dead(NamedTuple):
    """A job that failed for good. Its message names the actor and the ids; its error is a class."""

    id: UUID
    queue: str
    message: Message[Any]
    error: str
    enqueued_at: datetime
    died_at: datetime

    @classmethod
    def of(cls, row: DictRow) -> Dead:
        return cls(**{**row, "message": Message.decode(row["message"])})


class Depth(NamedTuple):
    """How many jobs of a queue are `ready`, `delayed`, `leased` or `dead`, and how long the oldest of them has been, in seconds."""

    queue: str
    state: str
    jobs: int
    seconds: float


class Table:
    """`jobs.job`. Every method is one statement, and raises one of `infra.broker.link.LOST` when the database is away."""

    def __init__(self, links: Links) -> None:
        self.links = links

    def put(self, message: Message[Any], delay: int = 0) -> None:
        """A job that is due in `delay` milliseconds; under the id of one that runs, the next attempt at it."""
        row = {"id": UUID(message.message_id), "queue": message.queue_name, "message": message.encode(), "whose": whose(message)}
        self.links.run(SQL.put, **row, delay=delay / 1000)
        if not delay:
            self.links.run(SQL.ring, queue=message.queue_name)

    def renew(self, held: Iterable[Held], lease: float) -> None:
        """Makes the leases end in `lease` seconds. One that was lost stays lost."""
        ids, claims = split(held)
        self.links.run(SQL.renew, ids=ids, claims=claims, lease=lease)

    def release(self, held: Iterable[Held]) -> None:
        """Gives the jobs back, due now, before those that came later."""
        ids, claims = split(held)
        self.links.run(SQL.release, ids=ids, claims=claims)

    def finish(self, held: Held) -> None:
        """The job is done. Nothing happens when the lease was lost, or the next attempt is there already."""
        self.links.run(SQL.finish, **held._asdict())

    def finish_all(self, held: Iterable[Held]) -> None:
        """The same for many."""
        ids, claims = split(held)
        self.links.run(SQL.finish_all, ids=ids, claims=claims)

    def fail(self, held: Held, message: bytes, error: str) -> None:
        """The job failed for good: a dead letter, unless the lease was lost."""
        self.links.run(SQL.fail, **held._asdict(), message=message, error=error)

    def bury(self, message: Message[Any], error: str) -> None:
        """The same for a job that another broker had."""
        self.links.run(SQL.bury, id=UUID(message.message_id), queue=message.queue_name, message=message.encode(), error=error)

    def dead(self, most: int = 1000) -> list[Dead]:
        """The dead letters, the latest first."""
        return [Dead.of(row) for row in self.links.run(SQL.dead, most=most)]

    def retry(self, id: UUID) -> bool:
        """Makes a dead letter due now, with all its attempts before it. False when there is none with this id."""
        rows = self.links.run(SQL.one_dead, id=id)
        if not rows:
            return False
        message = Dead.of(rows[0]).message
        afresh = message.copy()
        afresh.options.pop("retries", None)
        revived = self.links.run(SQL.revive, id=id, message=afresh.encode())
        self.links.run(SQL.ring, queue=message.queue_name)
        return bool(revived)

    def drop(self, id: UUID) -> bool:
        """Deletes a dead letter. False when there is none with this id."""
        return bool(self.links.run(SQL.drop, id=id))

    def depths(self) -> list[Depth]:
        return [Depth(**row) for row in self.links.run(SQL.depths)]


def split(held: Iterable[Held]) -> tuple[list[UUID], list[UUID]]:
    pairs = list(held)
    return [each.id for each in pairs], [each.claim for each in pairs]
