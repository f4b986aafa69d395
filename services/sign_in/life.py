"""The life of a sign-in: begun with a secret that nobody had before, used by its cookie, ended."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final, Literal, TypeAlias, cast
from uuid import UUID

from litestar.datastructures import Cookie

from domain.errors import NotPermitted
from domain.glossary import Role
from services import keyring
from services.entry.auth import COOKIE, Keys, Wanted
from services.errors import Unauthenticated

LASTS: Final = timedelta(hours=12)
"""The longest that a sign-in goes on, however much it is used."""

How: TypeAlias = Literal["key", "mail_link"]
"""By what somebody showed who they are."""


class SignIns:
    """What the pages' cookie holds. Each is a key of its own kind, which the API's header does not take."""

    def __init__(self, keys: Keys) -> None:
        self.keys = keys

    async def begin(
        self,
        tenant: UUID,
        person_id: UUID,
        role: Role,
        *,
        secure: bool,
        how: How,
        until: datetime | None = None,
        scopes: frozenset[str] | None = None,
    ) -> Cookie:
        """A cookie with a new secret, whatever the browser brought: one that somebody else put there is never kept.

        It ends after `LASTS`, after two hours without use, and by `until`.
        """
        now = self.keys.clock()
        ends = min(now + LASTS, until or datetime.max.replace(tzinfo=UTC))
        wanted = Wanted("sign_in", scopes=scopes, until=ends, by=person_id, how=how, bound=until)
        made = await self.keys.make(tenant, person_id, role, wanted)
        return session_cookie(made.key, int((ends - now).total_seconds()), secure=secure)

    async def sign_in(self, key: str, *, secure: bool) -> Cookie:
        """By a key, which the cookie never shows, nor outlives, nor does more than. Raises `Unauthenticated`."""
        actor, kind, until = await self.keys.held(key)
        if kind != "key":
            raise Unauthenticated
        role = cast(Role, actor.role)
        return await self.begin(actor.tenant, actor.person_id, role, secure=secure, how="key", until=until, scopes=actor.scopes)

    async def switch(self, session: str, role: Role, *, secure: bool) -> Cookie:
        """Goes on in another role, which the caller has asked about: with a new secret, up to when the old sign-in would have ended.

        Who signed in by a key is who that key says, and no more. Raises `NotPermitted` and `Unauthenticated`.
        """
        actor = await self.keys.find(session)
        kept = await keyring.looked_up(self.keys, actor.tenant, "sign_in", actor.key_id)
        if kept.how != "mail_link" or kept.expires_at is None:
            raise NotPermitted("You signed in by a key, which is of one role: sign in by a mailed link to act in another one.")
        wanted = Wanted("sign_in", until=kept.expires_at, by=actor.person_id, how=kept.how)
        made = await self.keys.make(actor.tenant, actor.person_id, role, wanted)
        await self.keys.revoke(actor.tenant, actor.key_id, kind="sign_in", by=actor.person_id)
        return session_cookie(made.key, int((kept.expires_at - self.keys.clock()).total_seconds()), secure=secure)

    async def sign_out(self, session: str, *, secure: bool) -> Cookie:
        """Ends what a cookie began, and returns the cookie that removes it from the browser. Raises `Unauthenticated`."""
        actor, kind, _ = await self.keys.held(session)
        if kind != "sign_in":
            raise Unauthenticated
        await self.keys.revoke(actor.tenant, actor.key_id, kind=kind, by=actor.person_id)
        return session_cookie("", 0, secure=secure)


def session_cookie(value: str, seconds: int, *, secure: bool) -> Cookie:
    return Cookie(key=COOKIE, value=value, path="/", max_age=seconds, httponly=True, secure=secure, samesite="strict")
