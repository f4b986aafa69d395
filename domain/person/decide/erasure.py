"""Deciding who has left, and who is erased."""

from __future__ import annotations

from collections.abc import Sequence

from domain.errors import NotPermitted, SubjectErased, VersionConflict
from domain.errors.person import AlreadyErased, LastAdmin, LegalHold
from domain.errors.program import DatesInverted
from domain.event import Event
from domain.person.commands import DeprovisionPerson, ErasePerson, RequestPersonErasure
from domain.person.context import PersonContext
from domain.person.decide.table import decide
from domain.person.erasure import WITHIN
from domain.person.events import PersonDeprovisioned, PersonErased, PersonErasureRequested
from domain.person.state import PersonState


@decide.on(DeprovisionPerson)
def deprovision(state: PersonState, command: DeprovisionPerson, context: PersonContext) -> Sequence[Event]:
    """Whatever is under way. Said twice it is said once."""
    require_kept(state)
    if (command.source == "hand") == (context.role == "integration"):
        raise NotPermitted("An integration says scim or import, and nobody else does.", pointer="/source")
    left_on = command.leaver_date or context.today
    if left_on > context.today:
        raise DatesInverted("That day is still to come: send this on it, or give the roles a last day.", pointer="/leaver_date")
    if state.left_on is not None:
        return ()
    require_another_admin(state, context)
    return (PersonDeprovisioned(source=command.source, leaver_date=left_on, managers_notified=command.managers_notified),)


@decide.on(RequestPersonErasure)
def request_erasure(state: PersonState, command: RequestPersonErasure, context: PersonContext) -> Sequence[Event]:
    """Asked for twice it is asked for once."""
    if state.erasure is not None and state.erasure.erased_at is not None:
        raise AlreadyErased(erased_at=state.erasure.erased_at)
    if context.holds:
        raise LegalHold(holds=context.holds)
    if state.erasure is not None:
        return ()
    require_seen(state, command.seen)
    require_another_admin(state, context)
    return (PersonErasureRequested(basis=command.basis, due_by=context.today + WITHIN),)


@decide.on(ErasePerson)
def erase(state: PersonState, command: ErasePerson, context: PersonContext) -> Sequence[Event]:
    """A fact: what forbids it was asked before the keys were destroyed."""
    if state.erasure is None or state.erasure.erased_at is not None:
        return ()
    return (PersonErased(realms=command.realms, keys=command.keys),)


def require_kept(state: PersonState) -> None:
    """Nothing new is said of who was erased, or is about to be."""
    if state.erasure is not None:
        raise SubjectErased


def require_another_admin(state: PersonState, context: PersonContext) -> None:
    """One whose last day is known is none to count on, and so none to keep."""
    if any(held.administers_for_good for held in state.memberships) and not context.another_admin:
        raise LastAdmin


def require_seen(state: PersonState, seen: int) -> None:
    """Nobody changed the profile since it was read."""
    if seen < state.profile_at:
        raise VersionConflict(pointer="/seen", changed_by=state.profile_by, changed_at=state.profile_at)
