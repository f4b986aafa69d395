"""The table that the other files of this package fill, and what they share."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final, TypeVar
from uuid import UUID

from domain.decider import Evolve
from domain.event import Recorded
from projections.reminder.facts import Facts, Happened

follow: Final[Evolve[Facts]] = Evolve()
V = TypeVar("V")


def since(recorded: Recorded[Any]) -> datetime | None:
    return None if recorded.meta.channel == "import" else recorded.occurred_at


def happened(recorded: Recorded[Any]) -> Happened:
    return Happened(recorded.version, since(recorded))


def without(items: dict[UUID, V], key: UUID) -> dict[UUID, V]:
    return {other: item for other, item in items.items() if other != key}
