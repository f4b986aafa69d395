"""A person as the API shows them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Literal, TypeAlias
from uuid import UUID

from msgspec import UNSET, Struct, UnsetType, field

from domain.glossary import Role
from domain.person.state import AddressChange, Membership, PersonState
from domain.values import Code, TimeZone
from services.reading.view import Named, Sight, Text

StepKind: TypeAlias = Literal["granted", "changed", "revoked"]


class RoleAnswer(Struct, frozen=True, kw_only=True):
    """A role in one program, or in the whole organization; `until` is its last day, `since` when it began there."""

    role: Role
    program_id: UUID | None
    until: date | None
    since: datetime


class StepAnswer(Struct, frozen=True, kw_only=True):
    """One thing that was done to somebody's roles: when, by whom acting as what, and why.

    `from` is the role in whose place another came, `version` that of the person's stream.
    """

    version: int
    at: datetime
    by: UUID
    by_role: Code
    kind: StepKind
    role: Role
    from_: Role | None = field(name="from")
    program_id: UUID | None
    until: date | None
    reason_code: Code | None
    reason: Text | None


class MembershipsAnswer(Struct, frozen=True, kw_only=True):
    """The roles that somebody held at the end of a day, and everything that was done to them up to then, the oldest first.

    The operator, who is nobody's person, is not among the `people`.
    """

    person_id: UUID
    on: date
    roles: tuple[RoleAnswer, ...]
    steps: tuple[StepAnswer, ...]
    people: tuple[Named, ...]


class AddressChangeAnswer(Struct, frozen=True, kw_only=True):
    """Another address that waits: it can be confirmed at that address from `confirmable_from` on, and before `ends_at`."""

    email: Text | None
    confirmable_from: datetime
    ends_at: datetime


class PersonAnswer(Struct, frozen=True, kw_only=True):
    """A person with their roles. `profile_version` is what a change of the profile names as `seen`, `left_on` when somebody left.

    `address_change` is an address that was named and is not confirmed. `erasure` is waiting from when it is asked for, and then erased.
    """

    id: UUID
    name: Text | None
    email: Text | None
    locale: Code | None
    time_zone: TimeZone | None
    roles: tuple[RoleAnswer, ...]
    profile_version: int
    address_change: AddressChangeAnswer | None
    left_on: date | None
    erasure: Literal["waiting", "erased"] | None


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


def role_answers(held: Iterable[Membership]) -> tuple[RoleAnswer, ...]:
    return tuple(RoleAnswer(role=one.role, program_id=one.program_id, until=one.until, since=one.since) for one in held)


def person_answer(state: PersonState, seen: Sight) -> PersonAnswer:
    return PersonAnswer(
        id=state.id,
        name=seen.name(state.name),
        email=seen.name(state.email),
        locale=state.locale,
        time_zone=state.time_zone,
        roles=role_answers(state.memberships),
        profile_version=state.profile_at,
        address_change=None if state.address_change is None else address_change_answer(state.address_change, seen),
        left_on=state.left_on,
        erasure=None if state.erasure is None else "erased" if state.erasure.erased_at else "waiting",
    )


def address_change_answer(change: AddressChange, seen: Sight) -> AddressChangeAnswer:
    """Also where its time is over: then it has to be named anew."""
    return AddressChangeAnswer(email=seen.name(change.email), confirmable_from=change.confirmable_from, ends_at=change.ends_at)
