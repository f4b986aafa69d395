"""Answers that have more pages than one: what was found for the first is remembered for the others, which are as of the same moment.

Findings are remembered without words and names, which are put in page by page: so who was erased is gone at once. And only for
those who see every engagement of their programs, since what others see may end at any time.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from services.actor import Actor
from services.audit.question.answers import Parameters
from services.audit.question.finding import Finding
from services.audit.question.index import Index
from services.audit.question.place import Place

KEPT: Final = timedelta(minutes=10)
"""Less than the time for which the same reading is noted once."""
MOST: Final = 100_000  # findings and the things that they are about, in all; each takes about a kilobyte
ROLES: Final = frozenset({"auditor", "program_manager"})


class Answered(NamedTuple):
    """All that an answer depends on, but for which page of it is wanted."""

    actor: Actor
    slug: str
    asked: Parameters
    position: int
    now: datetime


class Worked(NamedTuple):
    """What was found, in the order in which it is told."""

    found: Sequence[Finding]
    examined: int
    things: Index

    @property
    def size(self) -> int:
        return len(self.found) + len(self.things.things)


def answered(actor: Actor, slug: str, asked: Parameters, place: Place) -> Answered:
    return Answered(actor, slug, Parameters(about=asked.about, at=asked.at, since=asked.since, to=asked.to), place.position, place.now)


class Memory:
    """The answers that were worked out last, of every organization."""

    def __init__(self, most: int = MOST) -> None:
        self.most = most
        self.answers: dict[Answered, Worked] = {}

    def find(self, wanted: Answered, now: datetime) -> Worked | None:
        return self.answers.get(wanted) if now - wanted.now <= KEPT else None

    def keep(self, answered: Answered, worked: Worked, now: datetime) -> None:
        """The oldest are forgotten for it; one that is too large, or is not for remembering, is not kept."""
        self.answers = {one: kept for one, kept in self.answers.items() if now - one.now <= KEPT}
        if answered.actor.role not in ROLES or worked.size > self.most:
            return
        while self.answers and sum(one.size for one in self.answers.values()) + worked.size > self.most:
            del self.answers[next(iter(self.answers))]
        self.answers[answered] = worked
