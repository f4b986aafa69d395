"""A plan by the forms of its page: from nothing to one that is in force, worked on and changed, by coach and client; and by nobody else."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from zoneinfo import ZoneInfo

import pytest
from litestar.datastructures import FormMultiDict

from domain.errors.plan import BenchmarkNotMet, ClientApprovalRequired, StalePlan
from domain.plan.smart.rules import SAYS
from domain.plan.smart.verdict import SmartCode
from services.errors import Unreadable
from services.pages.planning.form import CONTENT, command_of
from services.problems import meaning_of
from tests.services.firm import DUE, Firm, objective_body
from tests.services.markup import Markup
from tests.services.test_execution import active
from tests.services.test_session_page import Browser, browser

MEASURED = {
    **{"measure.name": "One-to-ones held", "measure.kind": "numeric", "measure.unit": "count"},
    **{"measure.direction": "increase", "measure.source": "calendar"},
    **{"baseline.value": "2", "baseline.at": "2026-01-02", "baseline.source": "calendar", "target": "12"},
}
MEET = {"title": "Hold twelve one-to-ones a month", "why": "People leave unheard.", "due_on": DUE, "confidence": "7", **MEASURED}


class Plan:
    """One plan, and those who look at it."""

    def __init__(self, firm: Firm, browsers: dict[str, Browser]) -> None:
        self.firm = firm
        self.browsers = browsers
        self.path = f"/plans/{firm.ids['plan']}"

    async def sees(self, who: str) -> Markup:
        return await self.browsers[who].shown(self.path)

    async def offered(self, who: str) -> set[str]:
        return set(values(await self.sees(who), "what"))

    async def does(self, who: str, what: str, done: str = "", **fields: str | list[str]) -> Markup:
        """The page that the form leads to."""
        answer = await self.browsers[who].client.post(self.path, data={"what": what, **fields})
        assert answer.headers.get("location") == f"{self.path}?done={done or what}", Markup(answer.text).words
        return await self.browsers[who].shown(answer.headers["location"])

    async def refused(self, who: str, what: str, status: int, **fields: str | list[str]) -> Markup:
        """The page with the form as it was filled in."""
        await self.firm.runner.catch_up()
        answer = await self.browsers[who].client.post(self.path, data={"what": what, **fields})
        assert answer.status_code == status, Markup(answer.text).words
        return Markup(answer.text)


def values(page: Markup, name: str) -> list[str]:
    return [one.attributes.get("value", "") for one in page.all("input") if one.attributes.get("name") == name]


@pytest.fixture
async def plan(engaged: Firm, address: str) -> AsyncIterator[Plan]:
    """Empty."""
    await engaged.plan()
    async with AsyncExitStack() as stack:
        signed_in = {
            who: await stack.enter_async_context(browser(engaged, address, who)) for who in ("coach", "client", "sponsor", "stranger")
        }
        yield Plan(engaged, signed_in)


async def test_an_empty_plan_comes_into_force_by_forms(plan: Plan) -> None:
    assert await plan.offered("coach") == {"define", "action"}
    page = await plan.does("coach", "define", title="Lead better")
    assert "What still keeps it from being SMART stands with it." in page.words
    assert SAYS[SmartCode.NO_MEASURE] in page.words
    again = await plan.refused("client", "define", 400, **{**MEET, "due_on": "soon"})
    assert "Expected a day" in again.words
    assert values(again, "baseline.value") == ["2"]
    await plan.does("client", "define", **MEET)
    seen = await plan.firm.seen("coach", f"/v1{plan.path}")
    vague, meet = (one["id"] for one in seen["objectives"])
    assert seen["objectives"][1]["smart"]["blocking"] == []
    await made_smart(plan, vague, str(seen["objectives"][0]["version"]))
    await plan.does("client", "milestone", objective_id=meet, title="Half of them", due_on="2199-01-31", benchmark="6")
    await plan.does("client", "action", text="Invite the first three", owner=plan.firm.ids["client"], due_on="2199-01-31")
    await agreed(plan, vague, meet)


async def made_smart(plan: Plan, vague: str, version: str) -> None:
    """The title, the date, the confidence and the measure that it lacks, one form after the other."""
    await plan.does(
        "coach", "refine", objective_id=vague, **{"refinement.field": "title", "refinement.to": "Delegate", "refinement.seen": version}
    )
    await plan.does("coach", "refine", objective_id=vague, **{"refinement.field": "due_on", "refinement.to": DUE})
    await plan.does("client", "refine", objective_id=vague, **{"refinement.field": "confidence", "refinement.to": "6"})
    version = str((await plan.firm.seen("coach", f"/v1{plan.path}"))["objectives"][0]["version"])
    measure = {name.replace("measure", "refinement.to", 1): value for name, value in MEASURED.items() if name.startswith("measure")}
    await plan.does(
        "coach",
        "refine",
        objective_id=vague,
        **{
            "refinement.field": "new_measure",
            "refinement.seen": version,
            "refinement.target": "5",
            "refinement.baseline_by": DUE,
            **measure,
        },
    )


async def agreed(plan: Plan, vague: str, meet: str) -> None:
    """Proposed, approved as it was read and no otherwise, and put into force."""
    page = await plan.does("coach", "propose")
    assert {"approve", "activate"} <= set(values(page, "what"))
    [stale] = values(await plan.sees("client"), "digest")
    assert "activate" not in await plan.offered("client")
    again = await plan.refused("coach", "activate", 422)
    assert meaning_of(ClientApprovalRequired) in again.words
    await plan.does("coach", "refine", objective_id=meet, **{"refinement.field": "target", "refinement.from": "12", "refinement.to": "10"})
    await plan.does("coach", "propose")
    again = await plan.refused("client", "approve", 409, plan_version="1", digest=stale)
    assert meaning_of(StalePlan) in again.words
    assert "It was changed while you read it." in again.words
    for who in ("client", "coach"):
        page = await plan.sees(who)
        await plan.does(who, "approve", plan_version=values(page, "plan_version")[0], digest=values(page, "digest")[0])
        assert "approve" not in await plan.offered(who)
    again = await plan.refused("coach", "activate", 422)
    boxes = values(again, "override")
    assert boxes == [f"{vague} {code}" for code in ("M3", "R1")]
    again = await plan.refused("coach", "activate", 422, override=boxes, reason="short")
    assert values(again, "reason").count("short") == 1
    page = await plan.does("coach", "activate", override=boxes, reason="The survey comes in spring.")
    assert "The plan is in force." in page.words
    assert (await plan.firm.seen("coach", f"/v1{plan.path}"))["status"] == "active"


async def test_a_plan_in_force_is_worked_on_and_changed_by_forms(plan: Plan) -> None:
    firm = plan.firm
    meet = (await firm.done("client", f"/v1{plan.path}/define-objective", objective_body("Meet")))["item_id"]
    await plan.does("client", "milestone", objective_id=meet, title="Half of them", due_on="2199-01-31", benchmark="6")
    await plan.does("coach", "action", text="Invite the first three", owner=firm.ids["client"], due_on="2199-01-31")
    await active(firm)
    work = {"measure", "milestone", "action", "complete", "reschedule", "reach", "adjust", "conclude", *CONTENT - {"revise", "drop"}}
    assert await plan.offered("client") == await plan.offered("coach") == work
    page = await plan.does("client", "measure", objective_id=meet, value="5", source="calendar")
    assert "1 measurement" in page.words
    seen = await firm.seen("client", f"/v1{plan.path}")
    action, milestone = seen["actions"][0]["id"], seen["milestones"][0]["id"]
    moved = {"from": "2199-01-31", "to": "2199-02-15", "initiated_by": "client"}
    again = await plan.refused("coach", "adjust", 422, milestone_id=milestone, reason="Late", **moved)
    assert "Late" in values(again, "reason")
    for what, of in (("adjust", {"milestone_id": milestone}), ("reschedule", {"action_id": action})):
        page = await plan.does("coach", what, reason="The quarter was full.", **of, **moved)
        assert "15 Feb 2199" in page.words
    await plan.does("client", "complete", action_id=action, evidence="All three came.", effort_minutes="30")
    again = await plan.refused("client", "reach", 422, milestone_id=milestone, measured_value="5")
    assert meaning_of(BenchmarkNotMet) in again.words
    await plan.does("client", "reach", milestone_id=milestone, measured_value="6")

    other = {"refinement.field": "target", "refinement.from": "12", "refinement.to": "10"}
    await plan.does("coach", "refine", "proposed", proposed="yes", objective_id=meet, reason="Twelve is too many.", **other)
    assert {"accept", "decline"} <= await plan.offered("client")
    assert "accept" not in await plan.offered("coach")
    [change] = set(values(await plan.sees("client"), "change_id"))
    await plan.does("client", "accept", change_id=change)
    assert (await firm.seen("client", f"/v1{plan.path}"))["objectives"][0]["target"] == "10"


async def test_nobody_else_finds_a_form_or_has_one_heard(plan: Plan) -> None:
    """The sponsor reads the plan, a coach of others finds none."""
    for who, status in (("sponsor", 403), ("stranger", 404)):
        for what, fields in (
            ("define", MEET),
            ("propose", {}),
            ("action", {"text": "Do it", "owner": plan.firm.ids["client"], "due_on": DUE}),
        ):
            await plan.refused(who, what, status, **fields)
    assert await plan.offered("sponsor") == set()
    await plan.refused("client", "propose", 403)
    await plan.refused("coach", "shout", 400)
    await plan.refused("coach", "define", 400, title="Twice", measure="one", **{"measure.name": "two"})
    assert (await plan.firm.seen("coach", f"/v1{plan.path}"))["objectives"] == []


@pytest.mark.parametrize(
    "fields",
    [
        {"what": "scale", "text": "Five levels at once"},
        {"what": "scale", "anchor": "5"},
        {"what": "refine", "refinement": "target"},
        {"what": "refine", "refinement.field.name": "target"},
    ],
)
def test_a_part_that_no_form_of_ours_sends_so_is_named(fields: dict[str, str]) -> None:
    with pytest.raises(Unreadable):
        command_of(FormMultiDict(fields), ZoneInfo("UTC"))
