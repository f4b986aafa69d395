"""Charts: drawn by a process of their own, kept a while, and given up without harm to the page."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import AsyncIterator
from subprocess import PIPE
from typing import Any

import pytest

from projections.kpi.board import Board
from projections.kpi.series import Month
from projections.kpi.value import Kpi, Share
from services.pages import drawing
from services.pages.chart import ChartFailed, Charts
from services.pages.figure import drawn_figures, figures
from tests.services.markup import Markup

HOSTILE = "</svg><script>alert(1)</script>"
EMPTY = Board("to_date", 1, 0, (), (), ())


@pytest.fixture
async def charts() -> AsyncIterator[Charts]:
    charts = Charts(kept=2)
    yield charts
    await charts.stop()


def bars(*codes: str) -> dict[str, Any]:
    x, y = {"field": "n", "type": "quantitative"}, {"field": "code", "type": "nominal"}
    return {"data": {"values": [{"code": code, "n": 1} for code in codes]}, "mark": "bar", "encoding": {"x": x, "y": y}}


def board(code: str) -> Board:
    mix = {"reason_code": (Share(code, 3),), "initiator": (Share("client", 2), Share("sponsor", 1))}
    adjusted = Kpi(
        kpi=11,
        name="adjustment_rate",
        unit="ratio",
        value=None,
        n=3,
        clients=1,
        numerator=None,
        denominator=None,
        mix=mix,
        as_of_position=1,
    )
    months = tuple(Month(f"2026-{month:02}", 3, 2, month % 3, month) for month in range(1, 7))
    return Board("to_date", 1, 1, (adjusted,), (), months)


async def test_every_figure_of_the_board_is_drawn_without_style_script_or_address(charts: Charts) -> None:
    shown = await drawn_figures(charts, board("org_change"))
    assert len(shown) == len(figures(EMPTY)) == 4
    for one in shown:
        assert one.svg is not None, one.title
        markup = Markup(str(one.svg))
        assert markup.elements[0].name == "svg"
        assert {element.name for element in markup.elements}.isdisjoint({"script", "style", "image", "a", "foreignobject"})
        assert not [element for element in markup.elements if "style" in element.attributes]
        assert markup.addresses == set()
    assert "Org change" in Markup(str(shown[1].svg)).words


async def test_two_charts_on_one_page_share_no_id(charts: Charts) -> None:
    shown = await drawn_figures(charts, board("absence"))
    ids = [element.attributes["id"] for one in shown for element in Markup(str(one.svg)).elements if "id" in element.attributes]
    assert len(ids) == len(set(ids))


async def test_where_there_is_nothing_to_draw_it_says_so(charts: Charts) -> None:
    assert {(one.svg, one.missing) for one in await drawn_figures(charts, EMPTY)} == {(None, "No data yet.")}
    assert charts.process is None


async def test_what_is_drawn_is_text(charts: Charts) -> None:
    markup = Markup(str(await charts.draw(bars(HOSTILE))))
    assert markup.all("script") == []
    assert HOSTILE in markup.words


async def test_the_last_ones_are_kept(charts: Charts) -> None:
    first = await charts.draw(bars("a"))
    assert await charts.draw(bars("a")) is first
    await charts.draw(bars("b"))
    await charts.draw(bars("a"))
    await charts.draw(bars("c"))
    assert len(charts.drawn) == 2
    assert await charts.draw(bars("a")) is first


@pytest.mark.parametrize("spec", [{"mark": "nonsense"}, {"data": {"url": "https://elsewhere.example/data.json"}, "mark": "bar"}, {}])
async def test_what_cannot_be_drawn_is_refused_and_the_next_one_is_drawn(charts: Charts, spec: dict[str, Any]) -> None:
    with pytest.raises(ChartFailed):
        await charts.draw(spec)
    assert "<svg" in await charts.draw(bars("a"))


async def test_a_process_that_ended_is_started_again(charts: Charts) -> None:
    await charts.draw(bars("a"))
    assert charts.process is not None
    charts.process.kill()
    await charts.process.wait()
    assert "<svg" in await charts.draw(bars("b"))


async def test_a_process_that_does_not_answer_is_given_up(charts: Charts, monkeypatch: pytest.MonkeyPatch) -> None:
    await charts.draw(bars("a"))
    monkeypatch.setattr("services.pages.chart.PATIENCE", 0.0)
    late = charts.process
    with pytest.raises(ChartFailed):
        await charts.draw(bars("b"))
    assert late is not None
    assert late.returncode is not None
    assert await drawn_figures(charts, board("absence"))  # the page stays, with its numbers
    monkeypatch.undo()
    assert "<svg" in await charts.draw(bars("b"))


async def test_it_is_warm_before_anyone_asks(charts: Charts) -> None:
    charts.start()
    assert charts.warming is not None
    await charts.warming
    assert charts.process is not None
    assert charts.process.returncode is None


async def test_stopping_leaves_no_process_also_while_it_starts() -> None:
    ready, hasty = Charts(), Charts()
    await ready.draw(bars("a"))
    process = ready.process
    hasty.start()
    for charts in (ready, hasty):
        await charts.stop()
        assert charts.process is None
    assert process is not None
    assert process.returncode is not None


def test_who_draws_for_nobody_any_more_ends_quietly() -> None:
    """As when the API was killed while it waited for a chart."""
    process = subprocess.Popen((sys.executable, "-m", drawing.__name__), stdin=PIPE, stdout=PIPE, stderr=PIPE)
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdout.close()
    process.stdin.write(b'{"data": {"values": [{}]}, "mark": "point"}\n')
    process.stdin.close()
    assert process.stderr is not None
    with process.stderr:
        assert (process.stderr.read(), process.wait()) == (b"", 0)
