"""Who there is: a person's name, address and roles. Other read models hold ids only and take names from here when read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from domain.person.evolve import evolve
from domain.person.state import PersonState
from domain.values import ERASED, OfPerson, Personal
from infra.eventstore.feed import Fed
from projections.projection import Projection
from projections.snapshot import Snapshot


def key(fed: Fed) -> UUID | None:
    return fed.stream if type(fed.event) in evolve.table else None


def apply(member: PersonState | None, fed: Fed) -> PersonState:
    return evolve(member or PersonState(), fed)


MEMBERS: Final = Projection(__file__, name="members", version=5, document=PersonState, reads=evolve.table, key=key, apply=apply)


async def names(snapshot: Snapshot, ids: Sequence[UUID | None]) -> dict[UUID, Personal[str] | None]:
    """Names by person; who is unknown is missing."""
    keys = [id for id in dict.fromkeys(ids) if id is not None]
    rows = await snapshot.fetch(MEMBERS, "called", {"keys": keys})
    return {row["key"]: name(row["sealed"], row["name"]) for row in rows}


def name(sealed: str | None, text: str | None) -> Personal[str] | None:
    return None if sealed is None else OfPerson(ERASED if text is None else text, sealed=sealed)
