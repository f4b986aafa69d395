"""What is said, by the events that are known, of the time up to a moment: a fold on the business clock.

An event counts when it happened by then, `occurred_at`; one that corrects another event speaks of that one's time. The order
stays that of recording: what was said last of a time is what is said of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final, NamedTuple

from domain.event import STORED, Recorded
from domain.nouns import Noun

CORRECTIONS: Final[tuple[str, ...]] = tuple(name for kind, (name, _) in STORED.items() if "corrects_version" in kind.__struct_fields__)
"""The stored names of the events that correct another one of their stream."""


class Said(NamedTuple):
    """A state, with the versions of the events that it was folded from, beyond those of the state that the fold began with."""

    state: Any
    versions: tuple[int, ...]


def said_of(noun: Noun, events: Iterable[Recorded[Any]], until: datetime, *, state: Any = None, since: int = 0) -> Said:
    """Folds those of the events that speak of the time up to `until`, in order.

    `state` holds every event up to version `since`, all of that time. What is about something that did not exist by then is
    left out, too: the clocks of two machines differ a little, and a fold never fails.
    """
    state = noun.initial if state is None else state
    taken: list[int] = []
    counted: set[int] = set()
    for recorded in events:
        corrects: int | None = getattr(recorded.event, "corrects_version", None)
        speaks = recorded.occurred_at <= until if corrects is None else corrects <= since or corrects in counted
        if speaks and (state.exists or recorded.version == 1) and noun.stands(state, recorded.event):
            state = noun.evolve(state, recorded)
            taken.append(recorded.version)
            counted.add(recorded.version)
    return Said(state, tuple(taken))
