"""What the board's page shows, made of the indicators and the names of people and programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from markupsafe import Markup

from projections.kpi.board import Board
from projections.kpi.help import NeedsHelp
from projections.kpi.value import RULESET
from services.pages.figure import Figure
from services.pages.indicator import Indicator, indicators
from services.pages.words import NOTHING, SENTENCES


class Choice(NamedTuple):
    """One option of a filter; without a value it means all."""

    value: str
    label: str


class Filter(NamedTuple):
    """One field of the board's form."""

    name: str
    label: str
    choices: Sequence[Choice]
    chosen: str


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


class Drawn(NamedTuple):
    """A figure with its drawing; `missing` says why there is none."""

    title: str
    caption: str
    head: Sequence[str]
    rows: Sequence[tuple[str | int, ...]]
    svg: Markup | None
    missing: str


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


def drawn(figure: Figure, svg: Markup | None) -> Drawn:
    missing = "No data yet." if figure.spec is None else "The chart could not be drawn; its numbers are above." if svg is None else ""
    return Drawn(figure.title, figure.caption, figure.head, figure.rows if figure.spec is not None else (), svg, missing)
