"""What the client may let others see."""

from __future__ import annotations

from datetime import date
from typing import Annotated, TypeAlias

from msgspec import Meta

from domain.command import Command
from domain.engagement.events import Recipient
from domain.glossary import Disclosure

Disclosures: TypeAlias = Annotated[tuple[Disclosure, ...], Meta(min_length=1, max_length=5)]


class RecipientBody(Recipient, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """To whom a consent lets something be shown: everybody of a role, or one person; exactly one of the two."""

    def __post_init__(self) -> None:
        if (self.role is None) == (self.person_id is None):
            raise ValueError("name a role or a person, and not both")


class GrantDisclosureConsent(Command, frozen=True, kw_only=True):
    """Lets somebody see classes of content, for good or until a last day. Only the client can.

    The sponsor can be shown what the information flows of the agreement name, once the client has signed it.
    """

    subjects: Disclosures
    recipient: RecipientBody
    until: date | None = None


class WithdrawDisclosureConsent(Command, frozen=True, kw_only=True):
    """Takes consent back, at once. Only the client can, and always."""

    subjects: Disclosures
    recipient: RecipientBody
