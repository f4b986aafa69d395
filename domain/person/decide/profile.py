"""Deciding about what is known of a person, and as whom they sign in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from domain.errors import NotPermitted
from domain.errors.person import FieldManagedByScim
from domain.event import Event
from domain.person.commands import ChangePersonProfile, LinkIdentity
from domain.person.context import PersonContext
from domain.person.decide.address import address_events
from domain.person.decide.erasure import require_kept, require_seen
from domain.person.decide.membership import PROVISIONED
from domain.person.decide.table import decide
from domain.person.events import IdentityLinked, PersonProfileChanged, ProfileSource
from domain.person.state import PROFILE, PersonState
from domain.rules import require_locale, require_time_zone
from domain.values import OfPerson

MACHINE: Final = (
    "An integration, or a key that is confined to scopes, changes clients, coaches and sponsors: "
    "for others they themselves or an administrator sign in, or use a key without scopes."
)


@decide.on(ChangePersonProfile)
def change_profile(state: PersonState, command: ChangePersonProfile, context: PersonContext) -> Sequence[Event]:
    """The address is not changed by this, but asked to be (`domain/person/decide/address.py`)."""
    require_kept(state)
    require_own(state, context)
    require_source(command.source, context)
    given = [name for name in PROFILE if getattr(command, name) is not None]
    if command.source != "scim":
        require_by_hand(state, given)
    require_seen(state, command.seen)
    if command.time_zone is not None:
        require_time_zone(command.time_zone)
    return (*profile_events(state, command), *address_events(state, command, context))


def profile_events(state: PersonState, command: ChangePersonProfile) -> Sequence[Event]:
    if command.name is None and command.locale is None and command.time_zone is None:
        return ()
    return (
        PersonProfileChanged(
            name=None if command.name is None else OfPerson(command.name, subject=state.id),
            email=None,
            former_email=None,
            locale=None if command.locale is None else require_locale(command.locale),
            from_locale=state.locale,
            time_zone=command.time_zone,
            from_time_zone=state.time_zone,
            source=command.source,
            replaces=state.profile_at,
        ),
    )


@decide.on(LinkIdentity)
def link_identity(state: PersonState, command: LinkIdentity, context: PersonContext) -> Sequence[Event]:
    """That nobody else signs in as that subject is a claim."""
    require_kept(state)
    require_reached(state, context)
    if context.linked:
        return ()
    return (IdentityLinked(provider=command.provider, subject=OfPerson(command.subject, subject=state.id)),)


def require_own(state: PersonState, context: PersonContext) -> None:
    """One's own, or anybody's for who runs the organization."""
    if context.actor != state.id and context.role not in {"admin", "integration"}:
        raise NotPermitted("A profile is changed by the person, by an administrator or by the organization's directory.")
    require_reached(state, context)


def require_reached(state: PersonState, context: PersonContext) -> None:
    """Who holds the key of a machine never signs in as somebody who runs the firm, or who audits it, by giving them another address."""
    if context.is_machine and any(held.role not in PROVISIONED for held in state.memberships_on(context.today)):
        raise NotPermitted(MACHINE)


def require_source(source: ProfileSource, context: PersonContext) -> None:
    if (source == "hand") == (context.role == "integration"):
        raise NotPermitted("An integration says scim or import, and nobody else does.", pointer="/source")


def require_by_hand(state: PersonState, given: Sequence[str]) -> None:
    for name in given:
        if name in state.managed:
            raise FieldManagedByScim(pointer=f"/{name}")
