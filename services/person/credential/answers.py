"""The log of a coach's hours as the API shows it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final
from uuid import UUID

from msgspec import UNSET, Struct, UnsetType

from domain.credential import CredentialBody, DevelopmentKind
from domain.engagement.events import EngagementKind
from domain.person.credential import Credential, Development, LogExport
from domain.values import Code, Digest
from projections.credential.line import Line
from projections.credential.load import Load
from projections.credential.progress import LevelProgress
from projections.kpi.value import PLACES
from services.reading.view import Text

NOT_KNOWN: Final = ("reciprocal_halves",)
"""What sessions do not say: whether coach and client changed places in the middle, when only the half as a coach counts."""


class CredentialAnswer(Struct, frozen=True, kw_only=True):
    """What was last recorded of a body. Without a level the coach is in education, since `education_start`."""

    body: CredentialBody
    level: Code | None
    number: Text | None
    issued_on: date | None
    valid_until: date | None
    education_start: date | None


class ExportAnswer(Struct, frozen=True, kw_only=True):
    """A log that was handed in; `digest` is over the sessions that it held, as of that position."""

    id: UUID
    body: CredentialBody
    ruleset: Code
    through: date
    as_of_position: int
    digest: Digest


class DevelopmentAnswer(Struct, frozen=True, kw_only=True):
    """Time that the coach spent on their own profession: in supervision, or in training."""

    id: UUID
    kind: DevelopmentKind
    held_on: date
    minutes: int


class CounterAnswer(Struct, frozen=True, kw_only=True):
    """Minutes that were added or taken away after the log was handed in."""

    version: int
    on: date
    minutes: int


class SessionLineAnswer(Struct, frozen=True, kw_only=True):
    """One session of a log. `minutes` as they were handed in, else as they stand; `hours` with the counter-entries.

    `reason` says why it does not count: before_education, education_unknown or group_too_large. `version` is that of the event.
    """

    session_id: UUID
    engagement_id: UUID
    on: date
    minutes: int
    hours: Decimal
    pro_bono: bool
    head_count: int
    counts: bool
    reason: Code | None
    version: int
    counters: tuple[CounterAnswer, ...]


class RelationshipAnswer(Struct, frozen=True, kw_only=True):
    """One client, or one group by one of its members; minutes are those that count.

    Name and address stand there where the client consents to be listed by this coach, and only for the coach. Without that consent
    the hours are there, and the client is left out of what is shown to the body. `last_on` is null while the coaching goes on.
    """

    kind: EngagementKind
    client_id: UUID
    consents: bool
    name: Text | None
    email: Text | None
    first_on: date
    last_on: date | None
    paid_minutes: int
    pro_bono_minutes: int
    head_count: int | None
    sessions: tuple[SessionLineAnswer, ...]


class CredentialLogAnswer(Struct, frozen=True, kw_only=True):
    """The hours of a coach by the rules of a body, up to a day.

    `development` is what the coach did for their own profession, for whom the log is. `levels` (KPI 29) say how far they come towards each level, `load` (KPI 28) how much they have to do today. `relationships`, the
    log itself, is for the coach, and without names for an auditor; those who run the organization see numbers only. `not_known` is
    what sessions do not say, and the coach has to answer for.
    """

    person_id: UUID
    body: CredentialBody
    ruleset: Code
    on: date
    credentials: tuple[CredentialAnswer, ...]
    sessions: int
    paid_minutes: int
    pro_bono_minutes: int
    paid_hours: Decimal
    pro_bono_hours: Decimal
    uncounted_minutes: int
    levels: tuple[LevelProgress, ...]
    load: Load
    exports: tuple[ExportAnswer, ...]
    not_known: tuple[Code, ...]
    relationships: tuple[RelationshipAnswer, ...] | UnsetType = UNSET
    development: tuple[DevelopmentAnswer, ...] | UnsetType = UNSET


def hours(minutes: int) -> Decimal:
    """Minutes of the clock in hours: 45 are 0.75. Exact, or rounded to four places where it has no end."""
    exact = Fraction(minutes, 60)
    return (Decimal(exact.numerator) / exact.denominator).quantize(PLACES)


def credential_answer(one: Credential, number: Text | None) -> CredentialAnswer:
    return CredentialAnswer(
        body=one.body,
        level=one.level,
        number=number,
        issued_on=one.issued_on,
        valid_until=one.valid_until,
        education_start=one.education_start,
    )


def development_answer(one: Development) -> DevelopmentAnswer:
    return DevelopmentAnswer(id=one.id, kind=one.kind, held_on=one.held_on, minutes=one.minutes)


def export_answer(one: LogExport) -> ExportAnswer:
    return ExportAnswer(
        id=one.id, body=one.body, ruleset=one.ruleset, through=one.through, as_of_position=one.as_of_position, digest=one.digest
    )


def line_answer(line: Line) -> SessionLineAnswer:
    return SessionLineAnswer(
        session_id=line.session_id,
        engagement_id=line.engagement_id,
        on=line.on,
        minutes=line.minutes,
        hours=hours(line.total),
        pro_bono=line.pro_bono,
        head_count=line.head_count,
        counts=line.reason is None,
        reason=line.reason,
        version=line.version,
        counters=tuple(CounterAnswer(version=one.version, on=one.on, minutes=one.minutes) for one in line.counters),
    )
