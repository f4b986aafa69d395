"""The ids that one command may make things under."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, overload
from uuid import UUID

IDS: Final = 32
"""Ids for one command: more than any makes things."""


class Ids(Sequence[UUID]):
    """Each is made by its place when it is first asked for, and stays the same, however often the command is tried.

    Most commands ask for two of them, and an import of a year has a thousand commands a second.
    """

    def __init__(self, make: Callable[[int], UUID]) -> None:
        self.make = make
        self.made: dict[int, UUID] = {}

    def __len__(self) -> int:
        return IDS

    @overload
    def __getitem__(self, place: int) -> UUID: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[UUID, ...]: ...
    def __getitem__(self, place: int | slice) -> UUID | tuple[UUID, ...]:
        if isinstance(place, slice):
            return tuple(self)[place]
        number = range(IDS)[place]
        if number not in self.made:
            self.made[number] = self.make(number)
        return self.made[number]
