"""How an agreed plan changes: one side proposes, the other accepts or declines."""

from __future__ import annotations

from typing import TypeAlias
from uuid import UUID

from domain.event import Event, stored
from domain.glossary import Party
from domain.plan.events.agreement import Override
from domain.plan.events.objective import AttainmentScaleDefined, ObjectiveDefined, ObjectiveRefined, ObjectiveReprioritized
from domain.plan.events.reason import ReasonedEvent
from domain.plan.events.strategy import StrategyAdopted, StrategyDropped, StrategyRevised
from domain.plan.terms import Evidence
from domain.values import Digest

Change: TypeAlias = (
    ObjectiveDefined
    | ObjectiveRefined
    | ObjectiveReprioritized
    | AttainmentScaleDefined
    | StrategyAdopted
    | StrategyRevised
    | StrategyDropped
)
"""A change of what was agreed is the event that will happen once it is accepted."""


@stored("plan.change_proposed", schema_v=3)
class ChangeProposed(ReasonedEvent, frozen=True, kw_only=True):
    """A party wants to change what was agreed. `change` is the event that follows from acceptance, its words sealed already."""

    change_id: UUID
    change: Change
    proposed_by: Party
    evidence: tuple[Evidence, ...]
    overrides: tuple[Override, ...]
    based_on: Digest


@stored("plan.change_accepted")
class ChangeAccepted(Event, frozen=True, kw_only=True):
    """A party agreed to a change. The last one makes the plan's next version, `plan_version`; before that it is null."""

    change_id: UUID
    party: Party
    plan_version: int | None
    overrides: tuple[Override, ...]


@stored("plan.change_declined")
class ChangeDeclined(ReasonedEvent, frozen=True, kw_only=True):
    """A party did not agree to a change: it does not happen."""

    change_id: UUID
    party: Party
