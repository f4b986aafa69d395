"""Whom a mailed link lets in: a person as they stand at this moment, from their own stream."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.errors import StreamErased
from domain.glossary import Role
from domain.organization.state import OrganizationState
from domain.person.state import PersonState
from infra.eventstore.errors import NoKeys
from infra.eventstore.opening import Opener
from infra.eventstore.reading import Reading
from infra.eventstore.vault import Vault
from infra.postgres import Pool
from services.actor import ROLES
from services.wording.language import Language, language_of


class Person(NamedTuple):
    """Somebody with at least one role today, in the order of the glossary. `name` and `email` are theirs to see."""

    id: UUID
    name: str
    email: str
    roles: tuple[Role, ...]
    organization: str
    slug: str
    zone: ZoneInfo
    language: Language


async def find_person(pool: Pool, vault: Vault, tenant: UUID, person_id: UUID, now: datetime) -> Person | None:
    """None of who was erased, has no role today, or whose organization is no more. Raises `Unavailable`."""
    reading = Reading(pool.of(tenant), vault, tenant)
    await reading.load(tenant, person_id)
    if reading.head is None:
        return None
    try:
        organization: OrganizationState = reading.state(tenant, "organization")
        person: PersonState = reading.state(person_id, "person")
    except StreamErased:
        return None
    held = {membership.role for membership in person.memberships_on(organization.day(now))}
    texts = await opened(reading, person) if held else None
    if texts is None:
        return None
    zone = ZoneInfo(person.time_zone) if person.time_zone else organization.zone
    roles, language = tuple(role for role in ROLES if role in held), language_of(person.locale, organization.locale)
    return Person(person_id, *texts, roles, organization.name, organization.slug, zone, language)


async def opened(reading: Reading, person: PersonState) -> tuple[str, str] | None:
    """Name and address; None when they were erased."""
    try:
        name, email = await Opener(reading.vault).plain(reading.source, reading.tenant, person.id, [person.name, person.email])
    except NoKeys:
        return None
    return None if name is None or email is None else (name, email)
