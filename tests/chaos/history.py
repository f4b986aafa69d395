"""What clients sent and were told, and whether the log that is left agrees with every answer."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any
from uuid import UUID

from tests.database import ask
from tests.services.firm import Firm

EVENTS = "SELECT tenant_id, stream_id, version, position, type, recorded_at FROM es.event WHERE {} ORDER BY tenant_id, position"
KINDS = "SELECT tenant_id, type, count(*) FROM es.event WHERE {} GROUP BY 1, 2"


@dataclass
class Request:
    """A command under its key, the type of the one event that it leads to, and what came of it so far.

    `answer` is the first 2xx, `refused` the status that said that nothing was done. `unanswered` counts how often nobody knew,
    and `was_committed` says that it had been done then.
    """

    firm: Firm
    who: str
    path: str
    body: Mapping[str, Any]
    key: str
    event: str
    sent_at: float = field(default_factory=time.monotonic)
    answer: Mapping[str, Any] | None = None
    acked_at: float = 0.0
    refused: int | None = None
    unanswered: int = 0
    was_committed: bool = False

    @property
    def is_open(self) -> bool:
        """Nobody knows whether it was done."""
        return self.answer is None and self.refused is None


class History:
    """Of some organizations since it was made. `faults` are answers that no client should ever get."""

    def __init__(self, dsn: str, firms: Sequence[Firm]) -> None:
        self.dsn = dsn
        self.firms = firms
        self.within = f"tenant_id IN ({', '.join(repr(str(firm.tenant)) for firm in firms)})"
        self.requests: list[Request] = []
        self.faults: list[str] = []
        self.statuses: Counter[str] = Counter()
        self.before = self.counted()

    def first_ack_after(self, moment: float) -> float | None:
        """When the first request that was sent after a moment was acknowledged."""
        return min((each.acked_at for each in self.requests if each.answer is not None and each.sent_at >= moment), default=None)

    def acked(self) -> list[Request]:
        return [each for each in self.requests if each.answer is not None]

    def open(self) -> list[Request]:
        return [each for each in self.requests if each.is_open]

    def counted(self) -> Counter[tuple[UUID, str]]:
        """How many events of each type each organization has."""
        return Counter({(row[0], row[1]): row[2] for row in ask(self.dsn, KINDS.format(self.within))})

    def wrong(self) -> Iterator[str]:
        """Everything in which the log and the answers differ, once every request was settled."""
        yield from self.faults
        rows = ask(self.dsn, EVENTS.format(self.within))
        yield from order(rows)
        stored = {(tenant, stream, version): (position, type) for tenant, stream, version, position, type, _ in rows}
        told: Counter[tuple[UUID, UUID, int]] = Counter()
        wanted = self.before.copy()
        for request in self.acked():
            assert request.answer is not None
            tenant, (stream, version) = request.firm.tenant, (UUID(request.answer["id"]), request.answer["version"])
            found = stored.get((tenant, stream, version))
            told[tenant, stream, version] += 1
            wanted[tenant, request.event] += 1
            if found != (request.answer["position"], request.event):
                yield f"lost: {request.event} {request.key} was answered with {request.answer}, and the log has {found}"
        yield from (f"twice: {event} is what {times} requests were answered with" for event, times in told.items() if times > 1)
        counted, of_commands = self.counted(), {request.event for request in self.requests}
        for place in sorted({place for place in counted | wanted if place[1] in of_commands}, key=str):
            if counted[place] != wanted[place]:
                yield f"counted: {counted[place]} {place[1]} of {place[0]}, and {wanted[place]} were acknowledged"


def order(rows: list[tuple[Any, ...]]) -> Iterator[str]:
    """Where positions of a tenant or versions of a stream have a gap, or time runs backwards."""
    heads: Counter[UUID] = Counter()
    versions: Counter[tuple[UUID, UUID]] = Counter()
    for tenant, stream, version, position, _, _ in rows:
        heads[tenant] += 1
        versions[tenant, stream] += 1
        if position != heads[tenant]:
            yield f"gap: position {position} of {tenant} follows {heads[tenant] - 1}"
        if version != versions[tenant, stream]:
            yield f"gap: version {version} of {stream} follows {versions[tenant, stream] - 1}"
    for one, following in pairwise(rows):
        if one[0] == following[0] and one[5] > following[5]:
            yield f"time: position {following[3]} of {one[0]} was recorded before the one before it"
