"""What a person's record allows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from domain.decider import Decide
from domain.errors import AlreadyRegistered, NotFound
from domain.errors.person import DutyConflict, RoleAlreadyGranted
from domain.errors.program import DatesInverted
from domain.event import Event
from domain.glossary import Role
from domain.person.commands import GrantMembership, RegisterPerson
from domain.person.context import PersonContext
from domain.person.events import MembershipGranted, PersonRegistered
from domain.person.state import PersonState
from domain.rules import require_time_zone
from domain.values import OfPerson

JUDGED: Final[frozenset[Role]] = frozenset({"coach", "program_manager"})
"""Roles whose work an auditor of the same scope judges."""

decide: Final[Decide[PersonState, PersonContext]] = Decide()


@decide.on(RegisterPerson)
def register(state: PersonState, command: RegisterPerson, context: PersonContext) -> Sequence[Event]:
    if state.exists:
        raise AlreadyRegistered
    if command.time_zone is not None:
        require_time_zone(command.time_zone)
    person_id = context.ids[0]
    return (
        PersonRegistered(
            person_id=person_id,
            name=OfPerson(command.name, subject=person_id),
            email=OfPerson(command.email, subject=person_id),
            locale=command.locale,
            time_zone=command.time_zone,
            source=command.source,
        ),
    )


@decide.on(GrantMembership)
def grant(state: PersonState, command: GrantMembership, context: PersonContext) -> Sequence[Event]:
    if command.program_id is not None and not context.program_exists:
        raise NotFound(pointer="/program_id")
    if command.until is not None and command.until < context.today:
        raise DatesInverted("The last day of a role must not lie in the past.", pointer="/until")
    for held in state.memberships_on(context.today):
        same = (held.role, held.program_id) == (command.role, command.program_id)
        if same and held.lasts_as_long_as(command.until):
            raise RoleAlreadyGranted
        if conflict(held.role, command.role) and held.overlaps(command.program_id):
            raise DutyConflict(pointer="/role", role=held.role)
    return (MembershipGranted(role=command.role, program_id=command.program_id, until=command.until),)


def conflict(one: Role, other: Role) -> bool:
    """Whether one person with both roles would judge their own work."""
    return "auditor" in {one, other} and not JUDGED.isdisjoint({one, other})
