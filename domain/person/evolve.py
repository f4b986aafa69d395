"""How each event changes a person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final
from uuid import UUID

from msgspec.structs import replace

from domain.decider import Evolve
from domain.event import Recorded
from domain.glossary import Role
from domain.person.credential import Credential, Development, LogExport
from domain.person.erasure import Erasure
from domain.person.events import (
    AddressChangeAsked,
    AddressConfirmed,
    AddressKept,
    CoachCredentialRecorded,
    CoachDevelopmentRecorded,
    CoachDevelopmentWithdrawn,
    CredentialLogExported,
    IdentityLinked,
    ListingConsentGranted,
    ListingConsentWithdrawn,
    MembershipGranted,
    MembershipRevoked,
    MembershipRoleChanged,
    PersonDeprovisioned,
    PersonErased,
    PersonErasureRequested,
    PersonProfileChanged,
    PersonRegistered,
)
from domain.person.state import PROFILE, AddressChange, Identity, Membership, PersonState

evolve: Final[Evolve[PersonState]] = Evolve()


@evolve.on(PersonRegistered)
def registered(state: PersonState, recorded: Recorded[PersonRegistered]) -> PersonState:
    event = recorded.event
    said = {"name": event.name, "email": event.email, "locale": event.locale, "time_zone": event.time_zone}
    managed = frozenset(name for name, value in said.items() if value is not None) if event.source == "scim" else frozenset()
    return replace(state, id=event.person_id, profile_at=recorded.version, profile_by=recorded.meta.actor, managed=managed, **said)


@evolve.on(PersonProfileChanged)
def profile_changed(state: PersonState, recorded: Recorded[PersonProfileChanged]) -> PersonState:
    event = recorded.event
    said = {name: value for name in PROFILE if (value := getattr(event, name)) is not None}
    managed = state.managed | said.keys() if event.source == "scim" else state.managed
    return replace(state, profile_at=recorded.version, profile_by=recorded.meta.actor, managed=managed, **said)


@evolve.on(AddressChangeAsked)
def address_change_asked(state: PersonState, recorded: Recorded[AddressChangeAsked]) -> PersonState:
    event = recorded.event
    waiting = AddressChange(
        email=event.email,
        asked=recorded.version,
        confirmable_from=event.confirmable_from,
        ends_at=event.ends_at,
        source=event.source,
    )
    return replace(state, address_change=waiting)


@evolve.on(AddressKept)
def address_kept(state: PersonState, recorded: Recorded[AddressKept]) -> PersonState:
    return replace(state, address_change=None)


@evolve.on(AddressConfirmed)
def address_confirmed(state: PersonState, recorded: Recorded[AddressConfirmed]) -> PersonState:
    event = recorded.event
    managed = state.managed | {"email"} if event.source == "scim" else state.managed
    set_by = {"profile_at": recorded.version, "profile_by": recorded.meta.actor}
    return replace(state, email=event.email, address_change=None, managed=managed, **set_by)


@evolve.on(IdentityLinked)
def identity_linked(state: PersonState, recorded: Recorded[IdentityLinked]) -> PersonState:
    linked = Identity(provider=recorded.event.provider, subject=recorded.event.subject)
    return replace(state, identities=(*state.identities, linked))


@evolve.on(PersonDeprovisioned)
def deprovisioned(state: PersonState, recorded: Recorded[PersonDeprovisioned]) -> PersonState:
    return replace(state, memberships=(), address_change=None, left_on=recorded.event.leaver_date)


@evolve.on(PersonErasureRequested)
def erasure_requested(state: PersonState, recorded: Recorded[PersonErasureRequested]) -> PersonState:
    event = recorded.event
    erasure = Erasure(basis=event.basis, due_by=event.due_by, requested_at=recorded.occurred_at, requested_by=recorded.meta.actor)
    return replace(state, memberships=(), address_change=None, erasure=erasure)


@evolve.on(PersonErased)
def erased(state: PersonState, recorded: Recorded[PersonErased]) -> PersonState:
    """Names stay as they are sealed: without the key they say nothing."""
    assert state.erasure is not None  # it was requested
    return replace(state, erasure=replace(state.erasure, erased_at=recorded.occurred_at))


@evolve.on(MembershipGranted)
def granted(state: PersonState, recorded: Recorded[MembershipGranted]) -> PersonState:
    event = recorded.event
    return given(state, event.role, event.program_id, event.until, recorded.occurred_at)


@evolve.on(MembershipRoleChanged)
def role_changed(state: PersonState, recorded: Recorded[MembershipRoleChanged]) -> PersonState:
    event = recorded.event
    left = taken(state, event.from_, event.program_id)
    return given(left, event.to, event.program_id, event.until, recorded.occurred_at)


@evolve.on(MembershipRevoked)
def revoked(state: PersonState, recorded: Recorded[MembershipRevoked]) -> PersonState:
    return taken(state, recorded.event.role, recorded.event.program_id)


@evolve.on(CoachCredentialRecorded)
def credential_recorded(state: PersonState, recorded: Recorded[CoachCredentialRecorded]) -> PersonState:
    event = recorded.event
    new = Credential(
        body=event.body,
        level=event.level,
        number=event.number,
        issued_on=event.issued_on,
        valid_until=event.valid_until,
        education_start=event.education_start,
        recorded_at=recorded.version,
        since=None if recorded.meta.channel == "import" else recorded.occurred_at,
    )
    return replace(state, credentials=(*(one for one in state.credentials if one.body != new.body), new))


@evolve.on(CoachDevelopmentRecorded)
def development_recorded(state: PersonState, recorded: Recorded[CoachDevelopmentRecorded]) -> PersonState:
    event = recorded.event
    new = Development(
        id=event.development_id,
        kind=event.kind,
        held_on=event.held_on,
        minutes=event.minutes,
        since=None if recorded.meta.channel == "import" else recorded.occurred_at,
    )
    return replace(state, development=(*state.development, new))


@evolve.on(CoachDevelopmentWithdrawn)
def development_withdrawn(state: PersonState, recorded: Recorded[CoachDevelopmentWithdrawn]) -> PersonState:
    return replace(state, development=tuple(one for one in state.development if one.id != recorded.event.development_id))


@evolve.on(CredentialLogExported)
def log_exported(state: PersonState, recorded: Recorded[CredentialLogExported]) -> PersonState:
    event = recorded.event
    export = LogExport(
        id=event.export_id,
        body=event.body,
        ruleset=event.ruleset,
        through=event.through,
        as_of_position=event.as_of_position,
        digest=event.digest,
    )
    return replace(state, exports=(*state.exports, export))


@evolve.on(ListingConsentGranted)
def listing_consented(state: PersonState, recorded: Recorded[ListingConsentGranted]) -> PersonState:
    return replace(state, listed_by=(*state.listed_by, recorded.event.coach_id))


@evolve.on(ListingConsentWithdrawn)
def listing_consent_withdrawn(state: PersonState, recorded: Recorded[ListingConsentWithdrawn]) -> PersonState:
    return replace(state, listed_by=tuple(one for one in state.listed_by if one != recorded.event.coach_id))


def given(state: PersonState, role: Role, program_id: UUID | None, until: date | None, at: datetime) -> PersonState:
    """A longer grant of the same role and scope takes the place of the shorter one.

    Whether one with a last day still held is judged by the day in UTC, for a person knows no zone of the organization: where that is
    ahead, what is granted within hours of the end follows on without a break; where it is behind, a grant in the last hours does not.
    """
    held = [one for one in state.memberships if one.role == role and one.in_force(at.date())]
    here = [one.since for one in held if one.program_id == program_id]
    unbroken = [one.unbroken_since for one in held]
    new = Membership(role=role, program_id=program_id, until=until, since=earliest(here, at), unbroken_since=earliest(unbroken, at))
    return replace(state, memberships=(*taken(state, role, program_id).memberships, new), left_on=None)


def taken(state: PersonState, role: Role, program_id: UUID | None) -> PersonState:
    """Without that role in that scope."""
    return replace(state, memberships=tuple(held for held in state.memberships if (held.role, held.program_id) != (role, program_id)))


def earliest(moments: Iterable[datetime], otherwise: datetime) -> datetime:
    return min(moments, default=otherwise)
