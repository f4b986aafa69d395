"""A coach's time in pieces of five minutes: what a session takes of it, so that no two sessions meet.

Sessions begin and end on these pieces. So two of them overlap just when they share one, and what only touches shares none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Final, NamedTuple
from uuid import UUID

SLOT_SECONDS: Final = 5 * 60
"""Part of what is stored of a claim: another length would be another kind of claim."""
FAR: Final = datetime(3000, 1, 1, tzinfo=UTC)
"""No session begins then or later: no calendar reaches that far, and nothing that is added to an earlier time fails."""


class Busy(NamedTuple):
    """From when until when the coach has not the time that somebody wants: of another session no more than that part is told."""

    since: datetime
    until: datetime


def slots(coach_id: UUID, starts_at: datetime, minutes: int) -> Sequence[str]:
    """The pieces that a session takes, each by the coach and its number since 1970, UTC."""
    first = int(starts_at.timestamp()) // SLOT_SECONDS
    return [f"{coach_id}:{number}" for number in range(first, first + minutes * 60 // SLOT_SECONDS)]


def busy(pieces: Iterable[str]) -> Busy:
    """From the first of some pieces, as `slots` names them, to the end of the last."""
    numbers = [int(piece.rpartition(":")[2]) for piece in pieces]
    since, until = (datetime.fromtimestamp(number * SLOT_SECONDS, UTC) for number in (min(numbers), max(numbers) + 1))
    return Busy(since, until)


def is_even(at: datetime) -> bool:
    """Whether a piece begins at that instant."""
    return at.timestamp() % SLOT_SECONDS == 0
