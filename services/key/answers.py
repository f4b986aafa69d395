"""A key as the API shows it, and what is sent to make or change one."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, TypeAlias
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from domain.glossary import Role
from domain.values import ONE_LINE, Instant
from services.keyring import Did, Kept, Standing, Step
from services.permission.scope import SCOPES, Scope

KeyName: TypeAlias = Annotated[str, Meta(min_length=1, max_length=80, pattern=ONE_LINE)]
Scopes: TypeAlias = Annotated[tuple[Scope, ...], Meta(min_length=1, max_length=len(SCOPES))]


class MakeKey(Struct, frozen=True, kw_only=True):
    """A key for yourself, or as an administrator for a machine: somebody in the role integration.

    Left out, it is for you and your role. `name` says what it is for, and names nobody. Without `scopes` it may all that the
    role may. A key for the role integration needs scopes, and expires within a year: left out, in a year.
    """

    name: KeyName
    person_id: UUID | None = None
    role: Role | None = None
    scopes: Scopes | None = None
    expires_at: Instant | None = None


class ChangeKey(Struct, frozen=True, kw_only=True):
    """How the key is to stand from now on, all of it: null scopes are all that the role may, a null `expires_at` is never."""

    name: KeyName
    scopes: Scopes | None
    expires_at: Instant | None


class RotateKey(Struct, frozen=True, kw_only=True):
    """`overlap_hours`: how long the old key goes on, at most a week."""

    overlap_hours: Annotated[int, Meta(ge=0, le=168)] = 24


class RevokeKey(Struct, frozen=True, kw_only=True):
    """Nothing needs to be said."""


class KeyAnswer(Struct, frozen=True, kw_only=True):
    """A key. `hint` is how it begins, `last_used_at` is to the minute; `scopes` null: all that the role may.

    `created_by` null is the operator. A key that was made instead of another one names it in `replaces`, which names it in
    `replaced_by`.
    """

    id: UUID
    person_id: UUID
    role: str
    name: str | None
    state: Standing
    scopes: tuple[str, ...] | None
    hint: str | None
    created_at: datetime
    created_by: UUID | None
    expires_at: datetime | None
    revoked_at: datetime | None
    last_used_at: datetime | None
    replaces: UUID | None
    replaced_by: UUID | None


class NewKeyAnswer(KeyAnswer, frozen=True, kw_only=True):
    """A key that was just made, with what opens the door: `key` is shown this once. Lost, it is revoked and another one made."""

    key: str


class KeyStepAnswer(Struct, frozen=True, kw_only=True):
    """Something that was done to a key: who did it (null: the operator), when, and how it stood from then on."""

    what: Did
    at: datetime
    by: UUID | None
    name: str | None
    scopes: tuple[str, ...] | None
    expires_at: datetime | None


class KeyHistoryAnswer(KeyAnswer, frozen=True, kw_only=True):
    """A key with all that was ever done to it, the first step first."""

    steps: tuple[KeyStepAnswer, ...]


class KeysAnswer(Struct, frozen=True, kw_only=True):
    """A page of keys, the newest first; `next_cursor` leads to the next one."""

    items: tuple[KeyAnswer, ...]
    next_cursor: str | UnsetType = UNSET


def key_answer(kept: Kept, now: datetime) -> KeyAnswer:
    return KeyAnswer(**told(kept, now))


def new_key_answer(kept: Kept, now: datetime, key: str) -> NewKeyAnswer:
    return NewKeyAnswer(**told(kept, now), key=key)


def key_history(kept: Kept, now: datetime, steps: list[Step]) -> KeyHistoryAnswer:
    return KeyHistoryAnswer(**told(kept, now), steps=tuple(KeyStepAnswer(**step._asdict()) for step in steps))


def told(kept: Kept, now: datetime) -> dict[str, Any]:
    """The fields that every form of a key has."""
    same = {name: getattr(kept, name) for name in KeyAnswer.__struct_fields__ if name in Kept._fields}
    return {**same, "id": kept.key_id, "state": kept.standing("key", now)}
