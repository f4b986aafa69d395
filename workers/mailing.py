"""What the mails that follow from an event have in common: whom they are for, and what others are called in them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from infra.mail import Post
from services.command.execution import Commands, utc_now
from services.mail_link.person import Person, find_person


class Mailing:
    """Of one installation, with the connections of `throughline_app`. `address` is where people find the pages."""

    def __init__(self, commands: Commands, post: Post, address: str, clock: Callable[[], datetime] = utc_now) -> None:
        self.store = commands.store
        self.post = post
        self.address = address
        self.clock = clock

    async def person(self, tenant: UUID, id: UUID | None) -> Person | None:
        return None if id is None else await find_person(self.store.pool, self.store.vault, tenant, id, self.clock())

    async def named(self, tenant: UUID, id: UUID, reader: Person) -> str:
        """Who has left, or was erased, is called by that."""
        person = await self.person(tenant, id)
        return reader.language.say("mail.gone") if person is None else person.name
