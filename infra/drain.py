"""A process that is asked to end says so first to those who share the work out, and answers what still comes meanwhile."""

from __future__ import annotations

from infra.eventstore.errors import Unavailable


class Draining(Unavailable):
    """This process is about to end: ask another one."""


class Drain:
    """Whether it has begun. It never ends: the process does."""

    def __init__(self) -> None:
        self.begun = False

    def begin(self) -> None:
        self.begun = True

    def require_none(self) -> None:
        """Raises `Draining` once it has begun."""
        if self.begun:
            raise Draining
