"""The table that the other files of this package fill."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from domain.command import Command
from domain.decider import Decide
from domain.errors.engagement import EngagementEnded
from domain.event import Event
from domain.glossary import ENDED
from domain.plan.commands import MissMilestone
from domain.plan.context import PlanContext
from domain.plan.state import PlanState


class PlanDecide(Decide[PlanState, PlanContext]):
    """A plan ends with its engagement: whatever is asked of it afterwards is refused."""

    def __call__(self, state: PlanState, command: Command, context: PlanContext) -> Sequence[Event]:
        if context.engagement.state in ENDED and not isinstance(command, MissMilestone):  # which has nothing to say then
            raise EngagementEnded(state=context.engagement.state)
        return self.table[type(command)](state, command, context)


decide: Final = PlanDecide()
