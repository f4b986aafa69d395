"""Anonymous answers while they wait, and the secrets in the links by which they are given: beside the log, which would keep for ever when
each was given, and gone with the append that takes them in (`waiting`).

What the promise does not reach: the server's write-ahead log, backups, and dead rows until they are vacuumed still hold what stood here.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
from collections.abc import Collection
from datetime import datetime
from typing import Any, Final, Literal, NamedTuple, TypeAlias
from uuid import UUID, uuid4

from domain.errors import SubjectErased
from domain.errors.assessment import OneAtATime
from domain.values import ERASED
from infra.eventstore.append import Waiting
from infra.eventstore.opening import Opener, SealedAt
from infra.eventstore.outage import outages
from infra.eventstore.reading import Reading
from infra.eventstore.sealing import Place, seal
from infra.eventstore.vault import Holder, Vault
from infra.postgres import Pool

SECRET: Final = 25  # bytes: with the two ids a whole number of base64's triples
Outcome: TypeAlias = Literal["ok", "unknown", "over", "used", "conflict"]
"""What came of an answer: taken; no such link; its time is over; answered before; the stream changed meanwhile, read it again."""


class Link(NamedTuple):
    """What a link holds: where its secret stands, so that nothing has to be looked up before it is known whose it is."""

    tenant: UUID
    stream: UUID
    secret: bytes

    @property
    def hash(self) -> bytes:
        return hashlib.sha256(self.secret).digest()

    def text(self) -> str:
        return base64.urlsafe_b64encode(self.tenant.bytes + self.stream.bytes + self.secret).decode()


class Holds(NamedTuple):
    """Whose link it is, until when, and whether they answered already."""

    respondent: UUID
    ends_at: datetime
    used: bool


class Told(NamedTuple):
    """How many links a respondent was sent, and when the last one; whether they answered."""

    respondent: UUID
    mails: int
    last_at: datetime
    used: bool


class Count(NamedTuple):
    """How many were sent a link, and how many answered."""

    invited: int
    answered: int


def link(text: str) -> Link | None:
    """The link of that text, None when it is none."""
    try:
        raw = base64.b64decode(text.encode("ascii"), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        return None
    return Link(UUID(bytes=raw[:16]), UUID(bytes=raw[16:32]), raw[32:]) if len(raw) == 32 + SECRET else None


class Answers:
    """Links and answers of one installation. Each method is one statement, outside of any transaction."""

    def __init__(self, pool: Pool, vault: Vault) -> None:
        self.pool = pool
        self.vault = vault

    async def invite(self, tenant: UUID, stream: UUID, respondent: UUID, ends_at: datetime) -> Link | None:
        """A new link for a mail to a respondent; None for one who answered already. Earlier links of theirs go on."""
        made = Link(tenant, stream, os.urandom(SECRET))
        with outages():
            is_made = await self.pool.of(tenant).fetchval(
                "SELECT es.add_rater_token($1, $2, $3, $4, $5)", tenant, stream, respondent, made.hash, ends_at
            )
        return made if is_made else None

    async def withdraw(self, tenant: UUID, stream: UUID, respondent: UUID, of: Link | None = None) -> None:
        """Ends a respondent's links, or one of them, whose mail did not go out. Of one who answered they stay: that answer counts."""
        with outages():
            await self.pool.of(tenant).execute("SELECT es.end_rater_tokens($1, $2, $3, $4)", tenant, stream, respondent, of and of.hash)

    async def holds(self, of: Link) -> Holds | None:
        """Whose link it is; None when there is no such one, or what it is about was closed."""
        with outages():
            row = await self.pool.of(of.tenant).fetchrow("SELECT * FROM es.find_rater_token($1, $2, $3)", of.tenant, of.stream, of.hash)
        return Holds(*row) if row else None

    async def told(self, tenant: UUID, stream: UUID) -> dict[UUID, Told]:
        """The respondents who were sent a link."""
        with outages():
            rows = await self.pool.of(tenant).fetch("SELECT * FROM es.raters_told($1, $2)", tenant, stream)
        return {row["rater_id"]: Told(*row) for row in rows}

    async def counts(self, tenant: UUID, streams: Collection[UUID]) -> dict[UUID, Count]:
        """How many answered in each of the streams that wait for any."""
        with outages():
            rows = await self.pool.of(tenant).fetch("SELECT * FROM es.count_answers($1, $2)", tenant, list(streams))
        return {row["stream_id"]: Count(row["invited"], row["answered"]) for row in rows}

    async def submit(self, of: Link, version: int, holder: Holder, answer: Any) -> Outcome:
        """Lets an answer wait, if the stream is still at that version. `holder` is whom it is about, in the stream's realm.

        Raises `SubjectErased`, or `Unavailable`.
        """
        source = self.pool.of(of.tenant)
        with outages():
            key = (await self.vault.sealing_keys(source, of.tenant, [holder]))[holder]
            sealed = seal(answer, key, Place(of.tenant, of.stream, holder.realm)).encode()
            outcome = await source.fetchval(
                "SELECT es.add_answer($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                *(of.tenant, of.stream, version, of.hash, uuid4(), sealed, *holder, key.v),
            )
        if outcome == "erased":
            self.vault.forget(of.tenant)
            raise SubjectErased
        if outcome == "keyless":
            self.vault.forget(of.tenant)
            return "conflict"
        return outcome  # type: ignore[no-any-return]  # one of the others


async def guarded(reading: Reading, stream: UUID) -> list[SealedAt]:
    """The answers that wait in a stream which was read, sealed: they must be the same ones when the command is appended.

    Of one stream in an append: raises `OneAtATime` for a second.
    """
    if reading.waiting is not None and reading.waiting.stream != stream:
        raise OneAtATime
    with outages():
        rows = await reading.source.fetch("SELECT * FROM es.answers($1, $2)", reading.tenant, stream)
    reading.waiting = Waiting(stream, tuple(row["answer_id"] for row in rows))
    realm = reading.engagement_of(stream) or stream
    return [SealedAt(stream, realm, row["sealed"].decode()) for row in rows]


async def waiting(reading: Reading, stream: UUID) -> list[Any]:
    """The same ones opened, for what closes the stream and takes them in: in the order of random ids, none about who was erased."""
    sealed = await guarded(reading, stream)
    with outages():
        opened = await Opener(reading.vault).open(reading.source, reading.tenant, sealed)
    return [value for value in opened.values() if value is not ERASED]


async def reminded(reading: Reading, stream: UUID) -> int:
    """How many mails reminded the respondents of a stream: all but the first of each."""
    with outages():
        rows = await reading.source.fetch("SELECT mails FROM es.raters_told($1, $2)", reading.tenant, stream)
    return sum(row["mails"] - 1 for row in rows)
