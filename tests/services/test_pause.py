"""A pause over HTTP: who may, what is refused meanwhile, and what moves when the coaching goes on."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.services.firm import DUE, Firm

WHY = {"reason_code": "absence"}
SOON, LATER = "2198-01-31", "2198-02-10"
"""Ten days lie between them."""


@pytest.fixture
async def agreed(engaged: Firm) -> Firm:
    """A firm with a plan in force."""
    await engaged.plan("Hold twelve one-to-ones a month")
    plan = f"/v1/plans/{engaged.ids['plan']}"
    milestone = {"objective_id": engaged.ids["Hold twelve one-to-ones a month"], "title": "Half way", "due_on": SOON}
    engaged.ids["milestone"] = (await engaged.done("coach", f"{plan}/set-milestone", milestone))["item_id"]
    proposed = await engaged.propose()
    for party in ("coach", "client"):
        await engaged.done(party, f"{plan}/approve-plan", {"plan_version": proposed["plan_version"], "digest": proposed["digest"]})
    await engaged.done("coach", f"{plan}/activate-plan", {})
    return engaged


async def rest(firm: Firm, *, shifts: bool = True) -> str:
    """Ten days of rest. Answers with the address of the engagement."""
    at = f"/v1/engagements/{firm.ids['engagement']}"
    await firm.done("client", f"{at}/pause-engagement", {**WHY, "shifts_due_dates": shifts})
    clock = firm.commands.clock
    firm.commands.clock = lambda: datetime.now(UTC) + timedelta(days=10)
    try:
        await firm.done("coach", f"{at}/resume-engagement", WHY)
    finally:
        firm.commands.clock = clock
    return at


async def test_what_rests_refuses_what_needs_it_to_run(agreed: Firm) -> None:
    at = f"/v1/engagements/{agreed.ids['engagement']}"
    await agreed.done("coach", f"{at}/pause-engagement", WHY)
    seen = await agreed.seen("client", at)
    assert (seen["stage"], seen["pause"]["shifts_due_dates"]) == ("paused", True)
    evaluation = {"engagement_id": agreed.ids["engagement"], "kind": "final", "point": "end", "due_on": SOON}
    for path, body in ((f"{at}/pause-engagement", WHY), ("/v1/evaluations", evaluation)):
        refused = await agreed.post("coach", path, body)
        assert (refused.status_code, refused.json()["code"]) == (409, "engagement_not_active")
    assert (await agreed.post("sponsor", f"{at}/resume-engagement", WHY)).status_code == 403
    assert (await agreed.post("stranger", f"{at}/resume-engagement", WHY)).status_code == 404


async def test_going_on_moves_every_open_date_in_one_step(agreed: Firm) -> None:
    evaluation = {"engagement_id": agreed.ids["engagement"], "kind": "final", "point": "end", "due_on": SOON}
    evaluation_id = (await agreed.done("coach", "/v1/evaluations", evaluation))["id"]
    end = date.fromisoformat((await agreed.seen("client", f"/v1/engagements/{agreed.ids['engagement']}"))["planned_end"])
    at = await rest(agreed)
    seen = await agreed.seen("client", at)
    assert (seen["stage"], seen["planned_end"]) == ("active", (end + timedelta(days=10)).isoformat())
    assert "pause" not in seen or seen["pause"] is None
    plan = await agreed.seen("client", f"/v1/plans/{agreed.ids['plan']}")
    (objective,), (milestone,) = plan["objectives"], plan["milestones"]
    assert objective["due_on"] == (date.fromisoformat(DUE) + timedelta(days=10)).isoformat()
    assert (milestone["due_on"], milestone["original_due"]) == (LATER, LATER)
    assert (await agreed.seen("coach", f"/v1/evaluations/{evaluation_id}"))["due_on"] == LATER
    told = [one["sentence"] for one in (await agreed.seen("coach", f"/v1/plans/{agreed.ids['plan']}/timeline"))["items"]]
    assert any("for the pause" in sentence for sentence in told)


async def test_without_shifting_everything_keeps_its_date(agreed: Firm) -> None:
    await rest(agreed, shifts=False)
    plan = await agreed.seen("client", f"/v1/plans/{agreed.ids['plan']}")
    assert plan["milestones"][0]["due_on"] == SOON


async def test_of_many_who_pause_at_once_one_does(agreed: Firm) -> None:
    at = f"/v1/engagements/{agreed.ids['engagement']}"
    answers: list[Any] = await asyncio.gather(
        *(agreed.post(who, f"{at}/pause-engagement", WHY) for who in ("coach", "client", "program_manager") * 3)
    )
    assert Counter(answer.status_code for answer in answers) == {200: 1, 409: 8}
