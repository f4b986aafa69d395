"""What a person's record holds of their profession: credentials, and the logs that were handed in for them."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from msgspec import Struct

from domain.credential import CredentialBody, CredentialLevel, DevelopmentKind
from domain.values import Digest, OfPerson, StoredCode


class Credential(Struct, frozen=True, kw_only=True):
    """What was last recorded of a body: without a level the coach is still in education.

    `recorded_at` is the version of the stream, `since` when that was; None when it was imported, which causes no reminder.
    """

    body: CredentialBody
    level: CredentialLevel | None
    number: OfPerson[str] | None
    issued_on: date | None
    valid_until: date | None
    education_start: date | None
    recorded_at: int
    since: datetime | None


class Development(Struct, frozen=True, kw_only=True):
    """Time that a coach spent on their own profession. `since` is when it was recorded; None when it was imported."""

    id: UUID
    kind: DevelopmentKind
    held_on: date
    minutes: int
    since: datetime | None


class LogExport(Struct, frozen=True, kw_only=True):
    """A log that was handed in: every session up to a day, as the organization's log stood at a position."""

    id: UUID
    body: CredentialBody
    ruleset: StoredCode
    through: date
    as_of_position: int
    digest: Digest
