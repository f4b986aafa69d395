"""A plan that cannot become active is proposed, and who proposes it is told what would be refused: before everybody approves it in vain."""

from __future__ import annotations

from typing import Any

from domain.plan.smart.rules import SAYS
from domain.plan.smart.verdict import SmartCode
from tests.services.firm import DUE, Firm
from tests.services.test_pages import at, shown


def codes(answer: dict[str, Any]) -> dict[str, list[str]]:
    return {one["objective_id"]: [each["code"] for each in one["blocking"]] for one in answer["warnings"]}


async def test_a_proposal_names_what_activation_would_be_refused_for(planned: Firm) -> None:
    path = f"/v1/plans/{planned.ids['plan']}"
    assert "warnings" not in await planned.done("coach", f"{path}/propose-plan", {})
    vague = (await planned.done("client", f"{path}/define-objective", {"title": "Improve", "due_on": DUE}))["item_id"]
    answer = await planned.post("coach", f"{path}/propose-plan", {}, Idempotency_Key="once")
    told = codes(answer.json())
    assert set(told) == {vague}
    assert {one["code"]: one["says"] for one in answer.json()["warnings"][0]["blocking"]} == {
        code: SAYS[SmartCode(code)] for code in told[vague]
    }
    again = await planned.post("coach", f"{path}/propose-plan", {}, Idempotency_Key="once")
    assert again.json() == answer.json()
    assert codes(await planned.done("coach", f"{path}/propose-plan", {})) == told
    batch = {"items": [{"command": "propose_plan", "target": planned.ids["plan"], "body": {}}]}
    (item,) = (await planned.done("coach", "/v1/batches", batch))["items"]
    assert codes(item["done"]) == told

    read = await planned.seen("client", path)
    for who in ("client", "coach"):
        body = {"plan_version": read["plan_version"], "digest": read["digest"]}
        await planned.done(who, f"{path}/approve-plan", body)
    refused = await planned.post("coach", f"{path}/activate-plan", {})
    assert refused.json()["code"] == "objective_not_smart"
    assert {one["objective_id"]: one["codes"] for one in refused.json()["facts"]["objectives"]} == told


async def test_the_plan_says_in_words_what_its_objectives_lack(planned: Firm) -> None:
    await planned.done("client", f"/v1/plans/{planned.ids['plan']}/define-objective", {"title": "Improve", "due_on": DUE})
    words = (await shown(planned, "client", at(planned))).words
    assert "Not SMART yet: as it stands, the plan cannot become active." in words
    assert SAYS[SmartCode.NO_MEASURE] in words


async def test_without_the_gate_nothing_is_warned_of(engaged: Firm) -> None:
    program = await engaged.done(
        "program_manager",
        "/v1/programs",
        {"name": "Free", "starts_on": "2026-01-01", "ends_on": DUE, "capacity": 3, "sessions_per_engagement": 3, "smart_gate": False},
    )
    path, ids = f"/v1/programs/{program['id']}", engaged.ids
    await engaged.done("program_manager", f"{path}/add-coach-to-pool", {"coach_id": ids["coach"], "max_engagements": 3})
    await engaged.done("program_manager", f"{path}/open-program", {})
    await engaged.done("program_manager", f"{path}/enrol-participant", {"client_id": ids["client"]})
    proposal = {"client_id": ids["client"], "program_id": program["id"], "sponsor_id": None}
    ids["engagement"] = (await engaged.done("program_manager", "/v1/engagements", proposal))["id"]
    await engaged.done("program_manager", f"/v1/engagements/{ids['engagement']}/assign-coach", {"coach_id": ids["coach"]})
    await engaged.done("coach", f"/v1/engagements/{ids['engagement']}/draft-agreement", {"sessions": 3, "cadence_days": 14})
    digest = (await engaged.seen("client", f"/v1/engagements/{ids['engagement']}"))["agreement"]["digest"]
    for who in ("client", "coach"):
        await engaged.done(who, f"/v1/engagements/{ids['engagement']}/sign-agreement", {"digest": digest})
    await engaged.plan()
    await engaged.done("client", f"/v1/plans/{ids['plan']}/define-objective", {"title": "Improve"})
    assert "warnings" not in await engaged.done("coach", f"/v1/plans/{ids['plan']}/propose-plan", {})
