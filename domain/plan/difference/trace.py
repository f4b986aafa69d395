"""Where the events between two moments stand: what the state of an item does not remember."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from domain.difference import Trace
from domain.event import STORED, Event
from domain.glossary import Party
from domain.plan.events import (
    ActionCommitted,
    ActionDropped,
    ActionRescheduled,
    ChangeDeclined,
    DueDatesShifted,
    EntryWithdrawn,
    MilestoneSet,
    MilestoneWithdrawn,
    PlanActivated,
    PlanApproved,
    PlanDrafted,
    PlanProposed,
    PlanReviewed,
    StrategyAdopted,
    StrategyDropped,
    StrategyRevised,
    WinAcknowledged,
)

TRACED: Final[tuple[type[Event], ...]] = (
    *(PlanDrafted, PlanProposed, PlanApproved, PlanActivated, PlanReviewed, ChangeDeclined, EntryWithdrawn, WinAcknowledged),
    *(StrategyAdopted, StrategyRevised, StrategyDropped, ActionCommitted, ActionRescheduled, ActionDropped),
    *(MilestoneSet, MilestoneWithdrawn, DueDatesShifted),
)
"""The events whose place has to be looked for: of all others the state remembers where they stand."""


class Traces:
    """The versions of events, by their kind and what they are about."""

    def __init__(self, traces: Iterable[Trace]) -> None:
        self.found: dict[tuple[str, UUID | Party | None], list[int]] = {}
        for one in traces:
            self.found.setdefault((one.type, one.item or one.party), []).append(one.version)

    def of(self, kind: type[Event], item: UUID | Party | None = None) -> tuple[int, ...]:
        """The versions of the events of a kind about an item, or of a party."""
        assert kind in TRACED  # or its traces were never read
        return tuple(self.found.get((STORED[kind].name, item), ()))
