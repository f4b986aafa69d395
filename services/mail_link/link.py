"""Links to sign in by. A route notes what is asked for, a worker mails it, and whoever reads the mail follows it.

What asking does, and how long it takes, tells nobody whether there is such an address, or such an organization. Looking at a
link uses nothing up, for programs that search mails look, too: the button behind it does.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID

from uuid_utils.compat import uuid7

from domain.claims import EMAIL, email_1
from domain.values import NIL
from infra import sql
from infra.eventstore.errors import NoKeys
from infra.eventstore.outage import outages
from infra.eventstore.reading import claim_content
from infra.eventstore.vault import Vault
from infra.postgres import Pool
from services.directory import Directory
from services.entry.attempt import ASKING, ASKING_FOR_ONE, Attempts
from services.mail_link.person import Person, find_person

LASTS: Final = timedelta(minutes=15)
"""For how long a link is good, from when it was asked for."""
SECRET: Final = re.compile(r"[A-Za-z0-9_-]{32}")
"""192 random bits, so that a plain hash is enough to store."""
SLUG: Final = re.compile(r"[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?")
SQL: Final = sql.load(__file__)


class Asked(NamedTuple):
    """`slug` is the short name of an organization as it was typed, `browser` the secret in its cookie, `leads` the page wanted."""

    slug: str
    address: str
    browser: str
    leads: str


class Link(NamedTuple):
    """What a mail holds: which link, and the secret that shows that it was read there."""

    id: UUID
    secret: str

    @property
    def path(self) -> str:
        return f"/sign-in/link/{self.id}/{self.secret}"


class Followed(NamedTuple):
    """Whom a link lets in, to which page, and whether this is the browser that asked for it."""

    tenant: UUID
    person: Person
    leads: str
    is_same_browser: bool


class MailLinks:
    """The links of one installation."""

    def __init__(self, pool: Pool, vault: Vault, attempts: Attempts, clock: Callable[[], datetime]) -> None:
        self.pool = pool
        self.vault = vault
        self.attempts = attempts
        self.clock = clock
        self.directory = Directory(pool)

    async def ask(self, asked: Asked, network: bytes) -> None:
        """The same statements, whatever there is. Raises `TooManyAttempts`, as often for an address that nobody has."""
        await self.attempts.count(ASKING, network)
        slug = short_name(asked.slug)
        named = await self.directory.find(slug)
        tenant = named.tenant if named is not None else None
        address = await self.address_hash(tenant, asked.address, otherwise=network)
        await self.attempts.count(ASKING_FOR_ONE, hashlib.sha256(network + slug.encode() + address).digest())
        row = {"link": uuid7(), "tenant": tenant, "address": address, "browser": digest(asked.browser)}
        with outages():
            await SQL.ask.execute(self.pool, **row, leads=asked.leads, lasts=LASTS, network=network)

    async def address_hash(self, tenant: UUID | None, address: str, *, otherwise: bytes) -> bytes:
        """As the claim of the address is kept; under the key `otherwise` where there is no such organization, or no longer.

        The organization's key is read each time: whether it is remembered would show in the time that this takes.
        """
        whose = tenant or NIL
        try:
            with outages():
                keys, _ = await self.vault.rows(self.pool.of(whose), whose, [])
            key = keys.index_key
        except NoKeys:
            key = otherwise
        return hmac.digest(key, claim_content(EMAIL, email_1(address)), hashlib.sha256)

    async def look(self, link: Link, browser: str) -> Followed | None:
        """None when the link is none of ours, was used, its time is over, or nobody is there any more to be let in."""
        with outages():
            row = await SQL.find.first(self.pool, link=link.id, secret=digest(link.secret))
        if row is None:
            return None
        person = await find_person(self.pool, self.vault, row["tenant_id"], row["person_id"], self.clock())
        if person is None:
            return None
        return Followed(row["tenant_id"], person, row["leads"], hmac.compare_digest(row["browser"], digest(browser)))

    async def use(self, link: Link, browser: str) -> bool:
        """Uses it up. False for all but the first who ask, and in another browser."""
        with outages():
            return bool(await SQL.use.value(self.pool, link=link.id, secret=digest(link.secret), browser=digest(browser)))


def short_name(typed: str) -> str:
    """What is looked up; what no organization can be called is looked up, too, as a name that none has."""
    name = typed.strip().lower()
    return name if SLUG.fullmatch(name) else "-"


def new_secret() -> str:
    return secrets.token_urlsafe(24)


def digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
