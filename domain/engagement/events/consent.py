"""What the client lets others see, and takes back."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from msgspec import Struct

from domain.event import Event, stored
from domain.glossary import Disclosure, Role


class Recipient(Struct, frozen=True, kw_only=True):
    """To whom a consent lets something be shown: everybody of a role, or one person; exactly one of the two."""

    role: Role | None = None
    person_id: UUID | None = None


@stored("engagement.disclosure_consent_granted")
class DisclosureConsentGranted(Event, frozen=True):
    """The client lets somebody see these classes of content, for good or until a last day."""

    subjects: tuple[Disclosure, ...]
    recipient: Recipient
    until: date | None


@stored("engagement.disclosure_consent_withdrawn")
class DisclosureConsentWithdrawn(Event, frozen=True):
    """The client took the consent for these classes back: at once, and whatever was promised."""

    subjects: tuple[Disclosure, ...]
    recipient: Recipient
