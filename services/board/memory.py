"""Boards that were worked out before. A board follows from the organization's log, its policy and the day, and the question: while
none of them changes, neither does the answer, and working it out takes a hundred times as long as looking it up."""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple
from uuid import UUID

from infra.recent import Recent
from projections.kpi.board import Board
from projections.snapshot import Scope

MOST: Final = 64  # boards; one of 600 clients takes about a quarter of a megabyte


class Question(NamedTuple):
    """All that a board depends on. `position` is how far its rows follow the log, `policy` the version of the organization."""

    tenant: UUID
    position: int
    policy: int
    today: date
    scope: Scope
    period: str


class Memory(Recent[Question, Board]):
    """The boards that were asked for last, of every organization."""

    def __init__(self, most: int = MOST) -> None:
        super().__init__(most)
