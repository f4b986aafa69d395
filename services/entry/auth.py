"""Who holds a key or a sign-in, how either is made, and how it ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final, Literal, NamedTuple, TypeAlias
from uuid import UUID

import asyncpg
from uuid_utils.compat import uuid7

from domain.glossary import Role
from infra import sql
from infra.eventstore.outage import outages
from services.actor import ROLES, Actor
from services.entry.credential import hint, is_well_formed, key_hash, new_key
from services.entry.use import Uses
from services.errors import Unauthenticated

SQL: Final = sql.load(__file__)
COOKIE: Final = "throughline_session"
CHALLENGE: Final = 'Bearer realm="throughline"'
"""What a 401 says in WWW-Authenticate."""
MISTYPED: Final = "This is no key: its last digits do not fit the others. Copy it anew, whole and without blanks."
REVOKED: Final = "This key was revoked: use another one, or ask whoever gave it to you."
EXPIRED: Final = "This key has expired: use another one, or ask whoever gave it to you."
IDLE: Final = timedelta(hours=2)
"""How long a sign-in goes on without being used."""

Kind: TypeAlias = Literal["key", "sign_in"]


class NewKey(NamedTuple):
    """A key just made: the only moment at which it can be read."""

    key_id: UUID
    key: str


class Wanted(NamedTuple):
    """What a new key is to be: `name` says what it is for, and nothing of a person; `by` is who makes it, None for the operator.

    `scopes` None: all that the role may. `how` is by what somebody signed in, `bound` when that ends, if it is a key.
    """

    kind: Kind = "key"
    name: str | None = None
    scopes: frozenset[str] | None = None
    until: datetime | None = None
    by: UUID | None = None
    how: str | None = None
    bound: datetime | None = None


class Held(NamedTuple):
    """Who holds a key, and until when it opens anything; None: for good."""

    actor: Actor
    kind: Kind
    until: datetime | None


class Keys:
    """The keys of the installation. Only their hashes are stored; what is looked up is an exact match."""

    def __init__(self, pool: asyncpg.Pool, clock: Callable[[], datetime]) -> None:
        self.pool = pool
        self.clock = clock
        self.uses = Uses(pool)

    async def find(self, key: str) -> Actor:
        """Whose key it is. Raises `Unauthenticated` for one that is mistyped, unknown, expired or revoked."""
        return (await self.held(key)).actor

    async def held(self, key: str) -> Held:
        """The same, with what it is and when it ends."""
        if not is_well_formed(key):
            raise Unauthenticated(MISTYPED)
        with outages():
            row = await SQL.key_of.first(self.pool, hash=key_hash(key))
        if row is None or row["role"] not in ROLES:
            raise Unauthenticated
        if row["revoked_at"] or self.has_ended(row):
            raise ended(row)
        self.uses.used(row["tenant_id"], row["key_id"], row["last_used_at"], self.clock())
        scopes = None if row["scopes"] is None else frozenset(row["scopes"])
        until = row["expires_at"] if row["kind"] == "key" else row["bound"]
        held = {"scopes": scopes, "since": row["created_at"], "until": until, "first_key": row["principal"]}
        actor = Actor(row["tenant_id"], row["person_id"], row["role"], row["key_id"], **held)
        return Held(actor, row["kind"], row["expires_at"])

    def has_ended(self, row: asyncpg.Record) -> bool:
        """Whether its time is over: that of a sign-in also where nobody used it for long."""
        now = self.clock()
        is_idle = row["kind"] == "sign_in" and (row["last_used_at"] or row["created_at"]) + IDLE <= now
        return is_idle or (row["expires_at"] is not None and row["expires_at"] <= now)

    async def create(self, tenant: UUID, person_id: UUID, role: Role, until: datetime | None = None) -> NewKey:
        """A new key for a person in a role, made by the operator. Whether they hold the role is asked each time the key is used."""
        return await self.make(tenant, person_id, role, Wanted(until=until))

    async def make(self, tenant: UUID, person_id: UUID, role: Role, wanted: Wanted) -> NewKey:
        """A new key of any kind, as `create` makes one."""
        made = NewKey(uuid7(), new_key())
        scopes = None if wanted.scopes is None else sorted(wanted.scopes)
        with outages():
            await SQL.make_key.execute(
                self.pool,
                **{"hash": key_hash(made.key), "tenant": tenant, "key": made.key_id, "person": person_id, "role": role},
                **{"kind": wanted.kind, "name": wanted.name, "scopes": scopes, "until": wanted.until, "by": wanted.by},
                **{"how": wanted.how, "hint": hint(made.key), "bound": wanted.bound},
            )
        return made

    async def revoke(self, tenant: UUID, key_id: UUID, *, kind: Kind = "key", by: UUID | None = None) -> bool:
        """False when the organization has none of that kind so called, or it was revoked before."""
        with outages():
            return bool(await SQL.end_key.value(self.pool, tenant=tenant, kind=kind, key=key_id, by=by))

    async def revoke_all(
        self, tenant: UUID, person_id: UUID, *, kind: Kind | None = None, but: UUID | None = None, by: UUID | None = None
    ) -> int:
        """Ends every key and sign-in of a person, or those of one kind, or all but one. Returns how many there were."""
        with outages():
            return int(await SQL.end_keys.value(self.pool, tenant=tenant, person=person_id, kind=kind, but=but, by=by))


def ended(row: asyncpg.Record) -> Unauthenticated:
    """Of a key says what became of it, and when: who holds it whole could have asked while it lived. Of a sign-in says nothing."""
    if row["kind"] != "key":
        return Unauthenticated(guessed=False)
    if row["revoked_at"]:
        return Unauthenticated(REVOKED, guessed=False, key="revoked", since=row["revoked_at"])
    return Unauthenticated(EXPIRED, guessed=False, key="expired", since=row["expires_at"])
