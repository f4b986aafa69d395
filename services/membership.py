"""Whether an actor holds the role of their key at this moment: read from the person's stream, so never stale."""

from __future__ import annotations

from datetime import date

from domain.errors import NotPermitted
from domain.person.state import PersonState
from infra.eventstore.reading import Reading
from services.actor import OPERATOR, WORKER, Actor


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
    return actor if None in programs else actor._replace(programs=frozenset(p for p in programs if p is not None))
