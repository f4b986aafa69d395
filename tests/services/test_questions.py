"""The questions of an audit: the list, who may ask which, and what each finds of a story with something planted in it."""

from __future__ import annotations

from typing import Any

import pytest

from services.audit.question.table import QUESTIONS
from tests.services.firm import Firm
from tests.services.test_execution import active

Answer = dict[str, Any]


async def ask(firm: Firm, slug: str, who: str = "auditor", **query: str) -> Answer:
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    return await firm.seen(who, f"/v1/audit/{slug}?{asked}")


def kinds(answer: Answer) -> list[str]:
    return [one["kind"] for one in answer["findings"]]


def standing_out(answer: Answer) -> list[Answer]:
    found = [one for one in answer["findings"] if one["stands_out"]]
    assert len(found) == answer["standing_out"]
    return found


@pytest.fixture
async def running(planned: Firm) -> Firm:
    """An active plan with a milestone that is due in an hour's time at the latest: today."""
    at = f"/v1/plans/{planned.ids['plan']}"
    body = {"objective_id": planned.ids["Meet"], "title": "Half way", "due_on": "2199-02-01"}
    planned.ids["Half way"] = (await planned.done("coach", f"{at}/set-milestone", body))["item_id"]
    await active(planned)
    return planned


async def test_each_question_stands_in_the_list_with_its_address(engaged: Firm) -> None:
    told = (await engaged.seen("auditor", "/v1/audit/questions"))["items"]
    assert [one["number"] for one in told] == [one.number for one in QUESTIONS]
    for one in told:
        assert (one["path"] is None) == (one["waits_for"] is not None)
        if one["path"] is not None:
            assert one["may_ask"]
            assert (await engaged.get("auditor", one["path"])).status_code in {200, 400}


async def test_a_milestone_that_was_moved_twice_stands_out(running: Firm) -> None:
    at = f"/v1/plans/{running.ids['plan']}/adjust-milestone"
    for was, to in (("2199-02-01", "2199-02-11"), ("2199-02-11", "2199-02-08")):
        body = {"milestone_id": running.ids["Half way"], "from": was, "to": to, "reason_code": "capacity", "initiated_by": "client"}
        await running.done("coach", at, body)
    answer = await ask(running, "milestone-moves", about=running.ids["plan"])
    assert sorted(kinds(answer)) == ["milestone_moved", "milestone_moved_often", "milestone_set"]
    (often,) = standing_out(answer)
    facts = often["facts"]
    assert (facts["from_"], facts["to"], facts["days"], facts["times"]) == ("2199-02-11", "2199-02-08", -3, 2)
    assert (facts["actor"], facts["initiator"], facts["reason_code"]) == (running.ids["coach"], "client", "capacity")
    (evidence,) = often["evidence"]
    assert evidence["stream_id"] == running.ids["plan"]
    assert len(evidence["payload_hash"]) == 64


async def test_a_target_that_is_lowered_after_results_stands_out(running: Firm) -> None:
    at, objective = f"/v1/plans/{running.ids['plan']}", running.ids["Meet"]
    await running.done("client", f"{at}/measure-progress", {"objective_id": objective, "value": "4", "source": "calendar"})
    body = {"refinement": {"field": "target", "from": "12", "to": "6"}, "objective_id": objective, "reason_code": "scope"}
    change = await running.done(
        "coach", f"{at}/propose-change", {"change": {"command": "refine_objective", **body}, "reason_code": "scope"}
    )
    await running.done("client", f"{at}/accept-change", {"change_id": change["item_id"]})
    (lowered,) = standing_out(await ask(running, "lowered-targets"))
    assert lowered["kind"] == "target_lowered_after_results"
    assert (lowered["facts"]["from_"], lowered["facts"]["to"], lowered["facts"]["value"]) == ("12", "6", "4")
    assert len(lowered["evidence"]) == 2


async def test_another_firm_finds_nothing_under_our_ids(running: Firm) -> None:
    other = Firm(running.client, running.runner, running.commands, running.issuer)
    await other.open()
    for question in QUESTIONS:
        if question.find is not None and question.about:
            for noun in question.about:
                id = running.ids["client" if noun == "person" else "plan" if noun == "report" else noun]
                assert (await other.get("auditor", f"{question.path}?about={id}")).status_code == 404, question.slug
