"""Evaluations over HTTP, as director, coach, client and sponsor live them: promised, recorded, corrected, acknowledged, and summed up."""

from __future__ import annotations

from typing import Any

import pytest
from httpx import Response

from tests.services.firm import LATER, Firm, program_body
from tests.services.test_sponsor import active

POINTS = [
    {"code": "midway", "kind": "interim", "anchor": "middle"},
    {"code": "begun", "kind": "interim", "anchor": "start", "offset_days": 1},  # over long before the coaching begins
    {"code": "close", "kind": "final", "anchor": "end"},
    {"code": "lasting", "kind": "follow_up", "anchor": "end", "offset_days": 90},
]


@pytest.fixture
async def promised(firm: Firm, monkeypatch: pytest.MonkeyPatch) -> Firm:
    """An engagement in a program with points of evaluation, whose plan is in force."""
    monkeypatch.setattr("tests.services.firm.program_body", lambda sponsor: program_body(sponsor) | {"evaluation_points": POINTS})
    await firm.engage(("objective_titles", "evaluation_summary"))
    await firm.plan("Meet")
    await active(firm)
    return firm


def code(answer: Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


async def scheduled(firm: Firm) -> dict[str, dict[str, Any]]:
    """The engagement's evaluations by their points."""
    engagement = await firm.seen("program_manager", f"/v1/engagements/{firm.ids['engagement']}")
    found = [await firm.seen("program_manager", f"/v1/evaluations/{id}") for id in engagement["evaluation_ids"]]
    return {one["point"]: one for one in found}


def judgement(firm: Firm, **more: Any) -> dict[str, Any]:
    worth = {"objective_id": firm.ids["Meet"], "value": "12000", "currency": "eur", "attribution": 50, "confidence": 80}
    rating = {"objective_id": firm.ids["Meet"], "rating": 4, "comment": "Seen by the whole team."}
    whole = {"plan_version": 1, "effectiveness": 4, "summary": "It helps", "ratings": [rating], "benefits": [worth]}
    return whole | {"levels": [{"level": 1, "rating": 5}]} | more


async def test_the_program_promises_and_each_side_judges(promised: Firm) -> None:
    firm = promised
    known = await scheduled(firm)
    assert {point: (one["kind"], one["due_on"], one["evaluators"]) for point, one in known.items()} == {
        "midway": ("interim", "2112-09-30", ["client", "coach"]),
        "close": ("final", LATER, ["client", "coach"]),
    }
    again = {"engagement_id": firm.ids["engagement"], "kind": "interim", "point": "midway", "due_on": "2199-01-01"}
    assert code(await firm.post("coach", "/v1/evaluations", again)) == (409, "evaluation_exists")
    at = f"/v1/evaluations/{known['midway']['id']}"
    assert code(await firm.post("client", f"{at}/acknowledge-evaluation", {"seen": 1})) == (409, "nothing_recorded")
    assert code(await firm.post("sponsor", f"{at}/record-evaluation", judgement(firm))) == (403, "not_a_party")
    assert code(await firm.post("coach", f"{at}/record-evaluation", judgement(firm, plan_version=9))) == (422, "plan_version_unknown")
    twice = judgement(firm, levels=[{"level": 1, "rating": 5}] * 2)
    assert code(await firm.post("coach", f"{at}/record-evaluation", twice)) == (422, "rated_twice")
    recorded = await firm.done("coach", f"{at}/record-evaluation", judgement(firm))
    await firm.done("client", f"{at}/record-evaluation", judgement(firm, benefits=[]))

    taken = await firm.done("client", f"{at}/acknowledge-evaluation", {"seen": recorded["version"] + 1})
    assert (await firm.seen("coach", at))["acknowledged"] is True
    wrong = {"corrects_version": recorded["version"], "correction": {"field": "effectiveness", "from": 4, "to": 2}, "reason_code": "other"}
    assert code(await firm.post("client", f"{at}/correct-evaluation", wrong)) == (403, "not_a_party")
    assert code(await firm.post("coach", f"{at}/correct-evaluation", wrong | {"reason_code": None})) == (422, "reason_required")
    assert code(await firm.post("coach", f"{at}/correct-evaluation", wrong | {"corrects_version": 1})) == (422, "not_its_entry")
    await firm.done("coach", f"{at}/correct-evaluation", wrong)
    assert code(await firm.post("coach", f"{at}/correct-evaluation", wrong | {"correction": {**wrong["correction"], "to": 3}})) == (
        409,
        "version_conflict",
    )
    shown = await firm.seen("client", at)
    assert [(one["evaluator"], one["effectiveness"], one["corrected"]) for one in shown["judgements"]] == [
        ("coach", 2, True),
        ("client", 4, False),
    ]
    assert shown["acknowledged"] is False
    assert code(await firm.post("client", f"{at}/acknowledge-evaluation", {"seen": taken["version"]})) == (409, "version_conflict")
    told = (await firm.seen("sponsor", at))["judgements"]
    assert told == [{"evaluator": who, "effectiveness": mark, "summary": "It helps"} for who, mark in (("coach", 2), ("client", 4))]

    await effect_is_told(firm)


async def effect_is_told(firm: Firm) -> None:
    """To the manager with the estimate that it rests on, to nobody else; to the auditor what was promised and what came of it."""
    found = await firm.seen("program_manager", f"/v1/board/effect?program={firm.ids['program']}&cost=1200&currency=eur")
    (estimate,) = found["estimates"]
    assert (estimate["evaluator"], estimate["attribution"], estimate["confidence"], estimate["counted"]) == ("coach", 50, 80, True)
    assert (found["investment"]["isolated"], found["investment"]["bcr"], found["investment"]["roi_percent"]) == (
        "4800",
        "4.0000",
        "300.0000",
    )
    assert (await firm.seen("program_manager", "/v1/board/effect"))["investment"]["no_data"] == "cost_unknown"
    for who in ("sponsor", "client", "coach", "integration"):
        assert code(await firm.get(who, "/v1/board/effect")) == (403, "not_permitted")
    audited = await firm.seen("auditor", f"/v1/audit/promised-evaluations?about={firm.ids['engagement']}")
    kinds = {(one["kind"], one["facts"].get("effectiveness"), one["facts"].get("field")) for one in audited["findings"]}
    assert {("evaluation_done", 4, None), ("evaluation_corrected", None, "effectiveness"), ("evaluation_waits", None, None)} == kinds


async def test_a_follow_up_is_promised_with_the_end_and_the_clients_alone(promised: Firm) -> None:
    firm = promised
    at = f"/v1/engagements/{firm.ids['engagement']}"
    early = {"engagement_id": firm.ids["engagement"], "kind": "interim", "point": "mine", "due_on": "2199-01-01"}
    await firm.done("coach", "/v1/evaluations", early)
    await firm.done("program_manager", f"{at}/end-engagement-early", {"reason_code": "other"})
    known = await scheduled(firm)
    assert known.keys() == {"midway", "close", "mine", "lasting"}
    lasting = known["lasting"]
    assert (lasting["kind"], lasting["evaluators"]) == ("follow_up", ["client"])
    await firm.done("client", f"/v1/evaluations/{lasting['id']}/record-evaluation", judgement(firm, benefits=[]))
    assert code(await firm.post("coach", f"/v1/evaluations/{lasting['id']}/record-evaluation", judgement(firm))) == (403, "not_permitted")
