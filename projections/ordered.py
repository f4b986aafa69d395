"""Lists in another order than that in which things were made, or of those alone whose rows hold something."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

import msgspec

from projections import current
from projections.current import Current
from projections.projection import Opening
from projections.snapshot import Scope, Snapshot


class Order(NamedTuple):
    """By which value of a row's document a list is ordered; by none: as things were made."""

    path: tuple[str, ...] = ()
    descending: bool = False


class Within(NamedTuple):
    """Only what has an instant at that path: no earlier than `low`, and before `high`."""

    path: tuple[str, ...]
    low: datetime | None = None
    high: datetime | None = None

    @property
    def limits(self) -> bool:
        return self.low is not None or self.high is not None


MADE: Final = Order()
NOWHERE: Final = ("no such field",)
ALWAYS: Final = Within(NOWHERE)


async def ordered(
    snapshot: Snapshot,
    noun: str,
    scope: Scope,
    *,
    by: Order = MADE,
    holding: Mapping[str, Any],
    during: Within = ALWAYS,
    after: UUID | None,
    limit: int,
    words: Opening | bool,
    left_out: Sequence[str] | None = None,
) -> list[Current[Any]]:
    """What lies in a scope, as `current.listed`, whose row holds these values, and has its time in that range; in that order."""
    if by == MADE and not holding and not during.limits:
        return await current.listed(snapshot, noun, scope, after=after, limit=limit, words=words, left_out=left_out)
    itself = noun in ("program", "engagement")
    return await current.read(
        snapshot,
        noun,
        words,
        "ordered_down" if by.descending else "ordered_up",
        **(scope if itself else Scope()).with_member,
        engagement_ids=None if itself else await current.engagements(snapshot, scope),
        holding=msgspec.json.encode(holding).decode(),
        path=by.path or NOWHERE,
        after=after,
        at_most=limit,
        ranged=during.path,
        low=during.low,
        high=during.high,
        left_out=left_out,
    )
