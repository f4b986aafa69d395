"""What the board's page shows, made of the indicators and the names of people and programs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from projections.kpi.board import Board
from projections.kpi.value import RULESET
from services.pages.figure import Drawn
from services.pages.filter import Filter
from services.pages.help import HelpView
from services.pages.indicator import Indicator, indicators


class BoardView(NamedTuple):
    """The whole page."""

    at: datetime
    zone: ZoneInfo
    position: int
    ruleset: str
    engagements: int
    filters: Sequence[Filter]
    narrowed: bool
    indicators: Sequence[Indicator]
    help: HelpView
    figures: Sequence[Drawn]


def board_view(
    board: Board, *, at: datetime, zone: ZoneInfo, filters: Sequence[Filter], help: HelpView, figures: Sequence[Drawn]
) -> BoardView:
    return BoardView(
        at=at,
        zone=zone,
        position=board.as_of_position,
        ruleset=RULESET,
        engagements=board.engagements or 0,
        filters=filters,
        narrowed=any(one.chosen not in {"", "to_date"} for one in filters),
        indicators=indicators(board.kpis),
        help=help,
        figures=figures,
    )
