"""What a report's charts have in common: colours, fonts, axes, and the frame."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

INK, FAINT, LINE = "#1d2733", "#566270", "#d9d6cf"
DEEP, PALE, WARM = "#0f5f66", "#b9d4d3", "#b4652a"
FONT: Final = "Libertinus Serif"
WIDTH: Final = 470

Spec = dict[str, Any]
AXIS: Final = {"domain": False, "ticks": False, "tickCount": 5}


def quantity(field: str, title: str | None) -> Spec:
    return {"field": field, "type": "quantitative", "title": title, "axis": AXIS}


def temporal(field: str, title: str | None) -> Spec:
    axis = {"format": "%-d %b %y", "tickCount": 6, "ticks": False, "grid": False, "labelOverlap": True}
    return {"field": field, "type": "temporal", "title": title, "axis": axis}


def drawing(values: Sequence[Mapping[str, Any]], *, height: int, layer: list[Spec]) -> Spec:
    text = {"labelFont": FONT, "titleFont": FONT, "labelFontSize": 10, "titleFontSize": 10, "titleFontWeight": "normal"}
    axis = {**text, "labelColor": FAINT, "titleColor": FAINT, "gridColor": LINE, "domainColor": LINE, "labelPadding": 6}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "background": None,
        "padding": 2,
        "width": WIDTH,
        "height": height,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "data": {"values": values},
        "layer": layer,
        "config": {"view": {"stroke": None}, "axis": axis, "text": {"font": FONT, "fontSize": 10, "color": INK}},
    }
