"""What is done to keys. Each step is kept with who did it; a key never grants more than its maker may."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final, NamedTuple, cast
from uuid import UUID

from uuid_utils.compat import uuid7

from domain.errors import NotFound, NotPermitted
from domain.glossary import Role
from infra import sql
from infra.eventstore.outage import outages
from services import keyring
from services.actor import Actor
from services.entry.auth import Keys, NewKey, Wanted
from services.entry.credential import hint, key_hash, new_key
from services.errors import (
    ExpiryOutOfRange,
    KeyEnded,
    KeyExceedsMaker,
    KeyReplaced,
    PreconditionFailed,
    RoleNotGranted,
    ScopesRequired,
)
from services.key.answers import ChangeKey, MakeKey
from services.keyring import Kept
from services.permission import policy
from services.permission.membership import acting
from services.permission.suspension import require_going_on
from services.reading.reads import Look, Reads

SQL: Final = sql.load(__file__)
YEAR: Final = timedelta(days=365)
ALL: Final = "administer_keys"


class Made(NamedTuple):
    """A new key as it is kept, and what opens the door with it."""

    kept: Kept
    key: str


async def make(reads: Reads, keys: Keys, actor: Actor, body: MakeKey) -> Made:
    """Raises `OrganizationSuspended`, `NotFound`, `RoleNotGranted`, `KeyExceedsMaker`, `ScopesRequired` and `ExpiryOutOfRange`."""
    look = await reads.look(actor, "make_key")
    require_going_on(look.organization, look.actor, "make_key", look.today)
    person_id, role = body.person_id or actor.person_id, body.role or cast(Role, look.actor.role)
    if not keyring.concerns(look.actor, person_id, ALL):
        raise NotFound
    await require_held(reads, look, person_id, role)
    scopes = None if body.scopes is None else frozenset(body.scopes)
    require_scopes(role, scopes)
    require_own(look.actor, person_id, role)
    require_no_more(look.actor, role, scopes)
    until = expiry(look.actor.until, role, body.expires_at, keys.clock())
    made = await keys.make(actor.tenant, person_id, role, Wanted(name=body.name, scopes=scopes, until=until, by=actor.person_id))
    return await shown(keys, look.actor, made)


async def require_held(reads: Reads, look: Look, person_id: UUID, role: Role) -> None:
    """The person is there, and holds the role today."""
    reading = await reads.store.read(look.actor.tenant, look.actor.tenant, person_id)
    if reading.kind(person_id) != "person":
        raise NotFound
    try:
        acting(reading, Actor(look.actor.tenant, person_id, role, look.actor.key_id), look.today)
    except NotPermitted:
        raise RoleNotGranted(pointer="/role") from None


def require_scopes(role: str, scopes: frozenset[str] | None) -> None:
    """Of a machine it is said what it is for."""
    if role == "integration" and scopes is None:
        raise ScopesRequired(pointer="/scopes")


def require_own(maker: Actor, person_id: UUID, role: str) -> None:
    """Nobody holds a key that speaks as another person: what was done with it would stand in the log as theirs. Machines are nobody."""
    if person_id != maker.person_id and role != "integration":
        raise KeyExceedsMaker("A key for a person is made by that person: let them sign in, or ask the operator.")


def require_no_more(maker: Actor, role: str, scopes: frozenset[str] | None) -> None:
    """Every action that the key could ask for is one of its maker's, and a key of a confined one is confined, whatever it names.

    For a confined key gives fewer roles, too (`domain/person/decide/membership.py`).
    """
    if scopes is None and maker.scopes is not None:
        raise KeyExceedsMaker(
            "A key that is confined to scopes makes and changes only keys with scopes: name those that it needs.", pointer="/scopes"
        )
    if beyond := policy.actions(role, scopes) - policy.actions(maker.role, maker.scopes):
        raise KeyExceedsMaker(actions=sorted(beyond))


def expiry(latest: datetime | None, role: str, wanted: datetime | None, now: datetime) -> datetime | None:
    """When a key ends: never after `latest`, when that ends which it is made with, and that of a machine within a year."""
    ends = [end for end in (latest, now + YEAR if role == "integration" else None) if end is not None]
    if wanted is None:
        return min(ends, default=None)
    if wanted <= now or any(wanted > end for end in ends):
        raise ExpiryOutOfRange(pointer="/expires_at")
    return wanted


async def change(keys: Keys, actor: Actor, kept: Kept, body: ChangeKey) -> Kept:
    """As `kept` was read. Raises as `make` does, and `KeyEnded`, or `PreconditionFailed` when somebody was faster."""
    require_active(kept, keys.clock())
    scopes = None if body.scopes is None else frozenset(body.scopes)
    until = kept.expires_at if body.expires_at == kept.expires_at else expiry(actor.until, kept.role, body.expires_at, keys.clock())
    wanted = (body.name, None if scopes is None else tuple(sorted(scopes)), until)
    if wanted == (kept.name, kept.scopes, kept.expires_at):
        return kept
    require_scopes(kept.role, scopes)
    require_no_more(actor, kept.role, scopes)
    name, allowed, ends = wanted
    with outages():
        done = await SQL.change_key.value(
            keys.pool,
            **{"tenant": actor.tenant, "key": kept.key_id, "expected": kept.version, "by": actor.person_id},
            **{"name": name, "scopes": allowed, "until": ends},
        )
    if not done:
        raise PreconditionFailed
    return await keyring.found(keys, actor, "key", kept.key_id, wholly=ALL)


async def rotate(keys: Keys, actor: Actor, kept: Kept, overlap: timedelta) -> Made:
    """Raises `KeyExceedsMaker`, and as `replace` does."""
    require_active(kept, keys.clock())
    require_own(actor, kept.person_id, kept.role)
    require_no_more(actor, kept.role, None if kept.scopes is None else frozenset(kept.scopes))
    return await shown(keys, actor, await replace(keys, actor.tenant, kept, overlap, by=actor.person_id))


async def replace(keys: Keys, tenant: UUID, kept: Kept, overlap: timedelta, by: UUID | None) -> NewKey:
    """A key like it, for as long as it was made for; the old one ends after the overlap. Raises `KeyEnded` and `KeyReplaced`."""
    now = keys.clock()
    until = None if kept.expires_at is None else now + (kept.expires_at - kept.created_at)
    made = NewKey(uuid7(), new_key())
    with outages():
        done = await SQL.replace_key.value(
            keys.pool,
            **{"tenant": tenant, "key": kept.key_id, "now": now, "old_until": now + overlap, "by": by},
            **{"hash": key_hash(made.key), "new_key": made.key_id, "until": until, "hint": hint(made.key)},
        )
    if not done:
        require_active(await keyring.looked_up(keys, tenant, "key", kept.key_id), now)
        raise KeyEnded
    return made


async def revoke(keys: Keys, actor: Actor, kept: Kept) -> Kept:
    """Ends it at once; one that has ended stays as it is."""
    if await keys.revoke(actor.tenant, kept.key_id, by=actor.person_id):
        return await keyring.found(keys, actor, "key", kept.key_id, wholly=ALL)
    return kept


def require_active(kept: Kept, now: datetime) -> None:
    """Neither ended nor replaced."""
    if kept.standing("key", now) != "active":
        raise KeyEnded
    if kept.replaced_by is not None:
        raise KeyReplaced(replaced_by=kept.replaced_by)


async def shown(keys: Keys, actor: Actor, made: NewKey) -> Made:
    return Made(await keyring.found(keys, actor, "key", made.key_id, wholly=ALL), made.key)
