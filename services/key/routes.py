"""API keys over HTTP: a person's own, and for administrators those of everyone."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any, Final
from uuid import UUID

from litestar import HttpMethod, Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from msgspec import UNSET

from domain.errors import NotFound
from services import keyring
from services.actor import Actor
from services.entry.auth import Keys
from services.errors import (
    ExpiryOutOfRange,
    KeyEnded,
    KeyExceedsMaker,
    KeyReplaced,
    PreconditionFailed,
    PreconditionRequired,
    RoleNotGranted,
    ScopesRequired,
)
from services.key import life
from services.key.answers import (
    ChangeKey,
    KeyAnswer,
    KeyHistoryAnswer,
    KeysAnswer,
    MakeKey,
    NewKeyAnswer,
    RevokeKey,
    RotateKey,
    key_answer,
    key_history,
    new_key_answer,
)
from services.keyring import Kept
from services.reading.cursor import read_cursor, write_cursor
from services.reading.reads import PROFILE, Reads
from services.reading.route import CURSOR, LIMIT, read
from services.setting import NO_STORE, body_of, kept, require_version, setting

PATH: Final = "/v1/keys"
PERSON: Final = QueryParameter(description="Only the keys of this person.")
ENDED: Final = QueryParameter(description="With those that expired or were revoked.")
LIMITS: Final = (KeyExceedsMaker, ScopesRequired, ExpiryOutOfRange)


@setting(
    HttpMethod.POST,
    PATH,
    "make_key",
    MakeKey,
    NewKeyAnswer,
    "Make a key.\n\nFor yourself in your role, or as an administrator for a machine, in the role integration; for no more than you may "
    "yourself. The answer shows the key, this once: an answer that is lost cannot be asked for again, with an "
    "Idempotency-Key neither: revoke that key, and make another.",
    status=201,
    refusals=(RoleNotGranted, *LIMITS),
)
async def make_key(
    request: Request[Any, Any, Any], actor: NamedDependency[Actor], reads: NamedDependency[Reads], keys: NamedDependency[Keys]
) -> Response[bytes | None]:
    made = await life.make(reads, keys, actor, await body_of(request, MakeKey))
    return await once(request, keys, actor, made)


@read(PATH, "list_keys", KeysAnswer, "List keys.\n\nYour own, or for administrators and auditors everyone's; the newest first.")
async def list_keys(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    keys: NamedDependency[Keys],
    person: Annotated[UUID | None, PERSON] = None,
    ended: Annotated[bool, ENDED] = False,
    limit: Annotated[int, LIMIT] = 50,
    cursor: Annotated[str | None, CURSOR] = None,
) -> Response[bytes | None]:
    look = await reads.look(actor, "list_keys")
    if not keyring.concerns(look.actor, person, "read_all_keys"):
        if person is not None:
            raise NotFound
        person = actor.person_id
    page = keyring.Page(person, ended, read_cursor(cursor), limit + 1)
    rows = await keyring.listed(keys, actor.tenant, "key", page)
    items = tuple(key_answer(row, keys.clock()) for row in rows[:limit])
    await reads.note(look, [(row.person_id, PROFILE) for row in rows[:limit]])
    return kept(request, KeysAnswer(items=items, next_cursor=write_cursor(items[-1].id) if len(rows) > limit else UNSET))


@read(f"{PATH}/{{id:uuid}}", "read_key", KeyHistoryAnswer, "Look at a key.\n\nHow it stands, and all that was ever done to it, by whom.")
async def read_key(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    keys: NamedDependency[Keys],
    id: FromPath[UUID],
) -> Response[bytes | None]:
    found = await about(reads, keys, actor, "read_key", id, wholly="read_all_keys")
    steps = await keyring.steps(keys, actor.tenant, id)
    return kept(request, key_history(found, keys.clock(), steps), found.version)


@setting(
    HttpMethod.PUT,
    f"{PATH}/{{id:uuid}}",
    "change_key",
    ChangeKey,
    KeyAnswer,
    "Change a key.\n\nIts name, scopes and expiry, all three. Send the ETag of what you read as If-Match.",
    refusals=(*LIMITS, KeyEnded, KeyReplaced, PreconditionFailed, PreconditionRequired),
    versioned=True,
)
async def change_key(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    keys: NamedDependency[Keys],
    id: FromPath[UUID],
) -> Response[bytes | None]:
    body = await body_of(request, ChangeKey)
    found = await about(reads, keys, actor, "change_key", id)
    require_version(request, found.version)
    changed = await life.change(keys, actor, found, body)
    return await done(request, keys, actor, changed)


@setting(
    HttpMethod.POST,
    f"{PATH}/{{id:uuid}}/rotate",
    "rotate_key",
    RotateKey,
    NewKeyAnswer,
    "Rotate a key.\n\nA new key of the same kind at once; the old one goes on for `overlap_hours`, and then ends. The answer shows the "
    "new key, this once.",
    status=201,
    refusals=(KeyExceedsMaker, KeyEnded, KeyReplaced),
)
async def rotate_key(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    keys: NamedDependency[Keys],
    id: FromPath[UUID],
) -> Response[bytes | None]:
    body = await body_of(request, RotateKey)
    found = await about(reads, keys, actor, "rotate_key", id)
    return await once(request, keys, actor, await life.rotate(keys, actor, found, timedelta(hours=body.overlap_hours)))


@setting(
    HttpMethod.POST,
    f"{PATH}/{{id:uuid}}/revoke",
    "revoke_key",
    RevokeKey,
    KeyAnswer,
    "Revoke a key.\n\nIt opens nothing from the next request on. One that has ended stays as it is.",
)
async def revoke_key(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    keys: NamedDependency[Keys],
    id: FromPath[UUID],
) -> Response[bytes | None]:
    await body_of(request, RevokeKey)
    ended = await life.revoke(keys, actor, await about(reads, keys, actor, "revoke_key", id))
    return await done(request, keys, actor, ended)


async def about(reads: Reads, keys: Keys, actor: Actor, action: str, id: UUID, *, wholly: str = life.ALL) -> Kept:
    """The key that the request is about, if the actor may do this to it. Raises `NotFound`, `NotPermitted` and `ScopeMissing`."""
    look = await reads.look(actor, action)
    found = await keyring.found(keys, look.actor, "key", id, wholly=wholly)
    await reads.note(look, [(found.person_id, PROFILE)])
    return found


async def done(request: Request[Any, Any, Any], keys: Keys, actor: Actor, found: Kept) -> Response[bytes | None]:
    """A key that was changed."""
    now = keys.clock()
    steps = await keyring.steps(keys, actor.tenant, found.key_id)
    return kept(request, key_answer(found, now), found.version, read=key_history(found, now, steps))


async def once(request: Request[Any, Any, Any], keys: Keys, actor: Actor, made: life.Made) -> Response[bytes | None]:
    """What nobody may keep in between, for it holds the key."""
    now, new = keys.clock(), made.kept
    steps = await keyring.steps(keys, actor.tenant, new.key_id)
    headers = {"Location": f"{PATH}/{new.key_id}", **NO_STORE}
    answer, read = new_key_answer(new, now, made.key), key_history(new, now, steps)
    return kept(request, answer, new.version, status=201, headers=headers, read=read)


ROUTES: Final = (make_key, list_keys, read_key, change_key, rotate_key, revoke_key)
