"""The board's charts: what each shows, as a Vega-Lite dict and as the table of the same numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import structlog
from markupsafe import Markup

from projections.kpi.board import Board
from projections.kpi.value import Share
from services.pages.chart import ChartFailed, Charts
from services.pages.words import month, words

LOG: Final = structlog.get_logger()

INK, FAINT, LINE = "#1d2733", "#566270", "#d9d6cf"
DEEP, PALE, WARM = "#0f5f66", "#b9d4d3", "#b4652a"
FONT: Final = "system-ui, 'Segoe UI', Roboto, 'Liberation Sans', Arial, sans-serif"
WIDTH: Final = 300

Value = dict[str, str | int]


class Figure(NamedTuple):
    """A chart and its numbers. `spec` is None where there is nothing to draw."""

    title: str
    caption: str
    head: tuple[str, ...]
    rows: list[tuple[str | int, ...]]
    spec: dict[str, Any] | None


class Drawn(NamedTuple):
    """A figure with its drawing; `missing` says why there is none."""

    title: str
    caption: str
    head: Sequence[str]
    rows: Sequence[tuple[str | int, ...]]
    svg: Markup | None
    missing: str


async def drawn_figures(charts: Charts, board: Board) -> list[Drawn]:
    return [await drawn(charts, figure) for figure in figures(board)]


async def drawn(charts: Charts, figure: Figure) -> Drawn:
    """A chart that cannot be drawn leaves its numbers on the page."""
    if figure.spec is None:
        return Drawn(figure.title, figure.caption, figure.head, (), None, "No data yet.")
    try:
        return Drawn(figure.title, figure.caption, figure.head, figure.rows, await charts.draw(figure.spec), "")
    except ChartFailed as failure:
        LOG.error("chart_failed", chart=figure.title, why=str(failure))
        return Drawn(figure.title, figure.caption, figure.head, figure.rows, None, "The chart could not be drawn; its numbers stand above.")


def figures(board: Board) -> list[Figure]:
    mix = next((kpi.mix for kpi in board.kpis if kpi.name == "adjustment_rate"), {})
    return [
        milestones(board),
        shares("Why due dates changed", "Adjustments in the period by reason", mix.get("reason_code", ()), DEEP),
        shares("Who asked for it", "Adjustments in the period by the party that initiated them", mix.get("initiator", ()), WARM),
        activity(board),
    ]


def milestones(board: Board) -> Figure:
    """Due milestones as pale columns, those reached in time as dark ones inside them."""
    rows = [(month(m.month), m.due, m.on_time) for m in board.months]
    values: list[Value] = [{"month": name, "due": due, "reached": reached} for name, due, reached in rows]
    layers = [column("due", PALE, 0.62), column("reached", DEEP, 0.34)]
    spec = drawing(values, height=128, layer=layers) if any(due for _, due, _ in rows) else None
    return Figure(
        "Milestones due and reached", "Pale: due in the month. Dark: of these, reached in time.", ("Month", "Due", "In time"), [*rows], spec
    )


def activity(board: Board) -> Figure:
    """Whether anything is measured at all, month by month, and how often dates moved."""
    rows = [(month(m.month), m.measurements, m.adjustments) for m in board.months]
    values: list[Value] = [{"month": name, "measured": measured, "moved": moved} for name, measured, moved in rows]
    layers = [line("measured", DEEP), line("moved", WARM)]
    spec = drawing(values, height=128, layer=layers) if any(a or b for _, a, b in rows) else None
    caption = "Dark: measurements of progress. Orange: changes of a due date."
    return Figure("Measurements and adjustments", caption, ("Month", "Measurements", "Adjustments"), [*rows], spec)


def shares(title: str, caption: str, found: tuple[Share, ...], colour: str) -> Figure:
    """One bar a code, the most frequent first, each with its count."""
    rows = [(words(share.code), share.count) for share in found]
    values: list[Value] = [{"code": name, "count": n} for name, n in rows]
    y = {
        "field": "code",
        "type": "nominal",
        "sort": None,
        "title": None,
        "axis": {"labelLimit": 125, "minExtent": 140, "ticks": False, "domain": False},
    }
    x = {"field": "count", "type": "quantitative", "axis": None, "scale": {"nice": False}}
    layers = [
        {"mark": {"type": "bar", "color": colour, "height": 12, "cornerRadiusEnd": 2}, "encoding": {"x": x, "y": y}},
        {"mark": {"type": "text", "align": "left", "dx": 5}, "encoding": {"x": x, "y": y, "text": {"field": "count"}}},
    ]
    spec = drawing(values, height=24 * len(rows), layer=layers) if rows else None
    return Figure(title, caption, ("Code", "Changes"), [*rows], spec)


def column(field: str, colour: str, width: float) -> dict[str, Any]:
    mark = {"type": "bar", "color": colour, "width": {"band": width}, "cornerRadiusEnd": 2}
    return {"mark": mark, "encoding": {"x": MONTHS, "y": counted(field)}}


def line(field: str, colour: str) -> dict[str, Any]:
    mark = {"type": "line", "color": colour, "strokeWidth": 2, "point": {"color": colour, "size": 28}}
    return {"mark": mark, "encoding": {"x": MONTHS, "y": counted(field)}}


MONTHS: Final = {"field": "month", "type": "ordinal", "sort": None, "title": None, "axis": {"labelAngle": 0, "ticks": False}}


def counted(field: str) -> dict[str, Any]:
    axis = {"tickMinStep": 1, "tickCount": 4, "format": "d", "domain": False, "ticks": False}
    return {"field": field, "type": "quantitative", "title": None, "axis": axis}


def drawing(values: list[Value], *, height: int, layer: list[dict[str, Any]]) -> dict[str, Any]:
    """A chart of one width, so that texts have one size on the page, on nothing, so that it takes the page's colour."""
    axis = {"labelFont": FONT, "labelFontSize": 11, "labelColor": FAINT, "gridColor": LINE, "domainColor": LINE, "labelPadding": 6}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "background": None,
        "padding": 2,
        "width": WIDTH,
        "height": height,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "data": {"values": values},
        "layer": layer,
        "config": {"view": {"stroke": None}, "axis": axis, "text": {"font": FONT, "fontSize": 11, "color": INK}},
    }
