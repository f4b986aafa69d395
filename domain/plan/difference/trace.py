"""Where the events between two moments stand: what the state of an item does not remember."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from domain.difference import Trace
from domain.event import STORED, Event
from domain.glossary import Party


class Traces:
    """The versions of events, by their kind and what they are about."""

    def __init__(self, traces: Iterable[Trace]) -> None:
        self.found: dict[tuple[str, UUID | Party | None], list[int]] = {}
        for one in traces:
            self.found.setdefault((one.type, one.item or one.party), []).append(one.version)

    def of(self, kind: type[Event], item: UUID | Party | None = None) -> tuple[int, ...]:
        """The versions of the events of a kind about an item, or of a party."""
        return tuple(self.found.get((STORED[kind].name, item), ()))
