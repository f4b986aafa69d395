"""What a report's charts have in common: colours, fonts, axes, and the frame."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from services.wording.language import NARROW, Language
from services.wording.spoken import spoken

INK, FAINT, LINE = "#1d2733", "#566270", "#d9d6cf"
DEEP, PALE, WARM = "#0f5f66", "#b9d4d3", "#b4652a"
FONT: Final = "Libertinus Serif"
WIDTH: Final = 470

Spec = dict[str, Any]
AXIS: Final = {"domain": False, "ticks": False, "tickCount": 5}


def locale(language: Language) -> Spec:
    """How the engine writes numbers and dates."""
    return {
        "number": {"decimal": language.decimal, "thousands": NARROW, "grouping": [3], "currency": ["", ""]},
        "time": {
            **{"dateTime": "%x, %X", "date": "%-d.%-m.%Y", "time": "%H:%M:%S", "periods": ["AM", "PM"]},
            **{"days": language.weekdays, "shortDays": language.weekdays},
            **{"months": language.months, "shortMonths": language.short_months},
        },
    }


def quantity(field: str, title: str | None) -> Spec:
    return {"field": field, "type": "quantitative", "title": title, "axis": AXIS}


def temporal(field: str, title: str | None) -> Spec:
    axis = {
        "format": spoken().brief.format(day="%-d", month="%b", year="%y"),
        "tickCount": 6,
        "ticks": False,
        "grid": False,
        "labelOverlap": True,
    }
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
        "config": {
            "locale": locale(spoken()),
            "view": {"stroke": None},
            "axis": axis,
            "text": {"font": FONT, "fontSize": 10, "color": INK},
        },
    }
