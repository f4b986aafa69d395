"""Lists in another order than that in which things were made, or of those alone whose rows hold something."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any, Final, NamedTuple
from uuid import UUID

import msgspec

from infra.sql import Statements, load
from projections import current
from projections.current import CURRENT, Current
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


class Placed(NamedTuple):
    """An item of a list before its document is read: `position` is that of the last event that changed it."""

    id: UUID
    position: int
    engagement_id: UUID


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
) -> list[Current[Any]]:
    """What lies in a scope, as `current.listed`, whose row holds these values, and has its time in that range; in that order."""
    if by == MADE and not holding and not during.limits:
        return await current.listed(snapshot, noun, scope, after=after, limit=limit, words=words)
    chosen = await choice(snapshot, noun, scope, by, holding, during)
    return await current.read(snapshot, noun, words, statement(by), **chosen, after=after, at_most=limit, documents=True)


async def places(
    snapshot: Snapshot, noun: str, scope: Scope, *, by: Order = MADE, holding: Mapping[str, Any], after: UUID | None, limit: int
) -> list[Placed]:
    """The same of what belongs to an engagement, without what it says."""
    if by == MADE and not holding:
        snapshot.position(CURRENT[noun], CURRENT["engagement"])
        page = {"tenant_id": snapshot.tenant, "after": after, "at_most": limit}
        rows = await sql(noun).places.fetch(snapshot.connection, **scope.with_member, **page)
    else:
        chosen = await choice(snapshot, noun, scope, by, holding, ALWAYS)
        rows = await snapshot.fetch(CURRENT[noun], statement(by), {**chosen, "after": after, "at_most": limit, "documents": False})
    return [Placed(row["key"], row["position"], row["engagement_id"]) for row in rows]


@cache
def sql(noun: str) -> Statements:
    """Statements on the rows of a noun and on those of the engagements that these belong to: both in one round trip."""
    table, engagements = (f"rm.{one.name}_g{one.version}" for one in (CURRENT[noun], CURRENT["engagement"]))
    return load(__file__, table=table, engagements=engagements)


def statement(by: Order) -> str:
    return "ordered_down" if by.descending else "ordered_up"


async def choice(snapshot: Snapshot, noun: str, scope: Scope, by: Order, holding: Mapping[str, Any], during: Within) -> dict[str, Any]:
    """What both of these statements ask for, but for the page."""
    itself = noun in ("program", "engagement")
    return {
        **(scope if itself else Scope()).with_member,
        "engagement_ids": None if itself else await current.engagements(snapshot, scope),
        "holding": msgspec.json.encode(holding).decode(),
        "path": by.path or NOWHERE,
        "ranged": during.path,
        "low": during.low,
        "high": during.high,
    }
