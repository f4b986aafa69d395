"""What the board's page shows, made of the indicators and the names of people and programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from projections.kpi.board import Board
from projections.kpi.help import NeedsHelp
from projections.kpi.value import RULESET
from services.pages.figure import Drawn
from services.pages.filter import Filter
from services.pages.indicator import Indicator, indicators
from services.pages.words import NOTHING, SENTENCES


class Reasoned(NamedTuple):
    """A reason in words."""

    heading: str
    sentence: str


class Help(NamedTuple):
    """An engagement that needs help."""

    client: str
    coach: str
    program: str
    plan: UUID | None
    reasons: Sequence[Reasoned]


class BoardView(NamedTuple):
    """The whole page."""

    at: datetime
    zone: ZoneInfo
    position: int
    ruleset: str
    engagements: int
    filters: Sequence[Filter]
    indicators: Sequence[Indicator]
    help: Sequence[Help]
    figures: Sequence[Drawn]


def board_view(
    board: Board, names: Mapping[UUID, str], *, at: datetime, zone: ZoneInfo, filters: Sequence[Filter], figures: Sequence[Drawn]
) -> BoardView:
    """`names` are those of people and programs, by id."""
    return BoardView(
        at=at,
        zone=zone,
        position=board.as_of_position,
        ruleset=RULESET,
        engagements=board.engagements or 0,
        filters=filters,
        indicators=indicators(board.kpis),
        help=[helped(row, names) for row in board.needs_help],
        figures=figures,
    )


def helped(row: NeedsHelp, names: Mapping[UUID, str]) -> Help:
    def name(item: UUID | None) -> str:
        return NOTHING if item is None else names.get(item, NOTHING)

    reasons = [Reasoned(heading, sentence(reason)) for reason in row.reasons for heading, sentence in [SENTENCES[reason.code]]]
    return Help(name(row.client_id), name(row.coach_id), name(row.program_id), row.plan_id, reasons)
