"""Who there is: a person's name, address and roles. Other read models hold ids only and take names from here when read."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from domain.person.evolve import evolve
from domain.person.state import PersonState
from infra.eventstore.feed import Fed
from projections.projection import Projection


def key(fed: Fed) -> UUID | None:
    return fed.stream if type(fed.event) in evolve.table else None


def apply(member: PersonState | None, fed: Fed) -> PersonState:
    return evolve(member or PersonState(), fed)


MEMBERS: Final = Projection(__file__, name="members", version=1, document=PersonState, reads=evolve.table, key=key, apply=apply)
