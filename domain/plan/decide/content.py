"""Changes of what is agreed: they happen at once while the plan is being written, and by proposal once it is active."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, TypeVar

from domain.command import Command
from domain.errors.plan import ChangeMustBeProposed
from domain.event import Event
from domain.plan.context import PlanContext
from domain.plan.decide.applicable import require_applicable
from domain.plan.decide.table import decide
from domain.plan.events import Change
from domain.plan.state import PlanState

C = TypeVar("C", bound=Command)
Make = Callable[[PlanState, C, PlanContext], Change | None]

MAKE: Final[dict[type[Command], Make[Any]]] = {}
"""Command -> the function that makes its event, or None when nothing would change."""


def content(kind: type[C]) -> Callable[[Make[C]], Make[C]]:
    """Registers how a command of this kind becomes an event, and that by itself it may do so in a draft only."""

    def put(make: Make[C]) -> Make[C]:
        MAKE[kind] = make
        decide.on(kind)(drafted)
        return make

    return put


def drafted(state: PlanState, command: Command, context: PlanContext) -> Sequence[Event]:
    if state.status == "active":
        raise ChangeMustBeProposed()
    made = made_by(state, command, context)
    return [] if made is None else [made]


def made_by(state: PlanState, command: Command, context: PlanContext) -> Change | None:
    """The event that the command asks for, applicable to the plan as it stands; None when nothing would change."""
    made = MAKE[type(command)](state, command, context)
    if made is not None:
        require_applicable(state, made, context)
    return made
