"""The lines that the listing has to have, from what the product says of itself, and how they look once they are shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from domain.event import EVENTS
from services.command.table import TABLE
from services.contract.catalogue import AT_THE_DOOR, card
from services.problems import code_of
from tests.listing.witness import Seen

DOOR: Final = {code_of(kind) for kind in AT_THE_DOOR}
"""Refusals that any command may get before its rule is asked: tests of the door show them, each once."""


def wanted() -> Iterator[tuple[Seen, ...]]:
    """Each line as the ways in which it may be shown, the best first: any of them will do."""
    for name in EVENTS:
        yield (Seen("log", name, ""),)
    for entry in TABLE.values():
        told = card(entry)
        if entry.offered:
            yield (Seen("http", told.name, ""),)
        for code in told.refusals:
            if code not in DOOR:
                yield Seen("http", told.name, code), Seen("rule", told.name, code)


def lines(shown: Mapping[Seen, str]) -> Iterator[tuple[Seen, str | None]]:
    """Each line with the way and the test that shows it, or None for the test: nobody does."""
    for ways in wanted():
        found = next((way for way in ways if way in shown), None)
        yield (ways[0], None) if found is None else (found, shown[found])
