"""What a plan holds by the forms of its page: weights, attainment scales, strategies and judgements, agreed or proposed; and the gate."""

from __future__ import annotations

from tests.services.firm import objective_body
from tests.services.test_execution import active
from tests.services.test_plan_forms import Plan, plan, values

__all__ = ["plan"]

SCALE = {f"text.{level}": words for level, words in zip((-2, -1, 0, 1, 2), ("None", "Four", "Eight", "Twelve", "More"), strict=True)}
RATED = {**SCALE, **{f"anchor.{level}": value for level, value in ((-2, "0"), (-1, "4"), (0, "8"), (1, "12"), (2, "16"))}}
GRADES = {"importance": "3", "difficulty": "2", "baseline_level": "-2"}
WAY = {"title": "An hour a week for it", "kind": "practice", "realism.hours_per_week": "1.5", "client_fit": "8"}


async def test_an_objective_is_weighed_scaled_served_and_abandoned_by_forms_of_a_draft(plan: Plan) -> None:
    firm = plan.firm
    meet, more = [
        (await firm.done("client", f"/v1{plan.path}/define-objective", objective_body(one)))["item_id"] for one in ("Meet", "More")
    ]
    await plan.does("coach", "weigh", objective_id=more, **{"from": "1", "to": "4"}, reason="It matters most.")
    again = await plan.refused("client", "scale", 400, objective_id=meet, seen="0", **{**RATED, "text.1": ""}, **GRADES)
    assert [one for one in again.all("textarea") if "aria-invalid" in one.attributes] != []
    assert values(again, "anchor.2")[0] == "16"
    same = await plan.refused("client", "scale", 422, objective_id=meet, seen="0", **{**RATED, "text.1": "Eight"}, **GRADES)
    assert "Each level needs a text of its own." in same.words
    page = await plan.does("client", "scale", objective_id=meet, seen="0", **RATED, **GRADES)
    assert "Attainment scale 1" in page.words
    bare = await plan.refused("coach", "adopt", 422, **WAY)
    assert values(bare, "realism.hours_per_week")[-1] == "1.5"
    await plan.does("coach", "adopt", objective_ids=[meet, more], **WAY)
    seen = await firm.seen("coach", f"/v1{plan.path}")
    assert [one["weight"] for one in seen["objectives"]] == [6, 4]
    worst = seen["objectives"][0]["scale"]["levels"][0]
    assert (worst["level"], worst["text"], worst["anchor"]) == (-2, "None", "0")
    [way] = seen["strategies"]
    assert (way["kind"], way["hours_per_week"], way["client_fit"], way["objective_ids"]) == ("practice", "1.5", 8, [meet, more])
    changed = {**WAY, "title": "Two hours a week", "realism.hours_per_week": "2", "seen": str(way["version"])}
    await plan.does("client", "revise", strategy_id=way["id"], objective_ids=meet, reason="One is too short.", **changed)
    unsaid = await plan.refused("client", "conclude", 422, objective_id=more, outcome="abandoned", reason="No.")
    assert "No." in values(unsaid, "reason")
    await plan.does("client", "conclude", objective_id=more, outcome="abandoned", reason="Another team does it.")
    await plan.does("coach", "drop", strategy_id=way["id"], reason="It is done in sessions.")
    seen = await firm.seen("coach", f"/v1{plan.path}")
    assert [(one["title"], one["dropped"]) for one in seen["strategies"]] == [("Two hours a week", True)]
    assert seen["objectives"][1]["conclusion"]["outcome"] == "abandoned"


async def test_of_a_plan_in_force_all_that_is_proposed_and_the_client_judges(plan: Plan) -> None:
    firm = plan.firm
    meet = (await firm.done("client", f"/v1{plan.path}/define-objective", objective_body("Meet")))["item_id"]
    await active(firm)
    why = {"proposed": "yes", "reason": "We know more by now."}
    again = await plan.refused("coach", "scale", 400, objective_id=meet, seen="0", **why, **{**RATED, "text.0": ""}, **GRADES)
    assert values(again, "anchor.0")[0] == "8"
    for what, fields in (("scale", {"objective_id": meet, "seen": "0", **RATED, **GRADES}), ("adopt", {"objective_ids": meet, **WAY})):
        await plan.does("coach", what, "proposed", **why, **fields)
        [change] = set(values(await plan.sees("client"), "change_id"))
        await plan.does("client", "accept", change_id=change)
    seen = await firm.seen("coach", f"/v1{plan.path}")
    assert (seen["objectives"][0]["weight"], len(seen["strategies"])) == (6, 1)
    missing = await plan.refused("client", "conclude", 422, objective_id=meet, outcome="attained", measured_value="12")
    assert values(missing, "measured_value")[0] == "12"
    page = await plan.does("coach", "conclude", objective_id=meet, outcome="attained", level="1", measured_value="12")
    assert "A coach’s holds once the client has judged, too." in page.words
    assert (await firm.seen("coach", f"/v1{plan.path}"))["objectives"][0]["conclusion"]["holds"] is False
    await plan.does("client", "conclude", objective_id=meet, outcome="partly_attained", level="-1", measured_value="12")
    judged = (await firm.seen("coach", f"/v1{plan.path}"))["objectives"][0]["conclusion"]
    assert (judged["outcome"], judged["level"], judged["holds"], judged["client_agrees"]) == ("partly_attained", -1, True, False)
    assert "conclude" not in await plan.offered("coach")


async def test_boxes_to_let_codes_pass_are_offered_only_where_they_would_be_in_the_way(plan: Plan) -> None:
    firm = plan.firm
    await plan.does("coach", "define", title="Lead better")
    await plan.does("coach", "propose")
    page = await plan.sees("coach")
    assert values(page, "override") != []
    assert "as it stands, the plan cannot become active" in page.words
    await firm.done("admin", f"/v1/organizations/{firm.tenant}/set-organization-policy", {"seen": 0, "smart_gate": False})
    page = await plan.sees("coach")
    assert values(page, "override") == []
    assert "The plan can become active all the same." in page.words
    for who in ("client", "coach"):
        page = await plan.sees(who)
        await plan.does(who, "approve", plan_version=values(page, "plan_version")[0], digest=values(page, "digest")[0])
    await plan.does("coach", "activate")
