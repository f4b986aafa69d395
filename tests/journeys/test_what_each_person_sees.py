"""What the people of the tale see of it at its end, and what they never see."""

from __future__ import annotations

import pytest

from domain.engagement.commands import RecipientBody, WithdrawDisclosureConsent
from tests.journeys.conftest import Told

LENAS_WORDS = ("My projects slip", "successful project team", "taken work back before", "I was ill", "costs me nerves")
"""Things that Lena said, and that her coach may know."""


async def test_the_client_sees_her_whole_plan_in_words(told: Told) -> None:
    plan = await told.teller.reads("Lena", f"/v1/plans/{told.tale.plan}")
    assert plan["status"] == "active"
    titles = [objective["title"] for objective in plan["objectives"]]
    assert titles[0] == "I want to lead a successful project team in the next three months"
    assert len(titles) == 3
    assert plan["objectives"][0]["target"] == "85"  # 80, until both agreed on more


async def test_the_timeline_tells_who_moved_the_milestone_from_where_to_where_and_why(told: Told) -> None:
    timeline = await told.teller.reads("Amir", f"/v1/plans/{told.tale.plan}/timeline")
    moves = [item for item in timeline["items"] if item["kind"] == "plan.milestone_adjusted"]
    assert [(move["role"], move["initiator"], move["reason_code"]) for move in moves] == [
        ("client", "client", "absence"),
        ("coach", "sponsor", "org_change"),
    ]
    assert moves[1]["event"]["from"] == moves[0]["event"]["to"]
    assert moves[0]["reason"] == "I was ill the week it was planned for"


async def test_an_agreed_change_names_both_parties_and_makes_the_next_version(told: Told) -> None:
    timeline = await told.teller.reads("Lena", f"/v1/plans/{told.tale.plan}/timeline")
    kinds = [item["kind"] for item in timeline["items"]]
    accepted = kinds.index("plan.change_accepted")
    assert kinds[accepted + 1] == "plan.strategy_revised"
    versions = [item["event"]["plan_version"] for item in timeline["items"] if item["kind"] == "plan.plan_approved"]
    plan = await told.teller.reads("Lena", f"/v1/plans/{told.tale.plan}")
    assert plan["plan_version"] == max(versions) + 2  # two changes were accepted after the last approval


async def test_the_sponsor_sees_titles_and_progress_and_nothing_else_that_was_said(told: Told) -> None:
    answer = await told.teller.asks("Tomasz", f"/v1/plans/{told.tale.plan}")
    assert answer.status_code == 200
    assert "successful project team" in answer.text
    for words in ("My projects slip", "taken work back before", "I was ill", "costs me nerves", "Hand the weekly status"):
        assert words not in answer.text
    assert "Throughline-Position" not in answer.headers
    assert "version" not in answer.json()


async def test_the_director_sees_numbers_and_dates_and_no_words_of_the_plan(told: Told) -> None:
    for path in (f"/v1/plans/{told.tale.plan}", f"/v1/engagements/{told.tale.engagement}"):
        answer = await told.teller.asks("Dana", path)
        assert answer.status_code == 200
        assert not [words for words in LENAS_WORDS if words in answer.text]


async def test_the_board_shows_each_indicator_with_its_n(told: Told) -> None:
    """By hand: four objectives, the first vague; four milestones, one moved twice; of 22 changes four are the coaches' own."""
    board = await told.teller.reads("Dana", "/v1/board")
    shown = {kpi["name"]: (kpi["numerator"], kpi["denominator"], kpi["n"]) for kpi in board["kpis"]}
    assert shown["smart_rate"] == ("3", "4", 4)
    assert shown["baseline_coverage"] == ("3", "3", 3)
    assert shown["on_time_milestones"] == ("0", "0", 0)
    assert shown["adjustment_rate"] == ("2", "4", 4)
    assert shown["client_authored_share"] == ("18", "22", 22)
    assert next(kpi["value"] for kpi in board["kpis"] if kpi["name"] == "on_time_milestones") is None
    assert board["as_of_position"] >= told.teller.position  # what others read of the tale since then is noted behind it


async def test_the_auditor_sees_every_event_and_not_its_words(told: Told) -> None:
    answer = await told.teller.asks("Ruth", f"/v1/plans/{told.tale.plan}/timeline")
    items = answer.json()["items"]
    assert {"plan.plan_activated", "plan.milestone_adjusted", "plan.objective_concluded"} <= {item["kind"] for item in items}
    assert not [words for words in LENAS_WORDS if words in answer.text]
    assert '{"withheld":true}' in answer.text.replace(" ", "")


@pytest.mark.parametrize("who", ["Mateo", "Maren"])
async def test_a_client_or_coach_of_another_engagement_finds_nothing(told: Told, who: str) -> None:
    for path in (f"/v1/plans/{told.tale.plan}", f"/v1/plans/{told.tale.plan}/timeline", f"/v1/engagements/{told.tale.engagement}"):
        assert (await told.teller.asks(who, path)).status_code == 404


@pytest.mark.parametrize("who", ["Ines", "Dana", "Amir", "Lena", "Tomasz", "Ruth"])
async def test_another_organization_is_as_absent_as_what_never_was(told: Told, who: str) -> None:
    never = "018f0000-0000-7000-8000-000000000000"
    for path in ("/v1/plans/{}", "/v1/plans/{}/timeline", "/v1/engagements/{}", "/v1/people/{}"):
        foreign = await told.stranger.asks(who, path.format(told.tale.plan))
        absent = await told.stranger.asks(who, path.format(never))
        assert (foreign.status_code, foreign.json()["code"]) == (absent.status_code, absent.json()["code"])
        assert foreign.status_code in (403, 404)
        assert str(told.tale.people["Lena"]) not in (await told.stranger.asks(who, "/v1/plans")).text


async def test_consent_withdrawn_is_withdrawn_at_once(told: Told) -> None:
    """In the other organization, so that the tale stays as it was told."""
    title, plan = "successful project team", f"/v1/plans/{told.elsewhere.plan}"
    assert title in (await told.stranger.asks("Tomasz", plan)).text
    everything = WithdrawDisclosureConsent(subjects=("objective_titles", "progress", "attainment"), recipient=RecipientBody(role="sponsor"))
    await told.stranger.does("Lena", everything, told.elsewhere.engagement)
    assert title not in (await told.stranger.asks("Tomasz", plan)).text
    assert title in (await told.stranger.asks("Lena", plan)).text
