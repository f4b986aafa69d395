"""Deciding about who belongs to the organization, and in which roles."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final
from uuid import UUID

from domain.errors import AlreadyRegistered, NotFound, NotPermitted
from domain.errors.person import DutyConflict, LastAdmin, RoleAlreadyGranted, RoleNotHeld
from domain.errors.program import DatesInverted
from domain.event import Event
from domain.glossary import Role
from domain.person.commands import ChangeMembershipRole, GrantMembership, RegisterPerson, RevokeMembership
from domain.person.context import PersonContext
from domain.person.decide.erasure import require_kept
from domain.person.decide.table import decide
from domain.person.events import MembershipGranted, MembershipRevoked, MembershipRoleChanged, PersonRegistered
from domain.person.state import Membership, PersonState
from domain.rules import require_locale, require_place, require_reason, require_time_zone
from domain.values import OfAuthor, OfPerson

PROVISIONED: Final[frozenset[Role]] = frozenset({"client", "coach", "sponsor"})
"""Roles that a machine gives and takes: those that see nothing until somebody gives them a part in an engagement."""
MACHINE: Final = (
    "An integration, or a key that is confined to scopes, gives and takes the roles client, coach and sponsor: "
    "for the others an administrator signs in, or uses a key without scopes."
)
JUDGED: Final[frozenset[Role]] = frozenset({"coach", "program_manager"})
"""Roles whose work an auditor of the same scope judges."""


@decide.on(RegisterPerson)
def register(state: PersonState, command: RegisterPerson, context: PersonContext) -> Sequence[Event]:
    if state.exists:
        raise AlreadyRegistered
    if command.time_zone is not None:
        require_time_zone(command.time_zone)
    require_place(context.places_left, "people")
    person_id = context.ids[0]
    return (
        PersonRegistered(
            person_id=person_id,
            name=OfPerson(command.name, subject=person_id),
            email=OfPerson(command.email, subject=person_id),
            locale=None if command.locale is None else require_locale(command.locale),
            time_zone=command.time_zone,
            source=command.source,
        ),
    )


@decide.on(GrantMembership)
def grant(state: PersonState, command: GrantMembership, context: PersonContext) -> Sequence[Event]:
    require_kept(state)
    require_provisioned(command.role, context, "/role")
    require_within(command.program_id, context)
    if command.program_id is not None and not context.program_exists:
        raise NotFound(pointer="/program_id")
    if command.until is not None and command.until < context.today:
        raise DatesInverted("The last day of a role must not lie in the past.", pointer="/until")
    require_free(state.memberships_on(context.today), command.role, command.program_id, command.until, "/role")
    return (MembershipGranted(role=command.role, program_id=command.program_id, until=command.until),)


@decide.on(ChangeMembershipRole)
def change_role(state: PersonState, command: ChangeMembershipRole, context: PersonContext) -> Sequence[Event]:
    require_provisioned(command.from_, context, "/from")
    require_provisioned(command.to, context, "/to")
    require_within(command.program_id, context)
    held = require_held(state, command.from_, command.program_id, context.today, "/from")
    require_reason(command.reason_code, command.reason, context.policy)
    if command.to == command.from_:
        return ()
    require_administered(held, context)
    others = [other for other in state.memberships_on(context.today) if other is not held]
    require_free(others, command.to, held.program_id, held.until, "/to")
    return (
        MembershipRoleChanged(
            from_=command.from_,
            to=command.to,
            program_id=held.program_id,
            until=held.until,
            reason_code=command.reason_code,
            reason=of_author(command.reason),
        ),
    )


@decide.on(RevokeMembership)
def revoke(state: PersonState, command: RevokeMembership, context: PersonContext) -> Sequence[Event]:
    """Whatever the person has under way: a leaver is never kept."""
    require_provisioned(command.role, context, "/role")
    require_within(command.program_id, context)
    held = require_held(state, command.role, command.program_id, context.today, "/role")
    require_reason(command.reason_code, command.reason, context.policy)
    require_administered(held, context)
    return (
        MembershipRevoked(
            role=command.role,
            program_id=command.program_id,
            reason_code=command.reason_code,
            reason=of_author(command.reason),
        ),
    )


def require_provisioned(role: Role, context: PersonContext, pointer: str) -> None:
    """Who holds the key of a machine never reaches those who run the firm, or who audit it."""
    if context.is_machine and role not in PROVISIONED:
        raise NotPermitted(MACHINE, pointer=pointer)


def require_within(program_id: UUID | None, context: PersonContext) -> None:
    """Who administers a program gives and takes roles in that program only, and so never raises themselves beyond it."""
    if context.programs is not None and program_id not in context.programs:
        raise NotPermitted("You administer a program: name it in program_id, for its roles are the ones you give.", pointer="/program_id")


def require_held(state: PersonState, role: Role, program_id: UUID | None, today: date, pointer: str) -> Membership:
    held = state.membership(role, program_id, today)
    if held is None:
        scopes = [one.program_id for one in state.memberships_on(today) if one.role == role]
        raise RoleNotHeld(pointer=pointer, held_in=scopes)
    return held


def require_administered(held: Membership, context: PersonContext) -> None:
    """Taking an administrator of the whole organization away leaves another. One whose last day is known is none to count on."""
    if held.role == "admin" and held.program_id is None and not context.another_admin:
        raise LastAdmin


def require_free(held: Sequence[Membership], role: Role, program_id: UUID | None, until: date | None, pointer: str) -> None:
    """The role is not held for as long already, and would judge no other that is held."""
    for one in held:
        if (one.role, one.program_id) == (role, program_id) and one.lasts_as_long_as(until):
            raise RoleAlreadyGranted
        if conflict(one.role, role) and one.overlaps(program_id):
            raise DutyConflict(pointer=pointer, role=one.role)


def conflict(one: Role, other: Role) -> bool:
    """Whether one person with both roles would judge their own work."""
    return "auditor" in {one, other} and not JUDGED.isdisjoint({one, other})


def of_author(text: str | None) -> OfAuthor[str] | None:
    return OfAuthor(text) if text is not None else None
