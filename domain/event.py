"""What an event is: the base struct, the registry of stored names, and the record that a fold gets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final, Generic, NamedTuple, TypeVar
from uuid import UUID

from msgspec import Struct

from domain.values import StoredCode


class Event(Struct, frozen=True, kw_only=True):
    """Something that happened. Every field is always written; a default, once stored, never changes."""


E = TypeVar("E", bound=Event, covariant=True)
Kind = TypeVar("Kind", bound=type[Event])


class Stored(NamedTuple):
    """How a class of events is stored: for ever."""

    name: str
    schema_v: int


EVENTS: Final[dict[str, type[Event]]] = {}
STORED: Final[dict[type[Event], Stored]] = {}


def stored(name: str, schema_v: int = 1) -> Callable[[Kind], Kind]:
    """Registers a class under its stored name, `plan.objective_defined`, which outlives the class's own name."""

    def register(kind: Kind) -> Kind:
        if name in EVENTS:
            raise ValueError(f"{name} is stored by {EVENTS[name].__name__} already")
        EVENTS[name] = kind
        STORED[kind] = Stored(name, schema_v)
        return kind

    return register


class Actors(Struct, frozen=True, kw_only=True):
    """Who acted, and through what: the stored `meta` of an event. Ids, codes and numbers only, no text.

    `policy_version` is that of the coaching policy under which the event was decided; 0 stands for the product's own.
    """

    actor: UUID
    role: StoredCode
    on_behalf_of: UUID | None
    channel: StoredCode
    command: StoredCode
    correlation: UUID
    causation: UUID | None
    policy_version: int = 0


class Recorded(Struct, Generic[E], frozen=True):
    """An event as a fold gets it. Neither position nor record time: a state must not depend on its neighbours.

    `payload_hash` is the SHA-256 of the stored payload, of which the content digest is made (`domain/digest.py`).
    """

    event: E
    type: str
    schema_v: int
    version: int
    occurred_at: datetime
    meta: Actors
    payload_hash: bytes
