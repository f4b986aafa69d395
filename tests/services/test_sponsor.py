"""What a sponsor could add up from refusals and numbers, and cannot."""

from __future__ import annotations

from typing import Any

from tests.services.firm import Firm


async def active(firm: Firm) -> str:
    """An active plan; returns its address."""
    plan = await firm.propose()
    at = f"/v1/plans/{plan['id']}"
    for party in ("client", "coach"):
        await firm.done(party, f"{at}/approve-plan", {"plan_version": plan["plan_version"], "digest": plan["digest"]})
    await firm.done("coach", f"{at}/activate-plan", {})
    return at


def names(answer: Any) -> set[str]:
    """The names of all fields, at any depth, that hold something."""
    if isinstance(answer, dict):
        return {name for name, value in answer.items() if value is not None} | {name for value in answer.values() for name in names(value)}
    return {name for value in answer for name in names(value)} if isinstance(answer, list) else set()


async def test_a_judgement_does_not_tell_a_sponsor_how_much_happened_before_it(planned: Firm) -> None:
    at = await active(planned)
    await planned.consent(("objective_titles", "progress", "attainment", "evaluation_summary"))
    judged = await planned.done("client", f"{at}/conclude-objective", {"objective_id": planned.ids["Meet"], "outcome": "attained"})
    assert (await planned.seen("coach", at))["objectives"][0]["conclusion"]["version"] == judged["version"]
    plan = await planned.seen("sponsor", at)
    assert plan["objectives"][0]["conclusion"]["outcome"] == "attained"
    assert "version" not in names(plan)


async def test_a_judgement_is_withheld_or_told_as_far_as_the_client_consents(planned: Firm) -> None:
    await active(planned)
    point = {"engagement_id": planned.ids["engagement"], "kind": "interim", "point": "midway", "due_on": "2199-01-15"}
    at = f"/v1/evaluations/{(await planned.done('coach', '/v1/evaluations', point))['id']}"
    assert (await planned.seen("client", at))["judgements"] == []
    assert (await planned.seen("sponsor", at))["judgements"] == {"withheld": True}
    rating = {"objective_id": planned.ids["Meet"], "rating": 4, "comment": "Better than I hoped"}
    judged = {"plan_version": 1, "effectiveness": 5, "summary": "It helps", "ratings": [rating]}
    await planned.done("client", f"{at}/record-evaluation", judged)
    assert (await planned.seen("sponsor", at))["judgements"] == {"withheld": True}
    await planned.consent(("evaluation_summary",))
    assert (await planned.seen("sponsor", at))["judgements"] == [{"evaluator": "client", "effectiveness": 5, "summary": "It helps"}]


async def test_a_refusal_tells_a_sponsor_no_facts(planned: Firm) -> None:
    """The digest of a draft would show each change of it; the version of a change, how much happened in between."""
    await planned.consent(("objective_titles",))
    at = f"/v1/plans/{(await planned.propose())['id']}"
    await planned.done("client", f"{at}/define-objective", {"title": "Unseen"})
    stale = {"plan_version": 9, "digest": "0" * 64}
    assert (await planned.post("sponsor", f"{at}/approve-plan", stale)).json()["code"] == "plan_not_proposed"
    await planned.propose()
    refused = {who: (await planned.post(who, f"{at}/approve-plan", stale)).json() for who in ("coach", "sponsor")}
    assert {problem["code"] for problem in refused.values()} == {"stale_plan"}
    assert refused["coach"]["facts"].keys() == {"plan_version", "digest"}
    assert "facts" not in refused["sponsor"]
