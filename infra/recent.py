"""What was asked for last, for what is worth remembering and can be worked out anew."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Recent(Generic[K, V]):
    """At most as much as `most`, by what `size_of` says of each: without it, so many. What nobody asked for the longest is forgotten."""

    def __init__(self, most: int, size_of: Callable[[V], int] = lambda _: 1) -> None:
        self.most = most
        self.size_of = size_of
        self.size = 0
        self.kept: dict[K, V] = {}

    def find(self, key: K) -> V | None:
        if (value := self.kept.pop(key, None)) is not None:
            self.kept[key] = value  # the last to be forgotten
        return value

    def keep(self, key: K, value: V) -> V:
        self.forget(key)
        self.kept[key] = value
        self.size += self.size_of(value)
        while self.size > self.most:
            self.forget(next(iter(self.kept)))
        return value

    def forget(self, key: K) -> None:
        if (value := self.kept.pop(key, None)) is not None:
            self.size -= self.size_of(value)
