"""Whether an actor holds the role of their key at this moment: read from the person's stream, so never stale."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Final

from domain.errors import NotPermitted
from domain.person.state import PersonState
from infra.eventstore.reading import Reading
from services.actor import OPERATOR, WORKER, Actor

NEVER: Final = datetime.max.replace(tzinfo=UTC)


def acting(reading: Reading, actor: Actor, today: date) -> Actor:
    """The actor, with the programs that the role is held in.

    Raises `NotPermitted` when it is not held today, or was lost since the key was made: a later grant does not bring back what was
    made before it, for whoever still has that key was meant to be out.
    """
    if actor.role in (OPERATOR, WORKER):
        return actor
    person: PersonState = reading.state(actor.person_id, "person")
    held = [membership for membership in person.memberships_on(today) if membership.role == actor.role]
    if not held:
        raise NotPermitted("You do not hold the role of this key any more: ask an administrator.")
    if actor.since is not None and all(membership.unbroken_since > actor.since for membership in held):
        raise NotPermitted("You lost the role of this key and were given it anew since: sign in again, or ask for a new key.")
    programs = {membership.program_id for membership in held}
    return actor._replace(today=today, programs=None if None in programs else frozenset(p for p in programs if p is not None))


def held_since(reading: Reading, actor: Actor, today: date) -> datetime:
    """When the person began to hold the role that they act in, without an end between; of who needs no role, never."""
    if actor.role in (OPERATOR, WORKER):
        return NEVER
    person: PersonState = reading.state(actor.person_id, "person")
    return min((held.unbroken_since for held in person.memberships_on(today) if held.role == actor.role), default=NEVER)
