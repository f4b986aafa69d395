"""The course of an objective: its chart from the baseline on, so long that a stall shows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Final

from workers.report.content import ObjectivePart, Point
from workers.report.drawing import DEEP, FAINT, WARM, Spec, drawing, quantity, temporal

LEAST_POINTS: Final = 2
HEIGHT: Final = 80


def course(one: ObjectivePart, until: date) -> Spec | None:
    """The line from the baseline along what was measured, to the target and the due date; `until` is the last day that counts.

    None where nothing was measured, or once and without a baseline. The time axis holds every mark, and so goes on to the due
    date or to `until`, whichever is later, however long ago the last measurement is.
    """
    first = () if one.baseline is None else (Point(on=one.baseline.at, value=one.baseline.value),)
    points = [*first, *one.measurements]
    if not one.measurements or len(points) < LEAST_POINTS:
        return None
    x, y = {**temporal("on", None), "scale": {"nice": False}}, {**quantity("value", None), "scale": {"zero": False}}
    days = [upright(day, colour) for day, colour in ((until, FAINT), (one.due_on, WARM)) if day is not None]
    line = {"mark": {"type": "line", "color": DEEP}, "encoding": {"x": x, "y": y}}
    return drawing(
        [plain(point) for point in points],
        height=HEIGHT,
        layer=[*days, *(across(value) for value in goals(one)), line, dots(first, "white"), dots(one.measurements, DEEP)],
    )


def goals(one: ObjectivePart) -> tuple[Decimal, ...]:
    """The target, or the bounds of what is to be maintained."""
    if one.measure is not None and one.measure.band is not None:
        return (one.measure.band.low, one.measure.band.high)
    return () if one.target is None else (one.target,)


def plain(point: Point) -> dict[str, Any]:
    return {"on": point.on.isoformat(), "value": float(point.value)}


def upright(day: date, colour: str) -> Spec:
    mark = {"type": "rule", "color": colour, "strokeWidth": 1.5}
    return {"data": {"values": [{"on": day.isoformat()}]}, "mark": mark, "encoding": {"x": temporal("on", None)}}


def across(value: Decimal) -> Spec:
    mark = {"type": "rule", "color": WARM, "strokeWidth": 1.5}
    return {"data": {"values": [{"at": float(value)}]}, "mark": mark, "encoding": {"y": {"field": "at", "type": "quantitative"}}}


def dots(points: tuple[Point, ...], fill: str) -> Spec:
    mark = {"type": "point", "shape": "circle", "size": 24, "opacity": 1, "filled": True, "fill": fill, "stroke": DEEP, "strokeWidth": 1.5}
    encoding = {"x": temporal("on", None), "y": {"field": "value", "type": "quantitative"}}
    return {"data": {"values": [plain(point) for point in points]}, "mark": mark, "encoding": encoding}
