"""What is asked by mailed links until a day: who is written to when, and that it is closed when its time is over.

Each is written to at once, and once a week while they have not answered. A link is noted before its mail is sent, and taken back when
that did not go out. After a crash in between, the mail is sent again.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple, Protocol
from uuid import UUID

import asyncpg
import structlog

from domain.command import Command
from domain.errors import Refusal
from domain.organization.state import OrganizationState
from infra.eventstore.answer import Answers, Told
from infra.eventstore.outage import outages
from infra.mail import Mail, MailAway, Post
from projections.snapshot import Snapshot, snapshot
from services.actor import worker
from services.command.execution import Commands
from workers.post import delivered
from workers.reminder.slot import Quiet, awake, dated

WEEK: Final = timedelta(days=7)
MOST_MAILS: Final = 4
"""The first, and three that remind."""
log = structlog.get_logger()


class Round(NamedTuple):
    """The mails of what can be answered to the end of a day, as they are due at this moment."""

    organization: OrganizationState
    closes_on: date
    now: datetime

    @property
    def quiet(self) -> Quiet:
        return Quiet(self.organization.policy.quiet_from_hour, self.organization.policy.quiet_until_hour)

    @property
    def today(self) -> date:
        return self.organization.day(self.now)

    @property
    def ends_at(self) -> datetime:
        """The end of the day on which it closes, where the organization is."""
        return datetime.combine(self.closes_on + timedelta(days=1), time(), self.organization.zone)

    def due(self, asked: Iterable[UUID], told: Mapping[UUID, Told]) -> Iterator[UUID]:
        """Who was sent no mail, or whose last one is a week old, while they have not answered; nobody at night."""
        if awake(self.now, self.organization.zone, self.quiet) != self.now:
            return
        for one in asked:
            last = told.get(one)
            if last is None or (not last.used and last.mails < MOST_MAILS and self.again(last.last_at) <= self.now):
                yield one

    def again(self, last_at: datetime) -> datetime:
        """A week after a mail, at the hour at which reminders go out."""
        return dated((last_at.astimezone(self.organization.zone) + WEEK).date(), self.organization.zone, self.quiet)


class Asking(Protocol):
    """An assessment or a survey."""

    @property
    def id(self) -> UUID: ...
    @property
    def closes_on(self) -> date: ...
    @property
    def is_closed(self) -> bool: ...


class Inviting:
    """Of one installation, as the worker. `locks` are connections by which one at a time writes to those whom something asks."""

    def __init__(self, commands: Commands, locks: asyncpg.Pool, post: Post, address: str) -> None:
        self.commands = commands
        self.store = commands.store
        self.answers = Answers(self.store.pool, self.store.vault)
        self.locks = locks
        self.post = post
        self.address = address

    async def unclosed(self, tenant: UUID, find: Callable[[Snapshot], Awaitable[Sequence[UUID]]]) -> Sequence[UUID]:
        """Raises `Unavailable`: try again."""
        with outages():
            async with snapshot(self.store.pool, tenant) as rows:
                return await find(rows)

    async def round_of(self, state: Asking, organization: OrganizationState, close: Command, closed: type[Refusal]) -> Round | None:
        """None of what is closed, and of a suspended organization. What is over is closed by that command; `closed` says that it was."""
        round = Round(organization, state.closes_on, self.commands.clock())
        if state.is_closed or organization.suspended_on(round.today):
            return None
        if round.today <= state.closes_on:
            return round
        await self.close(organization.id, state.id, close, closed)
        return None

    async def close(self, tenant: UUID, stream: UUID, command: Command, closed: type[Refusal]) -> None:
        try:
            await self.commands.execute(worker(tenant), command, stream)
        except closed:
            return  # somebody was faster
        log.info("asking_closed", tenant_id=str(tenant), stream_id=str(stream))

    async def invite(self, round: Round, stream: UUID, whom: UUID, mail: Callable[[str], Mail]) -> bool:
        """Sends the mail that is made of a link's secret. False of who has answered meanwhile, or has an address that no server takes.

        Raises `MailAway`: try again.
        """
        tenant = round.organization.id
        link = await self.answers.invite(tenant, stream, whom, round.ends_at)
        if link is None:
            return False
        try:
            return await delivered(self.post, mail(link.text()), "invitation_refused", tenant, stream_id=str(stream))
        except MailAway:
            await self.answers.withdraw(tenant, stream, whom, link)
            raise
