"""Sign-ins as the API shows them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from msgspec import UNSET, Struct, UnsetType

from services.keyring import Kept, Standing


class SignInAnswer(Struct, frozen=True, kw_only=True):
    """Somebody's use of the pages in one browser, begun by a `key` or a `mail_link`.

    It ends at `ends_at`, later while it is used, but never after `lasts_until`. `current`: it is the one that asks.
    """

    id: UUID
    person_id: UUID
    role: str
    how: str | None
    state: Standing
    began_at: datetime
    last_used_at: datetime | None
    ends_at: datetime | None
    lasts_until: datetime | None
    revoked_at: datetime | None
    current: bool


class SignInsAnswer(Struct, frozen=True, kw_only=True):
    """A page of sign-ins, the newest first; `next_cursor` leads to the next one."""

    items: tuple[SignInAnswer, ...]
    next_cursor: str | UnsetType = UNSET


class RevokeSignIn(Struct, frozen=True, kw_only=True):
    """Nothing needs to be said."""


class RevokeOtherSignIns(Struct, frozen=True, kw_only=True):
    """`person_id`: whose, where you administer the organization; left out, your own."""

    person_id: UUID | None = None


class RevokedAnswer(Struct, frozen=True, kw_only=True):
    """How many sign-ins were ended."""

    ended: int


def sign_in_answer(kept: Kept, now: datetime, asking: UUID) -> SignInAnswer:
    return SignInAnswer(
        id=kept.key_id,
        person_id=kept.person_id,
        role=kept.role,
        how=kept.how,
        state=kept.standing("sign_in", now),
        began_at=kept.created_at,
        last_used_at=kept.last_used_at,
        ends_at=kept.ends_at("sign_in"),
        lasts_until=kept.expires_at,
        revoked_at=kept.revoked_at,
        current=kept.key_id == asking,
    )
