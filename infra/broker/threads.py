"""The threads of a worker, among organizations: the rule of `infra.gate`, where nobody is kept waiting inside."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from uuid import UUID

from infra.broker.table import Held


class Threads:
    """Who has how many of them, over all queues.

    An organization gets another only while it has fewer than are free: alone it gets half. Who has none gets one also when none is
    free, and so is the next. What is done for no organization passes beside the rule.
    """

    def __init__(self, number: int) -> None:
        self.number = number
        self.taken: dict[Held, UUID | None] = {}
        self.refused: set[socket.socket] = set()  # the bells of who was
        self.changing = threading.Lock()

    def take(self, held: Held, whose: UUID | None, bell: socket.socket) -> bool:
        """Whether the job may be handed to a thread. If not, the bell is rung as soon as that may have changed."""
        with self.changing:
            theirs = sum(1 for other in self.taken.values() if other == whose)
            if whose is not None and theirs and theirs >= self.number - len(self.taken):
                self.refused.add(bell)
                return False
            self.taken[held] = whose
            return True

    def leave(self, held: Held) -> None:
        with self.changing:
            self.taken.pop(held, None)
            refused, self.refused = self.refused, set()
        for bell in refused:
            ring(bell)


def ring(bell: socket.socket) -> None:
    """Wakes up who listens at the other end, now or when they next do."""
    with suppress(OSError):  # it has been rung often enough, or nobody listens any more
        bell.send(b"!")
