"""What is kept of keys and sign-ins for as long as the organization lives: how each stands, and what became of it."""

from __future__ import annotations

from datetime import datetime
from typing import Final, Literal, NamedTuple, TypeAlias
from uuid import UUID

import asyncpg

from domain.errors import NotFound
from infra import sql
from infra.eventstore.outage import outages
from services.actor import Actor
from services.entry.auth import IDLE, Keys, Kind
from services.permission import policy

SQL: Final = sql.load(__file__)

Standing: TypeAlias = Literal["active", "expired", "revoked"]
Did: TypeAlias = Literal["made", "changed", "replaced", "ended"]


class Kept(NamedTuple):
    """A key or a sign-in, without anything that opens a door. People are ids; None as the one who made it is the operator."""

    key_id: UUID
    person_id: UUID
    role: str
    name: str | None
    scopes: tuple[str, ...] | None
    hint: str | None
    how: str | None
    created_at: datetime
    created_by: UUID | None
    expires_at: datetime | None
    revoked_at: datetime | None
    last_used_at: datetime | None
    replaces: UUID | None
    replaced_by: UUID | None
    version: int

    def ends_at(self, kind: Kind) -> datetime | None:
        """When its time is over by itself: that of a sign-in also for want of use."""
        if kind == "key":
            return self.expires_at
        idle = (self.last_used_at or self.created_at) + IDLE
        return idle if self.expires_at is None else min(idle, self.expires_at)

    def standing(self, kind: Kind, now: datetime) -> Standing:
        if self.revoked_at is not None:
            return "revoked"
        ends = self.ends_at(kind)
        return "expired" if ends is not None and ends <= now else "active"


class Step(NamedTuple):
    """Something that was done to a key, by whom, and what it was like from then on."""

    what: Did
    at: datetime
    by: UUID | None
    name: str | None
    scopes: tuple[str, ...] | None
    expires_at: datetime | None


class Page(NamedTuple):
    """Which keys somebody wants to see: of one person, or None for everyone; with those that ended; older than `before`."""

    person_id: UUID | None
    ended: bool
    before: UUID | None
    at_most: int


async def listed(keys: Keys, tenant: UUID, kind: Kind, page: Page) -> list[Kept]:
    """The newest first."""
    now = keys.clock()
    with outages():
        rows = await SQL.keys_kept.fetch(
            keys.pool,
            **{"tenant": tenant, "kind": kind, "person": page.person_id, "idle_since": now - IDLE},
            **{"at": None if page.ended else now, "before": page.before, "at_most": page.at_most},
        )
    return [kept(row) for row in rows]


async def found(keys: Keys, actor: Actor, kind: Kind, key_id: UUID, *, wholly: str) -> Kept:
    """One that the actor may know of: their own, or where they may do `wholly`, anybody's. Raises `NotFound`."""
    one = await looked_up(keys, actor.tenant, kind, key_id)
    if not concerns(actor, one.person_id, wholly):
        raise NotFound
    return one


async def looked_up(keys: Keys, tenant: UUID, kind: Kind, key_id: UUID) -> Kept:
    """Raises `NotFound`."""
    with outages():
        row = await SQL.key_kept.first(keys.pool, tenant=tenant, kind=kind, key=key_id)
    if row is None:
        raise NotFound
    return kept(row)


def concerns(actor: Actor, person_id: UUID | None, wholly: str) -> bool:
    """Whether keys of that person, or None for everyone's, are the actor's to see or to end: `wholly` is the action for those of others."""
    return person_id == actor.person_id or isinstance(policy.decide(actor, wholly), policy.Allow)


async def steps(keys: Keys, tenant: UUID, key_id: UUID) -> list[Step]:
    """The first one first. What was made by an earlier release has none from then."""
    with outages():
        rows = await SQL.steps_of.fetch(keys.pool, tenant=tenant, key=key_id)
    return [Step(*row)._replace(scopes=texts(row["scopes"])) for row in rows]


def kept(row: asyncpg.Record) -> Kept:
    return Kept(*row)._replace(scopes=texts(row["scopes"]))


def texts(array: list[str] | None) -> tuple[str, ...] | None:
    return None if array is None else tuple(array)
