"""The board as a page: what it says when there is nothing to say, what each number is made of, and how it is narrowed."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from tests.services.firm import Firm, today
from tests.services.test_pages import shown


async def test_a_board_without_data_says_so(firm: Firm) -> None:
    words = (await shown(firm, "program_manager", "/boards")).words
    assert "There is no engagement yet" in words
    assert not re.search("No data|matches these filters|has waited", words)


async def test_a_board_that_no_engagement_matches_says_so_once_and_leads_out(planned: Firm) -> None:
    markup = await shown(planned, "program_manager", f"/boards?coach={planned.ids['stranger']}")
    assert markup.words.count("No engagement matches these filters") == 1
    assert not re.search("No data|has waited, slipped or stalled", markup.words)
    assert "/boards" in markup.addresses
    assert markup.all("article") == []


async def test_coaches_are_those_of_the_chosen_program(planned: Firm) -> None:
    body = {"name": "Another", "starts_on": "2026-01-01", "ends_on": "2199-01-01", "capacity": 1, "sessions_per_engagement": 1}
    other = await planned.done("program_manager", "/v1/programs", body)
    for program, offered in ((planned.ids["program"], True), (other["id"], False)):
        markup = await shown(planned, "program_manager", f"/boards?program={program}")
        values = {one.attributes["value"] for one in markup.all("option")}
        assert (planned.ids["coach"] in values) == offered
        assert program in values
    chosen = f"/boards?program={other['id']}&coach={planned.ids['coach']}"
    values = {one.attributes["value"] for one in (await shown(planned, "program_manager", chosen)).all("option")}
    assert planned.ids["coach"] in values, "what is chosen can be seen"


async def test_a_reason_for_help_narrows_the_list(planned: Firm) -> None:
    assert "?reason=" not in " ".join((await shown(planned, "program_manager", "/boards?reason=rigid")).addresses)
    for query in ("reason=nonsense", "page=0", "page=x"):
        await shown(planned, "program_manager", f"/boards?{query}", 400)


async def test_a_board_shows_each_number_with_what_it_is_made_of(planned: Firm) -> None:
    words = (await shown(planned, "program_manager", "/boards")).words
    kpis = {kpi["name"]: kpi for kpi in (await planned.seen("program_manager", "/v1/board"))["kpis"]}
    assert kpis["smart_rate"]["n"] == 1
    assert re.search(r"SMART at first writing (100|0) % [01] of 1 objective .*1 client", words)
    assert "÷" in words  # its formula
    assert re.search(r"As of \d+ \w+ \d{4}, \d\d:\d\d \(Europe/Berlin\), position \d+\.", words)


async def test_a_board_can_be_narrowed(planned: Firm) -> None:
    markup = await shown(planned, "program_manager", "/boards")
    offered = {one.attributes["value"] for one in markup.all("option")}
    assert {planned.ids["program"], planned.ids["coach"], "to_date"} <= offered
    assert planned.ids["stranger"] not in offered
    for query, engagements in (
        (f"coach={planned.ids['coach']}", 1),
        (f"coach={planned.ids['stranger']}", 0),
        ("program=&coach=&period=to_date", 1),
    ):
        words = (await shown(planned, "program_manager", f"/boards?{query}")).words
        assert ("No engagement matches" in words) == (engagements == 0), query


@pytest.mark.parametrize("ahead", ["{0.year}-{0.month:02}", "{0.year}-q{1}"])
async def test_a_period_that_has_not_begun_is_refused_with_the_cure(planned: Firm, ahead: str) -> None:
    await planned.runner.catch_up()
    later = today() + timedelta(days=100)
    period = ahead.format(later, (later.month + 2) // 3)
    words = (await shown(planned, "program_manager", f"/boards?period={period}", 422)).words
    assert "choose that day's own, an earlier one, or to_date" in words
    report = {"template": "program_report", "subject_id": planned.ids["program"], "recipients": [planned.ids["program_manager"]]}
    for answer in (
        await planned.get("program_manager", f"/v1/board?period={period}"),
        await planned.post("program_manager", "/v1/reports", {**report, "period": period}),
    ):
        assert (answer.status_code, answer.json()["code"], answer.json()["errors"][0]["pointer"]) == (422, "period_ahead", "/period")
