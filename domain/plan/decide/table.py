"""The table that the other files of this package fill."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from domain.command import Command
from domain.decider import Decide
from domain.errors.engagement import EngagementEnded
from domain.event import Event
from domain.glossary import ENDED
from domain.plan.commands import MissMilestone
from domain.plan.context import PlanContext
from domain.plan.state import PlanState

C = TypeVar("C", bound=Command)
Rule = Callable[[PlanState, C, PlanContext], Sequence[Event]]


def require_going_on(context: PlanContext) -> None:
    if context.engagement.state in ENDED:
        raise EngagementEnded(state=context.engagement.state)


BEFORE: Final[dict[type[Command], Callable[[PlanContext], None]]] = {}
"""Command -> what has to hold before its own rule is asked."""


class PlanDecide(Decide[PlanState, PlanContext]):
    """A plan ends with its engagement: whatever is asked of it afterwards is refused, but what only time asks, and has nothing to say then."""

    def on(self, kind: type[C]) -> Callable[[Rule[C]], Rule[C]]:
        if kind is not MissMilestone:
            BEFORE[kind] = require_going_on
        return super().on(kind)

    def __call__(self, state: PlanState, command: Command, context: PlanContext) -> Sequence[Event]:
        if (require := BEFORE.get(type(command))) is not None:
            require(context)
        return self.table[type(command)](state, command, context)


decide: Final = PlanDecide()
