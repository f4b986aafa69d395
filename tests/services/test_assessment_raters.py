"""A needs assessment with raters over HTTP, as client, coach, rater, director and sponsor live it."""

from __future__ import annotations

import asyncio
import json
from typing import Any
from uuid import UUID

import pytest
from litestar import Litestar

from domain.assessment.state import AssessmentState
from infra.eventstore.answer import link as read_link
from tests.services.assessing import Survey
from tests.services.firm import Firm
from workers.desk import Desk
from workers.person.erasing import Erasing


@pytest.fixture
async def survey(app: Litestar, firm: Firm) -> Survey:
    """An assessment without raters yet."""
    await firm.engage()
    made = Survey(app, firm)
    await made.launch()
    return made


def code(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


async def test_a_quarter_of_feedback_from_the_launch_to_a_need(survey: Survey, firm: Firm) -> None:
    await firm.done("client", f"{survey.at}/submit-self-assessment", {"answers": {"delegation_1": 5, "delegation_2": 5, "delegation_3": 4}})
    for name, points in {"Ada": (4, 4, 2), "Bo": (5, 4, 3), "Cy": (3, 4, 1)}.items():
        await survey.answered(name, "peer", *points, keep=f"Keep it, says {name}.", change="Hand over more.")
    await survey.answered("Maja", "manager", 2, 2, 2)
    await survey.answered("Dee", "other", 5, 5, 5, change="Let go.")

    open_now = await firm.seen("coach", survey.at)
    assert (open_now["stage"], open_now["asked"], open_now["answered"], open_now["groups"]) == ("open", 5, 4, [])
    assert code(await firm.get("coach", f"{survey.at}/results")) == (409, "assessment_not_released")

    await survey.close()
    assert code(await firm.post("coach", f"{survey.at}/close-assessment", {})) == (409, "assessment_closed")
    await firm.done("coach", f"{survey.at}/release-assessment-results", {})
    shown = await firm.seen("client", f"{survey.at}/results")
    (delegation,) = shown["competencies"]
    scores = {one["group"]: (one["n"], one["mean"]) for one in delegation["scores"]}
    assert scores == {"manager": (1, "2.0000"), "pooled": (5, "3.4000")}
    assert (delegation["own"], delegation["classes"]) == ("4.6667", ["challenge", "blind_spot"])
    assert {one["question"]: len(one["words"]) for one in shown["words"]} == {"keep": 3, "change": 4}
    assert shown == await firm.seen("coach", f"{survey.at}/results")

    await firm.done("coach", f"{survey.at}/debrief-assessment", {})
    found = {"competency": "delegation", "need_class": "blind_spot", "evidence": [{"source": "rater_feedback"}], "client_agrees": True}
    hidden = {**found, "evidence": [{"source": "rater_feedback", "group": "other"}]}
    assert code(await firm.post("coach", f"{survey.at}/identify-need", hidden)) == (422, "evidence_suppressed")
    need = (await firm.done("coach", f"{survey.at}/identify-need", found))["item_id"]
    await firm.plan()
    linked = {"title": "Hand over whole tasks", "links": {"need_id": need}}
    assert (await firm.post("coach", f"/v1/plans/{firm.ids['plan']}/define-objective", linked)).status_code == 200


async def test_who_may_see_what_of_it(survey: Survey, firm: Firm) -> None:
    for name in ("Ada", "Bo", "Cy"):
        await survey.answered(name, "peer", 3, 3, 3)
    await survey.close()
    await firm.done("coach", f"{survey.at}/release-assessment-results", {})
    client = await firm.seen("client", survey.at)
    assert [one["name"] for one in client["raters"]] == ["Ada", "Bo", "Cy"]
    for who in ("program_manager", "auditor"):
        seen = await firm.seen(who, survey.at)
        assert (seen["raters"], seen["answered"]) == ({"withheld": True}, 3)
        assert "Ada" not in json.dumps(seen)
        assert code(await firm.get(who, f"{survey.at}/results")) == (403, "not_permitted")
    for who in ("sponsor", "stranger", "integration"):
        assert (await firm.get(who, f"{survey.at}/results")).status_code in {403, 404}
        assert (await firm.get(who, survey.at)).status_code in {403, 404}


async def test_what_is_promised_is_said_in_the_language_of_the_assessment(app: Litestar, firm: Firm) -> None:
    await firm.engage()
    survey = Survey(app, firm)
    worded = [{"item": f"delegation_{number}", "text": f"Sie geben Aufgaben ganz ab, Satz {number}."} for number in (1, 2, 3)]
    await survey.launch(language="de", statements=worded)
    asked = (await firm.get(None, f"/v1/raters/{await survey.invited('Ada', 'manager')}")).json()
    assert asked["language"] == "de"
    assert asked["promises"][1] == "Wenn Sie die Führungskraft sind, werden Ihre Antworten als die der Führungskraft gezeigt."


async def test_a_link_is_good_for_one_answer_and_only_while_it_is_open(survey: Survey, firm: Firm) -> None:
    link = await survey.invited("Ada", "peer")
    asked = (await firm.get(None, f"/v1/raters/{link}")).json()
    assert (asked["client"], len(asked["promises"]), len(asked["competencies"][0]["items"])) == ("Person client", 3, 3)
    assert code(await survey.answer(link, 6)) == (422, "answer_out_of_scale")
    assert (await survey.answer(link, 4, 0, 2)).json() == {"taken": True}
    assert code(await survey.answer(link, 4)) == (409, "already_submitted")
    assert code(await firm.get(None, f"/v1/raters/{link}")) == (409, "already_submitted")
    unknown = link[:-4] + ("AAAA" if not link.endswith("AAAA") else "BBBB")
    assert code(await survey.answer(unknown, 4)) == (404, "not_found")
    assert code(await survey.answer("nothing", 4)) == (404, "not_found")
    late = await survey.invited("Bo", "peer")
    await survey.close()
    for one in (link, late, unknown):
        assert code(await survey.answer(one, 4)) == (409, "assessment_closed")


async def test_raters_are_the_clients_people_in_one_group_each(survey: Survey, firm: Firm) -> None:
    at = f"{survey.at}/nominate-rater"
    one = {"name": "Ada", "email": "ADA@corvane.example", "group": "peer"}
    rater = (await firm.done("client", at, one))["item_id"]
    assert code(await firm.post("client", at, {**one, "email": " ada@corvane.example".strip(), "group": "other"})) == (
        422,
        "rater_in_two_groups",
    )
    for who in ("client", "coach"):
        assert code(await firm.post("client", at, {**one, "email": f"{who}@example.org"})) == (422, "rater_not_eligible")
    known = (await firm.done("client", at, {**one, "email": "stranger@example.org"}))["version"]
    assert known == 3
    raters = (await firm.seen("client", survey.at))["raters"]
    assert {each["id"] for each in raters} == {rater, firm.ids["stranger"]}
    body = {"rater_id": rater, "approved": True}
    assert code(await firm.post("client", f"{survey.at}/decide-rater-nomination", body)) == (403, "not_permitted")
    await firm.done("coach", f"{survey.at}/decide-rater-nomination", {**body, "group": "other"})
    await survey.answered("Bo", "peer", 3)
    again = {"rater_id": rater, "approved": True, "group": "peer"}
    assert code(await firm.post("coach", f"{survey.at}/decide-rater-nomination", again)) == (409, "assessment_started")


async def test_one_of_its_kind_at_a_time(survey: Survey, firm: Firm) -> None:
    body = {"engagement_id": firm.ids["engagement"], "kind": "feedback_360"}
    assert code(await firm.post("coach", "/v1/assessments", body)) == (409, "assessment_open")
    assert code(await firm.post("coach", "/v1/assessments", body | {"rater_min_group": 2})) == (422, "floor_too_low")
    await survey.close()
    assert (await firm.post("coach", "/v1/assessments", body)).status_code == 201


async def test_too_few_are_shown_to_nobody(survey: Survey, firm: Firm) -> None:
    await survey.answered("Ada", "peer", 1, 1, 1)
    await survey.answered("Bo", "other", 5, 5, 5)
    assert code(await firm.post("coach", f"{survey.at}/close-assessment", {})) == (422, "reason_required")
    assert code(await firm.post("coach", f"{survey.at}/release-assessment-results", {})) == (409, "assessment_still_open")
    await survey.close()
    assert code(await firm.post("coach", f"{survey.at}/release-assessment-results", {})) == (422, "below_anonymity_floor")
    await firm.runner.catch_up()
    assert code(await firm.get("client", f"{survey.at}/results")) == (409, "assessment_not_released")


async def test_an_answer_at_the_moment_of_closing_is_counted_or_refused(survey: Survey, firm: Firm) -> None:
    links = [await survey.invited(f"Rater{number}", "peer") for number in range(8)]
    closing = firm.post("coach", f"{survey.at}/close-assessment", {"reason": "Everybody whom we need has answered."})
    closed, *taken = await asyncio.gather(closing, *(survey.answer(link, 3, 3, 3) for link in links))
    counted = sum(answer.status_code == 200 for answer in taken)
    assert {code(answer) for answer in taken if answer.status_code != 200} <= {(409, "assessment_closed"), (503, "busy")}
    if closed.status_code == 503:  # it was kept from closing by all that came in: then it is told to try again
        await survey.close()
    shown = await firm.seen("coach", survey.at)
    assert (shown["stage"], shown["answered"]) == ("closed", counted if counted >= 3 else None)
    assert await survey.answers.counts(firm.tenant, [survey.id]) == {}


async def test_a_link_that_is_used_many_times_at_once_answers_once(survey: Survey, firm: Firm) -> None:
    link = await survey.invited("Ada", "manager")
    taken = await asyncio.gather(*(survey.answer(link, point, point, point) for point in (1, 2, 3, 4, 5) * 2))
    assert [answer.json() for answer in taken if answer.status_code == 200] == [{"taken": True}]
    assert {code(answer) for answer in taken if answer.status_code != 200} <= {(409, "already_submitted"), (503, "busy")}
    await survey.close()
    await firm.runner.catch_up()
    assert (await firm.seen("coach", survey.at))["answered"] is None, "one answer is the one of whom it was asked"
    kept: AssessmentState = (await firm.commands.store.read(firm.tenant, survey.id)).state(survey.id, "assessment")
    assert kept.answered == 1


async def test_who_looks_again_and_again_learns_of_nobody_that_they_answered(survey: Survey, firm: Firm) -> None:
    """A coach has one rater approved after the other, and looks before and after each answer; at the last they look for a full house."""
    told = []
    for number in range(5):
        await survey.answered(f"Rater{number}", "peer", 3, 3, 3)
        told.append([(await firm.seen(who, survey.at))["answered"] for who in ("coach", "client", "program_manager", "auditor")])
    assert told == [[None] * 4] * 3 + [[3] * 4, [4] * 4]
    rater = next(one["id"] for one in (await firm.seen("coach", survey.at))["raters"])
    anew = await firm.post("coach", f"{survey.at}/decide-rater-nomination", {"rater_id": rater, "approved": False})
    assert code(anew) == (409, "assessment_started")
    assert "answered" not in anew.json().get("facts", {})


async def test_the_link_says_nothing_of_the_rater(survey: Survey) -> None:
    rater = await survey.approve("Ada", "peer")
    found = read_link(await survey.link(rater))
    assert found is not None
    assert rater.bytes not in found.tenant.bytes + found.stream.bytes + found.secret


async def test_a_link_about_somebody_who_was_erased_answers_as_one_that_is_closed(survey: Survey, app: Litestar, firm: Firm) -> None:
    """Its own page says the same, and no rater is told of the erasure."""
    link = await survey.invited("Ada", "peer")
    erasing = Erasing(Desk(app.state.reads.connections, app.state.commands, app.state.files))
    at = f"/v1/people/{firm.ids['client']}"
    seen = (await firm.seen("admin", at))["profile_version"]
    await firm.done("admin", f"{at}/request-person-erasure", {"basis": "consent_withdrawn", "seen": seen})
    assert await erasing.erase(firm.tenant, UUID(firm.ids["client"])) == "erased"
    assert code(await firm.get(None, f"/v1/raters/{link}")) == (409, "assessment_closed")
    assert code(await survey.answer(link, 4, 4, 4)) == (409, "assessment_closed")
    shown = await firm.get(None, f"/raters/{link}", accept="text/html")
    assert (shown.status_code, "It is closed" in shown.text, "Person client" in shown.text) == (409, True, False)
