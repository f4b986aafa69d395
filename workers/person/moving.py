"""The two mails about an address that waits: the present one is told first, so that nobody confirms what nobody could stop.

The mail to the new address names nobody: it may be a stranger's, and that somebody is coached is theirs to tell.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.errors import StreamErased
from domain.organization.state import OrganizationState
from domain.person.decide.address import LASTS
from domain.person.state import AddressChange, PersonState
from infra.eventstore.feed import event_id
from infra.eventstore.opening import Opener
from infra.mail import Mail, Post
from services.address.link import AddressLinks, Purpose
from services.command.execution import Commands
from services.wording.language import language_of
from workers.post import delivered
from workers.writing import written

SENT: Final[tuple[Purpose, ...]] = ("stop", "confirm")
"""In this order."""
KINDS: Final[dict[Purpose, str]] = {"stop": "old", "confirm": "new"}


class Asked(NamedTuple):
    """An address that waits, in the clear, with the one that it would take the place of."""

    state: PersonState
    organization: OrganizationState
    waiting: AddressChange
    present: str
    new: str
    name: str


async def ask_both(commands: Commands, post: Post, site: str, tenant: UUID, person: UUID, asked: int) -> int:
    """How many were sent; none of what waits no more, or was asked for anew since. Raises `MailAway` or `Unavailable`: try again."""
    found = await waiting_for(commands, tenant, person, asked)
    if found is None:
        return 0
    links, sent = AddressLinks(commands.store.pool, commands.store.vault), 0
    for purpose in SENT:
        mail = letter(found, purpose, site + await links.path(tenant, person, purpose, asked), commands.clock())
        sent += await delivered(post, mail, "address_mail_refused", tenant, person_id=str(person), purpose=purpose)
    return sent


async def waiting_for(commands: Commands, tenant: UUID, person: UUID, asked: int) -> Asked | None:
    store = commands.store
    reading = await store.read(tenant, tenant, person)
    try:
        organization: OrganizationState = reading.state(tenant, "organization")
        state: PersonState = reading.state(person, "person")
    except StreamErased:
        return None
    waiting = state.address_change
    if waiting is None or waiting.asked != asked or not waiting.waits(commands.clock()):
        return None
    values = [state.email, waiting.email, state.name]
    present, new, name = await Opener(store.vault).plain(store.pool.of(tenant), tenant, person, values)
    if present is None or new is None or name is None:
        return None
    return Asked(state, organization, waiting, present, new, name)


def letter(asked: Asked, purpose: Purpose, link: str, now: datetime) -> Mail:
    """In the person's language, and at the time of their own zone; to the new address without their name."""
    organization, state = asked.organization, asked.state
    language = language_of(state.locale, organization.locale)
    opens = asked.waiting.confirmable_from.astimezone(ZoneInfo(state.time_zone) if state.time_zone else organization.zone)
    when = f"{language.weekday(opens.date())}, {opens:%H:%M}"
    to, name = (asked.present, asked.name) if purpose == "stop" else (asked.new, "")
    kind = KINDS[purpose]
    template = f"person/template/moving_{kind}"
    parts = written(template, language, name=name, organization=organization.name, link=link, opens=when, days=LASTS.days)
    return Mail(
        to=to,
        to_name=name,
        from_name=organization.name,
        subject=language.say(f"moving.{kind}.title"),
        text=parts.text,
        html=parts.html,
        reference=f"{event_id(state.id, asked.waiting.asked).hex}.{purpose}",
        at=now,
    )
