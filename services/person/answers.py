"""A person as the API shows them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from msgspec import UNSET, Struct, UnsetType

from domain.glossary import Role
from domain.person.state import PersonState
from domain.values import Code, TimeZone
from services.view import Sight, Text


class RoleAnswer(Struct, frozen=True, kw_only=True):
    """A role in one program, or in the whole organization; `until` is its last day."""

    role: Role
    program_id: UUID | None
    until: date | None


class PersonAnswer(Struct, frozen=True, kw_only=True):
    """A person with their roles."""

    id: UUID
    name: Text | None
    email: Text | None
    locale: Code | None
    time_zone: TimeZone | None
    roles: tuple[RoleAnswer, ...]


class PeopleAnswer(Struct, frozen=True, kw_only=True):
    """A page of people; `next_cursor` leads to the next one."""

    items: tuple[PersonAnswer, ...]
    next_cursor: str | UnsetType = UNSET


class MeAnswer(Struct, frozen=True, kw_only=True):
    """Who you are to this organization, and what your key may ask for."""

    person: PersonAnswer
    organization_id: UUID
    organization: str
    time_zone: str
    role: Role
    programs: tuple[UUID, ...] | None
    may: tuple[str, ...]


def person_answer(state: PersonState, seen: Sight) -> PersonAnswer:
    roles = tuple(RoleAnswer(role=held.role, program_id=held.program_id, until=held.until) for held in state.memberships)
    return PersonAnswer(
        id=state.id,
        name=seen.name(state.name),
        email=seen.name(state.email),
        locale=state.locale,
        time_zone=state.time_zone,
        roles=roles,
    )
