"""What a director reads in a report: days, periods and numbers in words, and charts that show a stall."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace
from pypdf import PdfReader

from domain.report.events import Suppression
from tests.workers.telling import AS_OF, client_progress, indicator, milestone, objective, program_report, withheld
from tests.workers.test_report_pdf import made, said
from workers.report.figure import specs
from workers.report.sheet import sheet


def days(spec: dict[str, Any]) -> list[str]:
    """Every day that a chart shows, which are the days that its axis holds."""
    rows = [*spec["data"]["values"], *(row for layer in spec["layer"] for row in layer.get("data", {}).get("values", ()))]
    return sorted(row["on"] for row in rows if "on" in row)


def line(spec: dict[str, Any]) -> list[tuple[str, float]]:
    return [(row["on"], row["value"]) for row in spec["data"]["values"]]


@pytest.mark.parametrize(("due", "last"), [(date(2026, 7, 30), "2026-07-30"), (date(2026, 4, 1), "2026-05-31"), (None, "2026-05-31")])
def test_a_stall_shows_because_the_axis_goes_on_from_the_baseline_to_the_last_day_or_the_due_date(due: date | None, last: str) -> None:
    stalled = objective(1, points=8)
    stalled = replace(stalled, due_on=due, measurements=stalled.measurements[:2])
    spec = specs(client_progress(objectives=(stalled,)))["objective_1"]
    assert line(spec)[0] == ("2026-01-02", 2.0)
    assert (days(spec)[0], days(spec)[-1]) == ("2026-01-02", last)
    assert {"2026-05-31", *([due.isoformat()] if due else [])} <= set(days(spec))


def test_the_axis_of_a_past_period_ends_with_it() -> None:
    told = client_progress(objectives=(replace(objective(1), due_on=date(2026, 2, 1)),), period="2026-03")
    assert "2026-03-31" in days(specs(told)["objective_1"])
    assert str(AS_OF) not in days(specs(told)["objective_1"])


async def test_an_objective_without_a_chart_says_why() -> None:
    once = replace(objective(2, points=1), baseline=None)
    text = said(await made(client_progress(objectives=(objective(1, points=0), once, objective(3, points=1)))))
    assert text.count("No chart:") == 2
    assert "No chart: nothing was measured up to 31 May 2026." in text
    assert "No chart: it was measured only once, and its baseline is not known." in text
    sponsor = client_progress(objectives=(objective(1, points=0),), left_out=(Suppression(what="milestones", reason="below_floor"),))
    assert "No chart: single measurements are not for a sponsor." in said(await made(sponsor))


async def test_help_is_told_of_the_day_for_which_it_was_reckoned() -> None:
    past = program_report(period="2025-12", as_of=date(2026, 11, 22))
    assert "Engagements that need help on 31 Dec 2025" in said(await made(past))
    assert "Engagements that need help None on 31 Dec 2025." in said(await made(replace(past, needs_help=())))
    assert "Engagements that need help None on 31 May 2026." in said(await made(program_report(needs_help=())))


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ("2025-12", "Period December 2025 (1 Dec 2025 to 31 Dec 2025) As of 22 Nov 2026"),
        ("2026-q3", "Period Quarter 3, 2026 (1 Jul 2026 to 30 Sep 2026) As of 22 Nov 2026"),
        ("2026-q4", "Period Quarter 4, 2026 (1 Oct 2026 to 22 Nov 2026) As of 22 Nov 2026"),
        ("to_date", "Period To date As of 22 Nov 2026"),
    ],
)
async def test_a_period_ends_at_its_end_or_while_it_runs_at_the_day_that_was_asked_for(period: str, expected: str) -> None:
    for content in (program_report, client_progress):
        assert expected in said(await made(content(period=period, as_of=date(2026, 11, 22))))


async def test_words_that_are_left_out_are_named_and_nothing_that_is_there() -> None:
    codes = ("objective_titles.words", "progress.words", "attainment.words", "evaluation_summary.words")
    told = sheet(client_progress(left_out=withheld(*codes)), {})["left_out"]
    assert told == [
        f"{what}: not every reader may see what people wrote."
        for what in ("Titles of objectives", "Names of measures", "Summaries of evaluations")
    ]


async def test_what_is_left_out_stands_together_on_one_page() -> None:
    for rows in range(1, 24, 2):
        reader = PdfReader(
            io.BytesIO(
                await made(
                    client_progress(
                        milestones=tuple(milestone(n) for n in range(1, rows)),
                        objectives=(),
                        indicators=(),
                        left_out=withheld("objective_titles", "progress", "attainment", "evaluation_summary"),
                    )
                )
            )
        )
        (page,) = [text for one in reader.pages if "What is left out" in (text := one.extract_text())]
        assert page.count("the client's consent does not let every reader see it") == 4


async def test_a_number_is_written_in_one_way() -> None:
    text = said(await made(program_report(indicators=(replace(indicator("smart_rate"), n=2138, denominator=Decimal(2138)),))))
    assert "2138" not in text
    assert "7 of 2 138 objectives passed at once" in text
