"""Client and coach who change one plan at the same time: about different things both succeed, about the same one learns of the other."""

from __future__ import annotations

import asyncio
from typing import Any

from tests.services.firm import Firm, objective_body
from tests.services.test_execution import active

MILESTONE = {"title": "Half of them", "due_on": "2199-01-31"}


async def marked(firm: Firm, number: int) -> list[str]:
    """So many milestones of the plan's objective; their ids."""
    body = MILESTONE | {"objective_id": firm.ids["Meet"]}
    return [(await firm.done("coach", f"/v1/plans/{firm.ids['plan']}/set-milestone", body))["item_id"] for _ in range(number)]


def move(milestone: str, to: str) -> dict[str, Any]:
    return {"milestone_id": milestone, "from": "2199-01-31", "to": to, "reason_code": "absence"}


async def test_what_each_of_them_changes_elsewhere_in_the_plan_is_done(planned: Firm) -> None:
    at = f"/v1/plans/{planned.ids['plan']}"
    first, second = await marked(planned, 2)
    await active(planned)
    answers = await asyncio.gather(
        planned.post("client", f"{at}/adjust-milestone", move(first, "2199-02-10")),
        planned.post("coach", f"{at}/adjust-milestone", move(second, "2199-02-20")),
        planned.post("client", f"{at}/measure-progress", {"objective_id": planned.ids["Meet"], "value": "5", "source": "calendar"}),
    )
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert len({answer.json()["version"] for answer in answers}) == 3
    plan = await planned.seen("coach", at)
    assert [one["due_on"] for one in plan["milestones"]] == ["2199-02-10", "2199-02-20"]
    assert [one["value"] for one in plan["objectives"][0]["measurements"]] == ["5"]


async def test_of_two_who_move_the_same_the_slower_is_told_where_it_is_and_by_whom(planned: Firm) -> None:
    at = f"/v1/plans/{planned.ids['plan']}"
    (milestone,) = await marked(planned, 1)
    await active(planned)
    wishes = {"client": "2199-02-10", "coach": "2199-02-20"}
    answers = await asyncio.gather(*(planned.post(who, f"{at}/adjust-milestone", move(milestone, to)) for who, to in wishes.items()))
    (faster,) = [who for who, answer in zip(wishes, answers, strict=True) if answer.status_code == 200]
    (refused,) = [answer.json() for answer in answers if answer.status_code == 409]
    assert (refused["code"], refused["errors"][0]["pointer"]) == ("version_conflict", "/from")
    assert refused["facts"]["current"] == wishes[faster]
    assert refused["facts"]["changed_by"] == planned.ids[faster]
    assert (await planned.seen("coach", at))["milestones"][0]["due_on"] == wishes[faster]


async def test_of_two_objectives_that_are_accepted_at_once_one_gets_the_last_place(planned: Firm) -> None:
    at = f"/v1/plans/{planned.ids['plan']}"
    await active(planned)
    await planned.done("admin", f"/v1/organizations/{planned.tenant}/set-organization-policy", {"seen": 0, "max_active_objectives": 2})
    changes = []
    for title in ("Hand three projects over", "Speak at two meetings"):
        define = {"command": "define_objective"} | objective_body(title)
        changes.append((await planned.done("coach", f"{at}/propose-change", {"change": define}))["item_id"])
    answers = await asyncio.gather(*(planned.post("client", f"{at}/accept-change", {"change_id": change}) for change in changes))
    (refused,) = [answer.json() for answer in answers if answer.status_code != 200]
    assert (refused["code"], refused["facts"]["limit"]) == ("too_many_active_objectives", 2)
    plan = await planned.seen("coach", at)
    assert (len(plan["objectives"]), plan["plan_version"], len(plan["changes"])) == (2, 2, 1)


async def test_who_changed_it_themselves_is_told_so(planned: Firm) -> None:
    at = f"/v1/plans/{planned.ids['plan']}"
    (milestone,) = await marked(planned, 1)
    await active(planned)
    moved = await planned.done("coach", f"{at}/adjust-milestone", move(milestone, "2199-02-10"))
    for who, begins in (("coach", "You changed this since"), ("client", "Someone else changed this")):
        refused = (await planned.post(who, f"{at}/adjust-milestone", move(milestone, "2199-02-20"))).json()
        assert (refused["code"], refused["detail"][: len(begins)]) == ("version_conflict", begins)
        assert refused["facts"]["changed_at"] == refused["facts"]["changed_version"] == moved["version"]
    unknown = (await planned.post("coach", f"{at}/adjust-milestone", move(planned.ids["coach"], "2199-02-20"))).json()
    assert unknown["detail"].startswith("`milestone_id` names no milestone of what this was sent to")


async def test_a_change_is_proposed_and_answered_by_each_side_in_turn(planned: Firm) -> None:
    at, ids = f"/v1/plans/{planned.ids['plan']}", planned.ids
    await active(planned)
    for proposer, other, target in (("client", "coach", "14"), ("coach", "client", "16")):
        objective = (await planned.seen(proposer, at))["objectives"][0]
        refine = {
            "command": "refine_objective",
            "objective_id": ids["Meet"],
            "refinement": {"field": "target", "from": objective["target"], "to": target},
        }
        body = {"change": refine, "reason": "The team has grown since."}
        change = (await planned.done(proposer, f"{at}/propose-change", body))["item_id"]
        pending = await planned.post(other, f"{at}/propose-change", body)
        assert (pending.status_code, pending.json()["code"]) == (409, "change_pending")
        objection = {"about": "objective", "about_id": ids["Meet"], "stance": "objects", "text": f"{target} is a lot."}
        await planned.done("client", f"{at}/record-client-input", objection)
        await planned.done(other, f"{at}/accept-change", {"change_id": change})
        again = await planned.post(other, f"{at}/accept-change", {"change_id": change})
        assert (again.status_code, again.json()["code"]) == (409, "change_decided")
    plan = await planned.seen("client", at)
    assert (plan["objectives"][0]["target"], plan["plan_version"], plan["changes"]) == ("16", 3, [])
    assert [(one["stance"], one["text"]) for one in plan["inputs"]] == [("objects", "14 is a lot."), ("objects", "16 is a lot.")]
