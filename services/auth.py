"""Who sends a request: an API key in the Authorization header, or the cookie that the pages got for one."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Final, NamedTuple, cast
from uuid import UUID

import asyncpg
from litestar import Request
from litestar.datastructures import Cookie
from uuid_utils.compat import uuid7

from domain.glossary import Role
from infra import sql
from infra.eventstore.outage import outages
from services.actor import ROLES, Actor
from services.errors import Unauthenticated
from services.key import is_well_formed, key_hash, new_key

SQL: Final = sql.load(__file__)
BEARER: Final = re.compile(r"Bearer +(\S+)", re.IGNORECASE)
COOKIE: Final = "throughline_session"
SESSION: Final = timedelta(hours=12)
CHALLENGE: Final = 'Bearer realm="throughline"'
"""What a 401 says in WWW-Authenticate."""


class NewKey(NamedTuple):
    """A key just made: the only moment at which it can be read."""

    key_id: UUID
    key: str


class Held(NamedTuple):
    """Who holds a key, and until when it opens anything; None: for good."""

    actor: Actor
    until: datetime | None


class Keys:
    """The keys of the installation. Only their hashes are stored; what is looked up is an exact match."""

    def __init__(self, pool: asyncpg.Pool, clock: Callable[[], datetime]) -> None:
        self.pool = pool
        self.clock = clock

    async def find(self, key: str) -> Actor:
        """Whose key it is. Raises `Unauthenticated` for one that is unknown, expired or revoked, without saying which."""
        return (await self.held(key)).actor

    async def held(self, key: str) -> Held:
        """The same, with when it ends."""
        if not is_well_formed(key):
            raise Unauthenticated
        with outages():
            row = await SQL.find_key.first(self.pool, hash=key_hash(key))
        if row is None or row["revoked_at"] or row["role"] not in ROLES:
            raise Unauthenticated
        if row["expires_at"] and row["expires_at"] <= self.clock():
            raise Unauthenticated
        return Held(Actor(row["tenant_id"], row["person_id"], row["role"], row["key_id"]), row["expires_at"])

    async def create(self, tenant: UUID, person_id: UUID, role: Role, until: datetime | None = None) -> NewKey:
        """A new key for a person in a role. Whether they hold the role is asked each time the key is used."""
        made = NewKey(uuid7(), new_key())
        with outages():
            await SQL.add_key.execute(
                self.pool, hash=key_hash(made.key), tenant=tenant, key=made.key_id, person=person_id, role=role, until=until
            )
        return made

    async def revoke(self, tenant: UUID, key_id: UUID) -> bool:
        """False when the organization has no such key, or it was revoked before."""
        with outages():
            return bool(await SQL.revoke_key.value(self.pool, tenant=tenant, key=key_id))

    async def revoke_all(self, tenant: UUID, person_id: UUID) -> int:
        """Ends every key and session of a person. Returns how many there were."""
        with outages():
            return int(await SQL.revoke_keys.value(self.pool, tenant=tenant, person=person_id))

    async def sign_in(self, key: str, *, secure: bool) -> Cookie:
        """A cookie for the pages: a key of its own, which never shows the one that was entered, and never outlives it."""
        actor, until = await self.held(key)
        now = self.clock()
        ends = min(now + SESSION, until or datetime.max.replace(tzinfo=UTC))
        made = await self.create(actor.tenant, actor.person_id, cast(Role, actor.role), ends)
        return session_cookie(made.key, int((ends - now).total_seconds()), secure=secure)

    async def sign_out(self, session: str, *, secure: bool) -> Cookie:
        """Ends a session, and returns the cookie that removes it from the browser."""
        actor = await self.find(session)
        await self.revoke(actor.tenant, actor.key_id)
        return session_cookie("", 0, secure=secure)


def session_cookie(value: str, seconds: int, *, secure: bool) -> Cookie:
    return Cookie(key=COOKIE, value=value, path="/", max_age=seconds, httponly=True, secure=secure, samesite="strict")


def credential(request: Request[Any, Any, Any]) -> str:
    """The key of a request. A cookie speaks only for reading: what changes something needs the header, which no other
    site can send, or is a form of our own pages, which looks at the cookie itself. Raises `Unauthenticated` when there is
    none."""
    if header := request.headers.get("authorization"):
        match = BEARER.fullmatch(header.strip())
        if match is None:
            raise Unauthenticated
        return match[1]
    cookie = request.cookies.get(COOKIE)
    if cookie is None or request.method not in {"GET", "HEAD"}:
        raise Unauthenticated
    return cookie
