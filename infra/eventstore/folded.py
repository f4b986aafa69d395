"""The states of many short streams at once, such as the engagements of a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from infra.eventstore.outage import outages
from infra.eventstore.store import Store
from infra.eventstore.vault import Source
from infra.recent import Recent

VERSIONS: Final = "SELECT * FROM es.versions($1, $2)"
MOST: Final = 1_000  # states; an engagement's takes some kilobytes


class Folded:
    """Those of one noun that were folded last: of a stream that has not changed since only its version is read.

    What is in the log does not change, so neither does its fold. Personal values are sealed in it as in the log: what is
    erased opens no more, and a stream that was erased as a whole is read again, which says so.
    """

    def __init__(self, store: Store, noun: str, most: int = MOST) -> None:
        self.store = store
        self.noun = noun
        self.kept: Recent[tuple[UUID, UUID], tuple[int, Any]] = Recent(most)

    async def states(self, tenant: UUID, streams: Sequence[UUID], source: Source | None = None) -> dict[UUID, Any]:
        """Each as it stands at this moment; by `source`, at that of its transaction. Raises what `Reading.state` does."""
        source = source or self.store.pool.of(tenant)
        with outages():
            rows = await source.fetch(VERSIONS, tenant, streams)
        versions = {row["stream_id"]: row["version"] for row in rows if not row["is_erased"]}
        kept = {stream: self.kept.find((tenant, stream)) for stream in streams}
        found = {stream: one[1] for stream, one in kept.items() if one is not None and one[0] == versions.get(stream)}
        if fresh := [stream for stream in kept if stream not in found]:
            found |= await self.read(tenant, fresh, source)
        return found

    async def read(self, tenant: UUID, streams: Sequence[UUID], source: Source) -> dict[UUID, Any]:
        """The same from the log, and remembers them."""
        reading = await self.store.read_by(source, tenant, *streams)
        found = {stream: reading.state(stream, self.noun) for stream in streams}
        for stream, state in found.items():
            self.kept.keep((tenant, stream), (reading.version(stream), state))
        return found
