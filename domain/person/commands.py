"""What may be asked of a person's record."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from msgspec import Meta, field

from domain.command import Command
from domain.credential import CredentialBody, DevelopmentKind
from domain.glossary import Role
from domain.person.erasure import Basis, DestroyedKey
from domain.person.events import ProfileSource, Source
from domain.values import Code, EmailAddress, Label, Line, Prose, TimeZone


class RegisterPerson(Command, frozen=True, kw_only=True):
    """Makes a person known to the organization. The address is unique in it, whatever its upper and lower case.

    A locale or a time zone that is left out is the organization's. A locale is a language tag (BCP 47) such as de or de-AT.
    """

    name: Line
    email: EmailAddress
    locale: Label | None = None
    time_zone: TimeZone | None = None
    source: Source = "invite"


class GrantMembership(Command, frozen=True, kw_only=True):
    """Lets a person act in a role, in one program or in the whole organization, for good or until a last day.

    An integration, or a key that is confined to scopes, grants client, coach and sponsor: an administrator grants the others.
    """

    role: Role
    program_id: UUID | None = None
    until: date | None = None


class ChangeMembershipRole(Command, frozen=True, kw_only=True):
    """Puts another role in the place of one that a person holds, in the same scope and up to the same last day.

    `from` is the role as you read it. `program_id` names the scope that it is held in; left out, the whole organization. Say why:
    a code of the organization's list, at least ten characters of reason, or both.
    """

    from_: Role = field(name="from")
    to: Role
    program_id: UUID | None = None
    reason_code: Code | None = None
    reason: Prose | None = None


class RevokeMembership(Command, frozen=True, kw_only=True):
    """Takes a role back, at once: the very next request that a key or a session makes in it is refused.

    `program_id` names the scope that the role is held in; left out, the whole organization. Say why: a code of the organization's
    list, at least ten characters of reason, or both. The last administrator stays: grant the role to another person first.
    """

    role: Role
    program_id: UUID | None = None
    reason_code: Code | None = None
    reason: Prose | None = None


class RecordCoachCredential(Command, frozen=True, kw_only=True):
    """Records what a body, icf or emcc, says of a coach, in the place of what was recorded of that body before.

    `level` is one of the rules that the organization follows: acc, pcc or mcc; foundation, practitioner, senior_practitioner or
    master_practitioner. Who is still in education leaves it out, with `number` and the dates of the credential. `education_start` is
    when the coach's education began: only hours after it count for a credential of ICF.
    """

    body: CredentialBody
    level: Code | None = None
    number: Line | None = None
    issued_on: date | None = None
    valid_until: date | None = None
    education_start: date | None = None


class RecordCoachDevelopment(Command, frozen=True, kw_only=True):
    """Records time that a coach spent on their own profession: `supervision` with a coach supervisor, or `training`.

    EMCC asks for both each year; the log of hours says how far they come. Who was supervised is reminded after a quarter without.
    """

    kind: DevelopmentKind
    held_on: date
    minutes: Annotated[int, Meta(ge=1, le=480)]


class WithdrawCoachDevelopment(Command, frozen=True, kw_only=True):
    """Takes back what was recorded by mistake of a coach's own development. Why is said by a code, by a reason, or both."""

    development_id: UUID
    reason_code: Code | None = None
    reason: Prose | None = None


class ExportCredentialLog(Command, frozen=True, kw_only=True):
    """Hands in your own log for a body, up to today: read it as it is then, as JSON or CSV.

    The time of every session in it is settled by that. Afterwards it changes by counter-session-time alone, and what was changed
    stands in the log as a line of its own.
    """

    body: CredentialBody


class GrantListingConsent(Command, frozen=True, kw_only=True):
    """Lets a coach name you, with your address, in the logs of hours that they show for a credential. Only you can."""

    coach_id: UUID


class WithdrawListingConsent(Command, frozen=True, kw_only=True):
    """Takes that consent back, at once: no log names you any more. Only you can, and always."""

    coach_id: UUID


class ChangePersonProfile(Command, frozen=True, kw_only=True):
    """Changes somebody's name, address, language or time zone; what is left out stays. Your own, or anybody's as an administrator.

    `seen` is the `profile_version` that you read. A new address takes the place of the old one once a link that is mailed to it was
    followed, three days after it was named at the earliest and fourteen at the latest. The old one is told at once, with a link that
    stops it; naming the present address stops it, too. Until then mails, and links to sign in, go to the old one. What the
    organization's directory manages is changed there: only an integration says `source` scim or import.
    """

    seen: Annotated[int, Meta(ge=1)]
    name: Line | None = None
    email: EmailAddress | None = None
    locale: Label | None = None
    time_zone: TimeZone | None = None
    source: ProfileSource = "hand"


class ConfirmAddress(Command, frozen=True, kw_only=True):
    """Puts an address that waits in the place of the present one: sent by the link in the mail to the new address."""


class KeepAddress(Command, frozen=True, kw_only=True):
    """Keeps the present address, whatever waits: sent by the link in the mail to it."""


class LinkIdentity(Command, frozen=True, kw_only=True):
    """Says as whom a person signs in at a provider of identities. `subject` is the provider's own lasting id of them, never an address."""

    provider: Code
    subject: Line


class DeprovisionPerson(Command, frozen=True, kw_only=True):
    """Takes note that somebody has left: all their roles end at once, and with them keys, sign-ins and mailed links.

    Nothing that is under way keeps a leaver: engagements that lose their coach are shown to the program manager. Only the last
    administrator stays. `managers_notified`: those whose programs the person coached in know of it.
    """

    source: ProfileSource = "hand"
    leaver_date: date | None = None
    managers_notified: bool = False


class RequestPersonErasure(Command, frozen=True, kw_only=True):
    """Has a person erased, for good: nobody can undo it. Their roles end at once, and their words are destroyed within minutes.

    Of a client everything that was written in their own engagements goes, whoever wrote it; of anybody what they wrote, and their
    name and address. Ids, dates and numbers stay, and so do proofs. `seen` is the `profile_version` that you read.
    """

    basis: Basis
    seen: Annotated[int, Meta(ge=1)]


class DestroyedKeyBody(DestroyedKey, frozen=True, forbid_unknown_fields=True):
    """A key that is no more: whose it was, in which realm, which of theirs."""


class ErasePerson(Command, frozen=True, kw_only=True):
    """Notes that the keys of a person were destroyed, and with them those of the engagements in which they alone were coached."""

    realms: tuple[UUID, ...]
    keys: tuple[DestroyedKeyBody, ...]
