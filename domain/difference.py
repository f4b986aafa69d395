"""One thing that is otherwise at a later moment than at an earlier one."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal, TypeAlias
from uuid import UUID

from msgspec import Struct

from domain.glossary import Party
from domain.values import Code, Personal

About: TypeAlias = Literal["plan", "objective", "strategy", "action", "milestone", "win", "change", "agreement", "consent", "engagement"]
"""What a difference is about."""
Kind: TypeAlias = Literal[
    "added",
    "refined",
    "moved",
    "dropped",
    "reached",
    "missed",
    "completed",
    "reopened",
    "measured",
    "corrected",
    "concluded",
    "proposed",
    "approved",
    "activated",
    "reviewed",
    "drafted",
    "signed",
    "assigned",
    "paused",
    "resumed",
    "granted",
    "withdrawn",
]
"""What became of it; reopened is what a withdrawn report leaves: not reached, not done, not concluded after all."""
Value: TypeAlias = int | str | Decimal | date | UUID | Personal[str] | tuple[UUID, ...] | None
"""Before or after: a number, a date, a code, an id, or words of a person."""


class Difference(Struct, frozen=True, kw_only=True):
    """What changed about one thing, as a whole: a date that was moved twice has one difference.

    `field` says which part, of what has several. `days` is how far a date was moved, later if positive. `versions` are those
    of the events behind it, in the stream's order: the last one made it what it is.
    """

    about: About
    kind: Kind
    id: UUID | None = None
    field: Code | None = None
    from_: Value = None
    to: Value = None
    days: int | None = None
    versions: tuple[int, ...]


class Trace(Struct, frozen=True):
    """An event in a stream: what is known of it without its words. `item` is what it is about, `party` who agreed."""

    version: int
    type: Code
    item: UUID | None = None
    party: Party | None = None
