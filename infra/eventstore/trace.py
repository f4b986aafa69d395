"""Where the events stand that one moment holds and an earlier one does not: what each is about, and no more of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import msgspec

from domain.difference import Trace
from domain.errors import StreamErased
from domain.event import STORED, Event
from domain.glossary import Party
from domain.hindsight import CORRECTIONS
from infra.eventstore.errors import EventUnreadable
from infra.eventstore.hindsight import At
from infra.eventstore.outage import outages
from infra.eventstore.vault import Source

TRACES: Final = "SELECT * FROM es.traces($1, $2, $3, $4, $5)"


class Naming(msgspec.Struct, frozen=True):
    """The fields by which events of a plan name what they are about; what is about several things, is about the first of these."""

    item_id: UUID | None = None
    win_id: UUID | None = None
    milestone_id: UUID | None = None
    action_id: UUID | None = None
    strategy_id: UUID | None = None
    objective_id: UUID | None = None
    change_id: UUID | None = None
    party: Party | None = None

    @property
    def item(self) -> UUID | None:
        named = (self.item_id, self.win_id, self.milestone_id, self.action_id, self.strategy_id, self.objective_id, self.change_id)
        return next((one for one in named if one is not None), None)


NAMING: Final = msgspec.json.Decoder(Naming)


async def traces_between(source: Source, tenant: UUID, stream: UUID, before: At, after: At, kinds: Sequence[type[Event]]) -> list[Trace]:
    """The traces of those kinds of events that `after` holds and `before` does not, both with their positions.

    Raises `StreamErased` and `EventUnreadable`.

    On the business clock a correction may be among them that speaks of an event which is not.
    """
    since = (before.position or 0) if before.occurred is None else 0
    with outages():
        rows = await source.fetch(TRACES, tenant, stream, since, after.position, [STORED[kind].name for kind in kinds])
    return [trace(stream, row) for row in rows if row["type"] in CORRECTIONS or (not holds(before, row) and holds(after, row))]


def holds(at: At, row: Any) -> bool:
    until: datetime | None = at.occurred
    known: bool = row["position"] <= (at.position or 0)
    return known and (until is None or row["occurred_at"] <= until)


def trace(stream: UUID, row: Any) -> Trace:
    if row["payload"] is None:
        raise StreamErased
    try:
        named = NAMING.decode(row["payload"])
    except msgspec.DecodeError as error:
        raise EventUnreadable(stream, row["version"], row["position"]) from error
    return Trace(row["version"], row["type"], named.item, named.party)
