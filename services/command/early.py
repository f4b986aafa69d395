"""What an early end entails: with notice, sessions after the last day are called off; with the end, what the program promised for after it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from domain.command import Command
from domain.event import Event
from domain.session.events import SessionCancelled
from services.command.call import Call
from services.engagement.handover import leaving
from services.evaluation.promise import PROMISED, promising

EARLY: Final[tuple[type[Event], ...]] = (*PROMISED, SessionCancelled)


async def early(call: Call, events: Sequence[Event]) -> list[tuple[UUID, Command]]:
    """Of the two, what the event is."""
    return [*(await leaving(call, events)), *(await promising(call, events))]
