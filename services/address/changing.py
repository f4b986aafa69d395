"""What a link about another address lets whoever reads the mail do at this moment, and that it is done."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from datetime import datetime
from typing import Final, Literal, NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

from domain.command import Command
from domain.errors import Refusal, StreamErased
from domain.errors.organization import OrganizationSuspended
from domain.errors.person import PersonExists
from domain.organization.state import OrganizationState
from domain.person.commands import ConfirmAddress, KeepAddress
from domain.person.state import PersonState
from infra.eventstore.answer import Link, link
from infra.eventstore.errors import NoKeys
from services.actor import reader_of_mail
from services.address.link import PURPOSES, AddressLinks, Purpose
from services.command.execution import Commands
from services.wording.language import ENGLISH, Language, language_of

Standing: TypeAlias = Literal["open", "early", "done", "taken", "resting", "unknown"]
"""How a link stands. What there never was, or waits no more, is `unknown`, in the same words; `taken`: another person has it by now."""
COMMANDS: Final[Mapping[Purpose, Command]] = {"confirm": ConfirmAddress(), "stop": KeepAddress()}


class Change(NamedTuple):
    """An address that waits, as far as its link may tell: neither the person nor an address. `opens` is when it can be confirmed."""

    standing: Standing
    language: Language = ENGLISH
    organization: str = ""
    purpose: Purpose | None = None
    opens: datetime | None = None
    found: Link | None = None


UNKNOWN: Final = Change("unknown")


class AddressChanges:
    """Of one installation."""

    def __init__(self, commands: Commands) -> None:
        self.commands = commands
        self.store = commands.store
        self.links = AddressLinks(self.store.pool, self.store.vault)

    async def asked(self, text: str) -> Change:
        """How the link stands; changes nothing. Raises `Unavailable`."""
        found = link(text)
        if found is None:
            return UNKNOWN
        try:
            return await self.standing(found)
        except (NoKeys, StreamErased):
            return UNKNOWN

    async def standing(self, found: Link) -> Change:
        """Raises `NoKeys` or `StreamErased` for what is there no more."""
        reading = await self.store.read(found.tenant, found.tenant, found.stream)
        if reading.head is None or reading.kind(found.stream) != "person":
            return UNKNOWN
        person: PersonState = reading.state(found.stream, "person")
        waiting, now = person.address_change, self.commands.clock()
        if waiting is None or not waiting.waits(now):
            return UNKNOWN
        purpose = await self.purpose_of(found, waiting.asked)
        if purpose is None:
            return UNKNOWN
        organization: OrganizationState = reading.state(found.tenant, "organization")
        zone = ZoneInfo(person.time_zone) if person.time_zone else organization.zone
        is_open = purpose == "stop" or waiting.is_confirmable(now)
        return Change(
            "open" if is_open else "early",
            language_of(person.locale, organization.locale),
            organization.name,
            purpose,
            waiting.confirmable_from.astimezone(zone),
            found,
        )

    async def purpose_of(self, found: Link, asked: int) -> Purpose | None:
        """None of a link that is none of ours, or about an address that waited before."""
        for purpose in PURPOSES:
            if hmac.compare_digest(await self.links.signature(found.tenant, found.stream, purpose, asked), found.secret):
                return purpose
        return None

    async def act(self, text: str) -> Change:
        """Does what the link is for. Raises `Unavailable`."""
        change = await self.asked(text)
        if change.standing != "open":
            return change
        assert change.found is not None  # as it is open
        assert change.purpose is not None
        actor = reader_of_mail(change.found.tenant, change.found.stream)
        try:
            await self.commands.execute(actor, COMMANDS[change.purpose], change.found.stream)
        except Refusal as refusal:
            return change._replace(standing=standing_of(refusal))
        return change._replace(standing="done")


def standing_of(refusal: Refusal) -> Standing:
    """What is said of a refusal: no more than whoever has the mail may know."""
    match refusal:
        case PersonExists():
            return "taken"
        case OrganizationSuspended():
            return "resting"
    return "unknown"
