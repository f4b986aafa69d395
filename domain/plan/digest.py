"""Which of a plan's events change what is agreed, so that approvals bind them: the plan's content.

After the plan became active, milestones and baselines are moved and found out without a new agreement, and an objective
that is concluded is not taken out of it: from then on they are no content.
"""

from __future__ import annotations

from typing import Any, Final

from msgspec.structs import replace

from domain.decider import Evolve
from domain.digest import extended
from domain.event import Event, Recorded
from domain.plan.events import (
    AttainmentScaleDefined,
    BaselineRecorded,
    EntryWithdrawn,
    MeasurementCorrected,
    MilestoneAdjusted,
    MilestoneSet,
    MilestoneWithdrawn,
    ObjectiveConcluded,
    ObjectiveDefined,
    ObjectiveRefined,
    ObjectiveReprioritized,
    StrategyAdopted,
    StrategyDropped,
    StrategyRevised,
)
from domain.plan.state import PlanState

CONTENT: Final = frozenset(
    (
        *(ObjectiveDefined, ObjectiveRefined, ObjectiveReprioritized, AttainmentScaleDefined),
        *(StrategyAdopted, StrategyRevised, StrategyDropped),
    )
)
"""Content for ever."""
CONTENT_BEFORE_ACTIVATION: Final = frozenset(
    (BaselineRecorded, MeasurementCorrected, ObjectiveConcluded, MilestoneSet, MilestoneAdjusted, MilestoneWithdrawn)
)
"""Content of the plan that is going to be agreed, and not after."""


def is_content(event: Event, *, active: bool) -> bool:
    """Whether the event, coming when the plan is active or before that, changes what is agreed."""
    if type(event) in CONTENT:
        return True
    if active:
        return False
    return type(event) in CONTENT_BEFORE_ACTIVATION or (isinstance(event, EntryWithdrawn) and event.entry == "objective_concluded")


class ContentEvolve(Evolve[PlanState]):
    """The table of evolving functions, which also chains the digest; what was proposed is a draft again once it differs."""

    def __call__(self, state: PlanState, recorded: Recorded[Any]) -> PlanState:
        active = state.status == "active"
        if is_content(recorded.event, active=active):
            state = replace(state, digest=extended(state.digest, recorded), status="active" if active else "draft")
        return self.table[type(recorded.event)](state, recorded)
