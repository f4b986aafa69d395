"""What client, coach and sponsor say to each other beside and about a plan, over HTTP: who reads what of it."""

from __future__ import annotations

from typing import Any

from tests.services.firm import Firm
from tests.services.test_execution import active

WITHHELD = {"withheld": True}
CLASSES = ("objective_titles", "progress", "attainment", "evaluation_summary")
LEVELS = [{"level": level, "text": f"Level {level}"} for level in range(-2, 3)]


async def facts(firm: Firm, who: str, path: str, body: Any) -> tuple[int, str, list[str]]:
    answer = await firm.post(who, path, body)
    problem = answer.json()
    return answer.status_code, problem["code"], [fault["pointer"] for fault in problem.get("errors", [])]


async def test_an_exercise_is_offered_answered_and_read(planned: Firm) -> None:
    at, ids = f"/v1/plans/{planned.ids['plan']}", planned.ids
    offer = {"kind": "worksheet", "title": "A week", "questions": ["What went well?", "What not?"], "objective_ids": [ids["Meet"]]}
    shared = (await planned.done("coach", f"{at}/offer-exercise", offer))["item_id"]
    private = (await planned.done("coach", f"{at}/offer-exercise", offer | {"kind": "reflection_tool"}))["item_id"]
    extra = (await planned.done("coach", f"{at}/offer-exercise", offer))["item_id"]
    for exercise, visibility in ((shared, "shared"), (private, "private_client")):
        answer = {"exercise_id": exercise, "answers": ["Two of five", None], "visibility": visibility}
        assert await facts(planned, "coach", f"{at}/answer-exercise", answer) == (403, "not_permitted", [])
        await planned.done("client", f"{at}/answer-exercise", answer)
        assert (await facts(planned, "client", f"{at}/answer-exercise", answer))[:2] == (409, "exercise_closed")
    await planned.done("coach", f"{at}/withdraw-exercise", {"exercise_id": extra, "reason_code": "other"})
    late = {"exercise_id": extra, "answers": ["Two", "Three"], "visibility": "shared"}
    assert (await facts(planned, "client", f"{at}/answer-exercise", late))[:2] == (409, "exercise_closed")

    read = {who: {one["id"]: one for one in (await planned.seen(who, at))["exercises"]} for who in ("client", "coach", "program_manager")}
    assert read["client"][shared]["answers"] == read["client"][private]["answers"] == ["Two of five", None]
    assert (read["coach"][shared]["answers"], read["coach"][private]["answers"]) == (["Two of five", None], [WITHHELD, None])
    assert (read["coach"][private]["answered_on"] is None, read["coach"][private]["visibility"]) == (False, "private_client")
    assert read["program_manager"][shared]["answers"] == [WITHHELD, None]
    assert (read["coach"][extra]["withdrawn"], read["coach"][extra]["answers"]) == (True, None)
    assert (await planned.seen("sponsor", at))["exercises"] == WITHHELD

    told = {who: (await planned.seen(who, f"{at}/timeline"))["items"] for who in ("client", "coach")}
    answered = {who: [one for one in items if one["kind"] == "plan.exercise_answered"] for who, items in told.items()}
    assert [one["sentence"] for one in answered["client"]] == ["Person client answered “A week”."] * 2
    assert [one["event"]["exercise_id"] for one in answered["coach"]] == [shared]


async def test_a_sponsor_comments_on_what_the_client_lets_them_see(planned: Firm) -> None:
    at, ids = f"/v1/plans/{planned.ids['plan']}", planned.ids
    comment = {"about": "objective", "about_id": ids["Meet"], "text": "This is what the board asked for."}
    await active(planned)
    assert await facts(planned, "sponsor", f"{at}/comment-as-sponsor", comment) == (403, "not_disclosed", ["/about_id"])
    await planned.consent(CLASSES)
    await planned.done("sponsor", f"{at}/comment-as-sponsor", comment)
    assert (await facts(planned, "client", f"{at}/comment-as-sponsor", comment))[:2] == (403, "not_permitted")

    due = {"engagement_id": ids["engagement"], "kind": "interim", "point": "mid", "due_on": "2199-01-01", "evaluators": ["coach"]}
    evaluation = (await planned.done("coach", "/v1/evaluations", due))["id"]
    judged = {"about": "evaluation", "about_id": evaluation, "text": "Good to read."}
    assert (await facts(planned, "sponsor", f"{at}/comment-as-sponsor", judged))[:2] == (403, "not_disclosed")
    await planned.done("coach", f"/v1/evaluations/{evaluation}/record-evaluation", {"plan_version": 1, "effectiveness": 4})
    await planned.done("sponsor", f"{at}/comment-as-sponsor", judged)

    for who in ("client", "coach", "sponsor"):
        read = (await planned.seen(who, at))["comments"]
        assert [(one["about"], one["text"]) for one in read] == [("objective", comment["text"]), ("evaluation", judged["text"])]
    assert {one["text"]["withheld"] for one in (await planned.seen("program_manager", at))["comments"]} == {True}

    await planned.consent(CLASSES, grant=False)
    assert (await facts(planned, "sponsor", f"{at}/comment-as-sponsor", comment))[:2] == (403, "not_disclosed")


async def test_an_objection_stands_beside_what_it_is_about(planned: Firm) -> None:
    at = f"/v1/plans/{planned.ids['plan']}"
    wish = {"about": "objective", "about_id": planned.ids["Meet"], "stance": "objects", "text": "Twelve is too many."}
    await planned.done("client", f"{at}/record-client-input", wish)
    (said,) = (await planned.seen("coach", at))["inputs"]
    assert {name: said[name] for name in wish} == wish
    assert said["quoted"] is False
    assert (await planned.seen("program_manager", at))["inputs"][0]["text"] == WITHHELD
    assert (await planned.seen("sponsor", at))["inputs"] == WITHHELD


async def test_weights_and_scales_make_the_attainment_index(planned: Firm) -> None:
    at, ids = f"/v1/plans/{planned.ids['plan']}", planned.ids
    await planned.consent(CLASSES)
    scale = {"objective_id": ids["Meet"], "levels": LEVELS, "importance": 2, "difficulty": 2}
    await planned.done("client", f"{at}/define-attainment-scale", scale)
    heavier = {"objective_id": ids["Meet"], "from": 4, "to": 6, "reason_code": "scope"}
    await planned.done("coach", f"{at}/reprioritize-objective", heavier)
    await active(planned)
    before = (await planned.seen("client", at))["attainment"]["concluded"]
    assert {name: before[name] for name in ("n", "no_data", "score")} == {"n": 0, "no_data": True, "score": None}

    weigh = {"command": "reprioritize_objective", "objective_id": ids["Meet"], "from": 6, "to": 9, "reason_code": "scope"}
    direct = {name: value for name, value in weigh.items() if name != "command"}
    assert (await facts(planned, "client", f"{at}/reprioritize-objective", direct))[:2] == (409, "change_must_be_proposed")
    change = (await planned.done("client", f"{at}/propose-change", {"change": weigh}))["item_id"]
    await planned.done("coach", f"{at}/accept-change", {"change_id": change})
    await planned.done("client", f"{at}/conclude-objective", {"objective_id": ids["Meet"], "outcome": "attained", "level": 2})

    for who in ("client", "coach", "program_manager", "sponsor"):
        index = (await planned.seen(who, at))["attainment"]["concluded"]
        goal = {"objective_id": ids["Meet"], "scale_version": 1, "weight": 9, "baseline": -1, "level": 2}
        assert (index["n"], index["score"], index["baseline"], index["change"]) == (1, "70.0000", "40.0000", "30.0000")
        assert index["goals"] == [goal]
    await planned.consent(("attainment",), grant=False)
    assert "attainment" not in await planned.seen("sponsor", at)


async def test_several_are_moved_at_once_or_none(planned: Firm) -> None:
    at, ids = f"/v1/plans/{planned.ids['plan']}", planned.ids
    milestone = {"objective_id": ids["Meet"], "title": "Half", "due_on": "2199-01-31"}
    action = {"text": "Invite them", "owner": ids["client"], "due_on": "2199-01-15"}
    step = (await planned.done("coach", f"{at}/set-milestone", milestone))["item_id"]
    act = (await planned.done("coach", f"{at}/commit-action", action))["item_id"]
    moves = [
        {"item": "milestone", "milestone_id": step, "from": "2199-01-31", "to": "2199-02-28"},
        {"item": "action", "action_id": act, "from": "2199-01-15", "to": "2199-06-30"},
    ]
    wrong = [moves[0], moves[1] | {"to": "2199-07-01"}]
    body = {"moves": wrong, "reason": "The team is away."}
    assert await facts(planned, "client", f"{at}/move-due-dates", body) == (422, "action_due_after_engagement", ["/moves/1/to"])
    assert (await planned.seen("client", at))["milestones"][0]["due_on"] == "2199-01-31"
    done = await planned.done("client", f"{at}/move-due-dates", body | {"moves": moves})
    plan = await planned.seen("coach", at)
    assert (plan["milestones"][0]["due_on"], plan["actions"][0]["due_on"]) == ("2199-02-28", "2199-06-30")
    told = [one for one in (await planned.seen("coach", f"{at}/timeline"))["items"] if one["stream_id"] == ids["plan"]][-2:]
    assert [one["kind"] for one in told] == ["plan.milestone_adjusted", "plan.action_rescheduled"]
    assert {one["reason"] for one in told} == {"The team is away."}
    assert done["version"] == plan["version"]


async def test_readiness_names_what_proves_each_mark_and_what_is_missing(planned: Firm) -> None:
    at, ids = f"/v1/plans/{planned.ids['plan']}", planned.ids
    first = await planned.seen("coach", f"{at}/readiness")
    assert [one["mark"] for one in first["marks"] if one["met"]] == ["smart_objectives"]
    assert next(one for one in first["marks"] if one["mark"] == "strategies")["objective_ids"] == [ids["Meet"]]
    strategy = {"title": "Put them into the calendar", "kind": "practice", "objective_ids": [ids["Meet"]]}
    await planned.done("coach", f"{at}/adopt-strategy", strategy)
    await planned.done("coach", f"{at}/set-milestone", {"objective_id": ids["Meet"], "title": "Half", "due_on": "2199-01-31"})
    due = {"engagement_id": ids["engagement"], "kind": "final", "point": "end", "due_on": "2199-01-01"}
    await planned.done("coach", "/v1/evaluations", due)
    await active(planned)
    evidence = [{"kind": "kpi", "ref": "objective_progress", "value": "20", "as_of": "2026-01-02"}]
    review = {"decisions": [{"decision": "keep", "objective_id": ids["Meet"], "evidence": evidence}], "next_review_on": "2199-01-01"}
    await planned.done("coach", f"{at}/review-plan", review | {"reason_code": "other"})
    found = await planned.seen("client", f"{at}/readiness")
    assert [one["mark"] for one in found["marks"] if not one["met"]] == ["assessed_needs"]
    assert found["ready"] is False
    told = {one["event_id"] for one in (await planned.seen("client", f"{at}/timeline"))["items"]}
    proofs = [proof["event_id"] for one in found["marks"] for proof in one["proofs"]]
    assert proofs
    assert set(proofs) <= told
    assert (await planned.get("sponsor", f"{at}/readiness")).status_code == 403
    assert await planned.seen("auditor", f"{at}/readiness") == found


TEMPLATE: dict[str, Any] = {
    "name": "First time leading",
    "objectives": [
        {
            "title": "Hold weekly one-to-ones with each report",
            "measure": {"name": "One-to-ones held", "unit": "count", "direction": "increase"},
            "due_after_days": 90,
        }
    ],
    "strategies": [{"title": "Practice with a peer", "kind": "practice", "objectives": [0]}],
    "milestones": [{"objective": 0, "title": "Half of them held", "due_after_days": 45}],
}


async def test_a_plan_begins_with_copies_of_a_template(engaged: Firm) -> None:
    of = f"/v1/organizations/{engaged.tenant}"
    wrong = TEMPLATE | {"milestones": [{"objective": 1, "title": "Of none", "due_after_days": 1}]}
    assert await facts(engaged, "coach", f"{of}/define-plan-template", wrong) == (422, "item_unknown", ["/milestones/0/objective"])
    assert (await facts(engaged, "client", f"{of}/define-plan-template", TEMPLATE))[:2] == (403, "not_permitted")
    template = (await engaged.done("coach", f"{of}/define-plan-template", TEMPLATE))["item_id"]
    (listed,) = (await engaged.seen("program_manager", f"{of}/plan-templates"))["items"]
    assert (listed["id"], listed["name"], listed["milestones"]) == (template, TEMPLATE["name"], TEMPLATE["milestones"])

    draft = {"engagement_id": engaged.ids["engagement"], "template": template}
    assert await facts(engaged, "coach", "/v1/plans", draft | {"template": "first"}) == (422, "item_unknown", ["/template"])
    plan = (await engaged.done("coach", "/v1/plans", draft))["id"]
    await engaged.done("program_manager", f"{of}/retire-plan-template", {"template_id": template})
    assert (await engaged.seen("coach", f"{of}/plan-templates"))["items"] == []
    read = await engaged.seen("client", f"/v1/plans/{plan}")
    assert [one["title"] for one in (*read["objectives"], *read["strategies"], *read["milestones"])] == [
        "Hold weekly one-to-ones with each report",
        "Practice with a peer",
        "Half of them held",
    ]
    assert read["strategies"][0]["objective_ids"] == [read["objectives"][0]["id"]]


async def test_a_list_of_some_fields_says_of_them_what_the_whole_one_does(planned: Firm) -> None:
    await active(planned)
    await planned.done("coach", f"/v1/plans/{planned.ids['plan']}/acknowledge-win", {"what": "Asked before answering"})
    (whole,) = (await planned.seen("coach", "/v1/plans"))["items"]
    for fields in (*whole, "status,approvals,reviews", "objectives,wins", ",".join(sorted(whole))):
        (part,) = (await planned.seen("coach", f"/v1/plans?fields={fields}"))["items"]
        assert part == {name: whole[name] for name in {"id", *fields.split(",")}}
