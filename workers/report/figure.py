"""A report's charts, as Vega-Lite dicts. They hold numbers, dates and codes only: what people wrote stands beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from projections.kpi.series import Month
from services.pages.chart import Charts
from services.pages.words import month, number
from services.wording.spoken import say
from workers.report.content import ClientProgress, Content, IndicatorPart, MilestonePart, ObjectivePart, ProgramReport, last_day
from workers.report.course import course
from workers.report.drawing import AXIS, DEEP, FAINT, PALE, WARM, Spec, drawing, quantity, temporal
from workers.report.title import title_of

ROW: Final = 20
MOST_ROWS: Final = 24
"""Of a chart, so that it fits on a page; the table beside it has all of them."""


async def drawn(content: Content) -> dict[str, str]:
    """The charts that have something to show, by name, as SVG. Raises `ChartFailed`."""
    charts = Charts()
    try:
        return {name: str(await charts.draw(spec)) for name, spec in specs(content).items()}
    finally:
        await charts.close()


def specs(content: Content) -> dict[str, Spec]:
    found: dict[str, Spec | None] = {"indicators": indicators(content.indicators)}
    if isinstance(content, ClientProgress):
        found["progress"] = progress(content.objectives)
        until = last_day(content)
        found["milestones"] = milestones(content.milestones, until)
        found |= {f"objective_{one.number}": course(one, until) for one in content.objectives}
    elif isinstance(content, ProgramReport):
        found["months"] = months(content.months)
    return {name: spec for name, spec in found.items() if spec is not None}


def progress(objectives: Sequence[ObjectivePart]) -> Spec | None:
    """How far each objective has come, against its target."""
    values = [{"objective": f"{one.number}", "percent": float(one.progress * 100)} for one in objectives if one.progress is not None]
    if not values:
        return None
    y = {"field": "objective", "type": "ordinal", "sort": None, "title": say("Objective"), "axis": {"ticks": False, "domain": False}}
    x = {**quantity("percent", say("% of the way from baseline to target")), "scale": {"domain": [0, 150]}}
    target = {
        "data": {"values": [{"at": 100}]},
        "mark": {"type": "rule", "color": WARM, "strokeWidth": 1.5},
        "encoding": {"x": {"field": "at", "type": "quantitative"}},
    }
    bars = {"mark": {"type": "bar", "color": DEEP, "height": 10}, "encoding": {"x": x, "y": y}}
    return drawing(values[:MOST_ROWS], height=ROW * min(len(values), MOST_ROWS), layer=[bars, target])


def milestones(found: Sequence[MilestonePart], until: date) -> Spec | None:
    """Each milestone's first date (a ring), its date now (a disc), and the day it was reached (a square)."""
    shown = found[:MOST_ROWS]
    if not shown:
        return None
    values = [row(one) for one in shown]
    y = {"field": "milestone", "type": "ordinal", "sort": None, "title": say("Milestone"), "axis": {"ticks": False, "domain": False}}
    today = {
        "data": {"values": [{"on": until.isoformat()}]},
        "mark": {"type": "rule", "color": FAINT},
        "encoding": {"x": temporal("on", None)},
    }
    shift = {
        "mark": {"type": "rule", "color": FAINT},
        "encoding": {"x": temporal("original", None), "x2": {"field": "now"}, "y": y},
    }
    marks = [
        point("original", {"filled": False, "color": FAINT, "shape": "circle"}, y),
        point("now", {"filled": True, "color": DEEP, "shape": "circle"}, y),
        point("reached", {"filled": True, "color": WARM, "shape": "square"}, y),
    ]
    return drawing(values, height=ROW * len(shown), layer=[today, shift, *marks])


def row(one: MilestonePart) -> dict[str, str | None]:
    reached = one.reached_on.isoformat() if one.reached_on else None
    return {"milestone": f"{one.number}", "original": one.original_due.isoformat(), "now": one.due_on.isoformat(), "reached": reached}


def point(field: str, mark: Mapping[str, Any], y: Spec) -> Spec:
    return {
        "transform": [{"filter": f"datum.{field} !== null"}],
        "mark": {"type": "point", "size": 46, "strokeWidth": 1.5, "opacity": 1, **mark},
        "encoding": {"x": temporal(field, None), "y": y},
    }


def indicators(found: Sequence[IndicatorPart]) -> Spec | None:
    """Those in percent, each with its 95 % interval and the number of cases behind it."""
    shown = [one for one in found if one.unit == "percent" and one.value is not None]
    values = [
        {
            "name": f"{title_of(one.name)} (n = {number(one.n or 0)})",
            "value": float(one.value or 0),
            "low": bound(one.low),
            "high": bound(one.high),
        }
        for one in shown
    ]
    if not values:
        return None
    axis = {"ticks": False, "domain": False, "labelLimit": 0}
    y = {"field": "name", "type": "ordinal", "sort": None, "title": None, "axis": axis}
    x = {**quantity("value", "%"), "scale": {"domain": [0, max(100.0, *(float(one.value or 0) for one in shown))]}}
    spread = {
        "transform": [{"filter": "datum.low !== null"}],
        "mark": {"type": "rule", "color": PALE, "strokeWidth": 5},
        "encoding": {"x": {"field": "low", "type": "quantitative"}, "x2": {"field": "high"}, "y": y},
    }
    dots = {"mark": {"type": "point", "filled": True, "opacity": 1, "color": DEEP, "size": 50}, "encoding": {"x": x, "y": y}}
    return drawing(values, height=ROW * len(values), layer=[spread, dots])


def bound(value: Any) -> float | None:
    return None if value is None else float(value)


def months(found: Sequence[Month]) -> Spec | None:
    """Milestones due in each month, and of these reached in time."""
    values = [{"month": month(one.month), "due": one.due, "reached": one.on_time} for one in found]
    if not any(one.due for one in found):
        return None
    x = {"field": "month", "type": "ordinal", "sort": None, "title": None, "axis": {"labelAngle": 0, "ticks": False}}
    layers = [
        {
            "mark": {"type": "bar", "color": colour, "width": {"band": width}},
            "encoding": {"x": x, "y": {**quantity(field, say("Milestones")), "axis": {**AXIS, "format": "d", "tickMinStep": 1}}},
        }
        for field, colour, width in (("due", PALE, 0.6), ("reached", DEEP, 0.34))
    ]
    return drawing(values, height=110, layer=layers)
