"""How large a history is, and the chance that shapes it."""

from __future__ import annotations

import hashlib
from random import Random

import msgspec


class Size(msgspec.Struct, frozen=True, kw_only=True):
    """Coaches, clients and months of a history; the same numbers and seed make the same one."""

    coaches: int
    clients: int
    months: int
    seed: int

    @property
    def slug(self) -> str:
        """The short name of its organization."""
        return f"history-{self.coaches}-{self.clients}-{self.months}-{self.seed}"


FIRST_START = Size(coaches=40, clients=600, months=12, seed=1)
"""What a first start of everything brings along."""


def chance(*names: object) -> Random:
    """Chance that falls the same way for the same names, whatever else was asked before."""
    return Random(hashlib.sha256(" ".join(map(str, names)).encode()).digest())  # noqa: S311 - a made-up history, not a secret
