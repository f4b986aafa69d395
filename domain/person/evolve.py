"""How each event changes a person."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from domain.decider import Evolve
from domain.event import Recorded
from domain.person.events import MembershipGranted, PersonRegistered
from domain.person.state import Membership, PersonState

evolve: Final[Evolve[PersonState]] = Evolve()


@evolve.on(PersonRegistered)
def registered(state: PersonState, recorded: Recorded[PersonRegistered]) -> PersonState:
    event = recorded.event
    return replace(state, id=event.person_id, name=event.name, email=event.email, locale=event.locale, time_zone=event.time_zone)


@evolve.on(MembershipGranted)
def granted(state: PersonState, recorded: Recorded[MembershipGranted]) -> PersonState:
    """A longer grant of the same role and scope takes the place of the shorter one."""
    event = recorded.event
    new = Membership(role=event.role, program_id=event.program_id, until=event.until)
    others = tuple(held for held in state.memberships if (held.role, held.program_id) != (new.role, new.program_id))
    return replace(state, memberships=(*others, new))
