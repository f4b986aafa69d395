"""Decide and evolve as tables: one function a command, one function an event, each registered by its annotation's type.

`decide(state, command, context)` returns the events that follow, nothing when there is nothing to do, or raises a
`Refusal`. `evolve(state, recorded)` never refuses and never asks the time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from domain.command import Command
from domain.event import Event, Recorded

S = TypeVar("S")
X = TypeVar("X")
C = TypeVar("C", bound=Command)
E = TypeVar("E", bound=Event)


class Evolve(Generic[S]):
    """Event -> how it changes the state."""

    def __init__(self) -> None:
        self.table: dict[type[Event], Callable[[S, Any], S]] = {}

    def on(self, kind: type[E]) -> Callable[[Callable[[S, Recorded[E]], S]], Callable[[S, Recorded[E]], S]]:
        def put(function: Callable[[S, Recorded[E]], S]) -> Callable[[S, Recorded[E]], S]:
            if kind in self.table:
                raise ValueError(f"{kind.__name__} has its function already")
            self.table[kind] = function
            return function

        return put

    def __call__(self, state: S, recorded: Recorded[Any]) -> S:
        return self.table[type(recorded.event)](state, recorded)


class Decide(Generic[S, X]):
    """Command -> the events that follow from it."""

    def __init__(self) -> None:
        self.table: dict[type[Command], Callable[[S, Any, X], Sequence[Event]]] = {}

    def on(self, kind: type[C]) -> Callable[[Callable[[S, C, X], Sequence[Event]]], Callable[[S, C, X], Sequence[Event]]]:
        def put(function: Callable[[S, C, X], Sequence[Event]]) -> Callable[[S, C, X], Sequence[Event]]:
            if kind in self.table:
                raise ValueError(f"{kind.__name__} has its function already")
            self.table[kind] = function
            return function

        return put

    def __call__(self, state: S, command: Command, context: X) -> Sequence[Event]:
        return self.table[type(command)](state, command, context)
