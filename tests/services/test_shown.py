"""What every side does each week and no other test does over HTTP: it is done, and whoever may reads that it was."""

from __future__ import annotations

import pytest

from tests.services.firm import LATER, Firm
from tests.services.test_coaching_session import begun
from tests.services.test_sponsor import active

__all__ = ["begun"]
WHY = {"reason_code": "learning"}


async def kinds(firm: Firm, plan: str) -> list[str]:
    return [one["kind"] for one in (await firm.seen("coach", f"{plan}/timeline"))["items"]]


async def test_strategies_are_revised_and_dropped_while_a_plan_is_drafted(planned: Firm) -> None:
    plan, meet = f"/v1/plans/{planned.ids['plan']}", planned.ids["Meet"]
    adopted = await planned.done("client", f"{plan}/adopt-strategy", {"title": "Shadow", "kind": "practice", "objective_ids": [meet]})
    strategy = adopted["item_id"]
    await planned.done("coach", f"{plan}/revise-strategy", WHY | {"strategy_id": strategy, "seen": adopted["version"], "title": "Lead"})
    (revised,) = (await planned.seen("client", plan))["strategies"]
    assert (revised["title"], revised["dropped"]) == ("Lead", False)
    await planned.done("coach", f"{plan}/drop-strategy", WHY | {"strategy_id": strategy})
    (dropped,) = (await planned.seen("client", plan))["strategies"]
    assert dropped["dropped"] is True


async def test_a_baseline_is_recorded_anew_and_an_objective_counts_for_more(planned: Firm) -> None:
    plan, meet = f"/v1/plans/{planned.ids['plan']}", planned.ids["Meet"]
    again = {"objective_id": meet, "value": "3", "source": "calendar", "at": "2026-01-02", "from": "2"}
    await planned.done("coach", f"{plan}/record-baseline", again)
    await planned.done("coach", f"{plan}/reprioritize-objective", WHY | {"objective_id": meet, "from": 1, "to": 6})
    (objective,) = (await planned.seen("client", plan))["objectives"]
    assert (objective["baseline"]["value"], objective["weight"]) == ("3", 6)


async def test_an_action_is_done_and_that_is_taken_back(planned: Firm) -> None:
    plan = await active(planned)
    promise = {"text": "Write it down", "owner": planned.ids["client"], "due_on": LATER, "objective_id": planned.ids["Meet"]}
    action = (await planned.done("client", f"{plan}/commit-action", promise))["item_id"]
    done = await planned.done("client", f"{plan}/complete-action", {"action_id": action})
    assert (await kinds(planned, plan)).count("plan.action_completed") == 1
    await planned.done("client", f"{plan}/withdraw-entry", WHY | {"corrects_version": done["version"]})
    assert "plan.entry_withdrawn" in await kinds(planned, plan)
    await planned.done("client", f"{plan}/complete-action", {"action_id": action})


@pytest.mark.parametrize("absent", ["client", "coach"])
async def test_somebody_does_not_come(begun: Firm, absent: str) -> None:
    at = f"/v1/sessions/{begun.ids['session']}"
    await begun.done("coach", f"{at}/record-session-no-show", {"absent": absent})
    assert (await begun.seen("client", at))["stage"] == "no_show"
    late = await begun.post("coach", f"{at}/complete-session", {"minutes": 45, "steps": ["agreement"]})
    assert late.status_code == 409
