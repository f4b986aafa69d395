"""One mail to the address that somebody had before: whoever reads it there may be the one who did not want it changed."""

from __future__ import annotations

from uuid import UUID

from domain.errors import StreamErased
from domain.organization.state import OrganizationState
from domain.person.events import AddressConfirmed, PersonProfileChanged
from domain.person.state import PersonState
from infra.eventstore.feed import event_id
from infra.eventstore.opening import Opener
from infra.eventstore.outage import outages
from infra.eventstore.stored import feed_at
from infra.mail import Mail, Post
from services.command.execution import Commands
from services.wording.language import language_of
from workers.post import delivered
from workers.writing import written


async def tell(commands: Commands, post: Post, tenant: UUID, person: UUID, position: int) -> bool:
    """False when the address stayed as it was, and of who was erased meanwhile. Raises `MailAway` or `Unavailable`: try again."""
    store = commands.store
    with outages():
        fed = (await feed_at(store.pool.of(tenant), tenant, [position])).get(position)
    if fed is None or not isinstance(fed.event, PersonProfileChanged | AddressConfirmed) or fed.event.former_email is None:
        return False
    reading = await store.read(tenant, tenant, person)
    try:
        organization: OrganizationState = reading.state(tenant, "organization")
        state: PersonState = reading.state(person, "person")
    except StreamErased:
        return False
    address, name = await Opener(store.vault).plain(store.pool.of(tenant), tenant, person, [fed.event.former_email, state.name])
    if address is None or name is None:
        return False
    language = language_of(state.locale, organization.locale)
    parts = written("person/template/moved", language, name=name, organization=organization.name)
    mail = Mail(
        to=address,
        to_name=name,
        from_name=organization.name,
        subject=language.say("moved.title"),
        text=parts.text,
        html=parts.html,
        reference=event_id(fed.stream, fed.version).hex,
        at=fed.occurred_at,
    )
    return await delivered(post, mail, "former_address_mail_refused", tenant, person_id=str(person))
