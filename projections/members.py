"""Who there is: a person's name, address and roles. Other read models hold ids only and take names from here when read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from domain.person.evolve import evolve
from domain.person.state import PersonState
from domain.values import Personal
from infra.eventstore.feed import Fed
from projections.projection import Projection
from projections.snapshot import Snapshot


def key(fed: Fed) -> UUID | None:
    return fed.stream if type(fed.event) in evolve.table else None


def apply(member: PersonState | None, fed: Fed) -> PersonState:
    return evolve(member or PersonState(), fed)


MEMBERS: Final = Projection(__file__, name="members", version=1, document=PersonState, key=key, apply=apply)


async def people(snapshot: Snapshot, ids: Iterable[UUID] | None = None) -> dict[UUID, PersonState]:
    """Everybody, or those of these ids who are there, with names and addresses opened."""
    if ids is None:
        rows = await snapshot.opened(MEMBERS, "everyone")
    else:
        rows = await snapshot.opened(MEMBERS, "some", keys=list(ids))
    return {row.key: row.document for row in rows}


async def names(snapshot: Snapshot) -> dict[UUID, str]:
    """What everybody is called; somebody who was erased is not called anything any more."""
    return {person_id: shown(person.name) for person_id, person in (await people(snapshot)).items()}


def shown(name: Personal[str] | None) -> str:
    return name.plain() if name is not None and name.is_open else "[erased]"
