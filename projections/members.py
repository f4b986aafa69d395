"""Who there is: a person's name, address and roles. Other read models hold ids only and take names from here when read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from domain.person.evolve import evolve
from domain.person.state import PersonState
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
