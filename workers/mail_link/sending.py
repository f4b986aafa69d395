"""One mail with one link. It may be sent again after a crash: with the same Message-ID, and with a secret of its own.

Both secrets open then, for it is not known which of the mails arrives. A secret is stored, as a hash, before its mail is sent: so
every link that somebody reads is good, and nobody ever reads the secret of a mail that was not sent.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final
from uuid import UUID

from domain.claims import EMAIL
from infra.eventstore.outage import outages
from infra.eventstore.vault import Vault
from infra.mail import Post
from infra.postgres import Pool, tenant_transaction
from infra.sql import load
from services.command.execution import utc_now
from services.mail_link.link import Link, digest, new_secret
from services.mail_link.person import Person, find_person
from workers.mail_link.letter import Letter, letter
from workers.post import delivered

SQL: Final = load(__file__)


class Sending:
    """Sends the links of one installation, with the connections of `throughline_app`. `address` is where people find the pages."""

    def __init__(self, connections: Pool, vault: Vault, post: Post, address: str, clock: Callable[[], datetime] = utc_now) -> None:
        self.connections = connections
        self.vault = vault
        self.post = post
        self.address = address
        self.clock = clock

    async def send(self, tenant: UUID, id: UUID) -> bool:
        """False when there is nothing to send, or it would come too late. Raises `MailAway` or `Unavailable`: try again."""
        with outages():
            row = await SQL.taken.first(self.connections, link=id, tenant_id=tenant)
        person = await self.person_at(tenant, row["address"]) if row is not None else None
        if row is None or person is None:
            return False
        link = Link(id, new_secret())
        with outages():
            await SQL.add_secret.execute(self.connections, link=id, person=person.id, secret=digest(link.secret))
        mail = letter(Letter(person, self.address + link.path, row["ends_at"], id.hex, self.clock()))
        return await delivered(self.post, mail, "mail_link_refused", tenant, person_id=str(person.id))

    async def person_at(self, tenant: UUID, address: bytes) -> Person | None:
        """Whose address it is, as they stand now; None of nobody's, and of who has no role."""
        with outages():
            async with tenant_transaction(self.connections, tenant, read_only=True) as connection:
                holder = await SQL.holder.value(connection, tenant_id=tenant, kind=EMAIL, key=address)
        return None if holder is None else await find_person(self.connections, self.vault, tenant, holder, self.clock())
