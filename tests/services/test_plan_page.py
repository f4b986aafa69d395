"""One plan's page with everything on it: each thing in its state, and every word of it only for those who may read it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
from litestar import Litestar, Router, get
from litestar.testing import AsyncTestClient

from infra.eventstore.errors import Busy
from services.pages.refusal import PAGE_HANDLERS
from tests.services.firm import Firm
from tests.services.markup import Markup

WORDS = (
    "Meet",
    "Because of Meet",
    "One-to-ones held",
    *(f"Secret {n}" for n in ("way", "hurdle", "deed", "mark", "reason", "win", "title", "view", "exercise", "question", "answer")),
)
"""Every text of the plan below."""
MOVED, DUE = "2199-02-15", "2199-02-01"


async def say(firm: Firm, who: str, command: str, **body: Any) -> str:
    answer = await firm.done(who, f"/v1/plans/{firm.ids['plan']}/{command}", body)
    return str(answer.get("item_id"))


@pytest.fixture
async def full(planned: Firm) -> Firm:
    """An active plan with a strategy, an action that was dropped, milestones that were reached, moved and withdrawn, a win, an
    objection, exercises, and a change that waits for the client."""
    meet = planned.ids["Meet"]
    await say(
        planned,
        "coach",
        "adopt-strategy",
        title="Secret way",
        kind="practice",
        objective_ids=[meet],
        realism={"obstacles": "Secret hurdle"},
    )
    dropped = await say(planned, "client", "commit-action", text="Secret deed", owner=planned.ids["client"], due_on=DUE)
    marks = [await say(planned, "client", "set-milestone", objective_id=meet, title="Secret mark", due_on=DUE) for _ in range(3)]
    proposed = await planned.propose()
    for who in ("client", "coach"):
        await say(planned, who, "approve-plan", plan_version=proposed["plan_version"], digest=proposed["digest"])
    await say(planned, "coach", "activate-plan")
    await say(planned, "client", "drop-action", action_id=dropped, reason="Secret reason")
    await say(planned, "client", "reach-milestone", milestone_id=marks[0], evidence="Secret mark")
    await say(
        planned,
        "coach",
        "adjust-milestone",
        milestone_id=marks[1],
        to=MOVED,
        reason="Secret reason",
        initiated_by="client",
        **{"from": DUE},
    )
    await say(planned, "client", "withdraw-milestone", milestone_id=marks[2], reason="Secret reason")
    await say(planned, "coach", "acknowledge-win", what="Secret win")
    await say(planned, "client", "record-client-input", about="objective", about_id=meet, stance="objects", text="Secret view")
    for visibility, answer in (("shared", "Secret answer"), ("private_client", "Hidden answer")):
        asked = await say(planned, "coach", "offer-exercise", kind="worksheet", title="Secret exercise", questions=["Secret question"])
        await say(planned, "client", "answer-exercise", exercise_id=asked, answers=[answer], visibility=visibility)
    seen = (await planned.seen("coach", f"/v1/plans/{planned.ids['plan']}"))["objectives"][0]["version"]
    change = {"command": "refine_objective", "objective_id": meet, "refinement": {"field": "title", "to": "Secret title", "seen": seen}}
    await say(planned, "coach", "propose-change", change=change, reason="Secret reason")
    await planned.runner.catch_up()
    return planned


async def words_of(firm: Firm, who: str) -> str:
    answer = await firm.get(who, f"/plans/{firm.ids['plan']}", accept="text/html")
    assert answer.status_code == 200, answer.text
    return Markup(answer.text).words


async def test_those_of_the_engagement_find_everything_in_its_state(full: Firm) -> None:
    for who in ("client", "coach"):
        words = await words_of(full, who)
        assert not [expected for expected in WORDS if expected not in words], who
        for state in ("Dropped", "Reached", "Withdrawn", "Moved 1 time", "In force", "Wins", "Agrees with the plan as it is now."):
            assert state in words, (who, state)
        assert "1 Feb 2199 → 15 Feb 2199" in words
        assert "as the client wished" in words
        assert "accepted by: coach" in words
        assert ("Hidden answer" in words) == (who == "client")
        for beside in ("Objects about objective 1", "No data: no objective is judged on its scale yet.", "Readiness 3 of 6"):
            assert beside in words, (who, beside)


@pytest.mark.parametrize("who", ["program_manager", "auditor"])
async def test_those_outside_of_it_find_the_same_without_a_word(full: Firm, who: str) -> None:
    words = await words_of(full, who)
    assert not [unexpected for unexpected in WORDS if re.search(rf"\b{unexpected}\b", words)]
    for state in ("withheld", "Dropped", "Reached", "Withdrawn", "1 Feb 2199 → 15 Feb 2199", "by 1 Feb 2199"):
        assert state in words, state


async def test_a_sponsor_is_told_of_nothing_that_is_not_disclosed(full: Firm) -> None:
    words = await words_of(full, "sponsor")
    for told in ("State not disclosed", "Not disclosed to your role", "Approvals Not disclosed.", "Pending changes Not disclosed."):
        assert told in words, told
    for claim in (
        "Nobody has approved",
        "No change waits",
        "What happened",
        "Open",
        "Active",
        "Milestones",
        "Wins",
        "Exercises",
        "Readiness",
        "Attainment",
        "No objective yet",
    ):
        assert claim not in words, claim
    listed = Markup((await full.get("sponsor", "/plans", accept="text/html")).text).words
    assert (listed.count("not disclosed"), "Active since –" in listed) == (4, False)
    await full.consent(("progress",))
    words = await words_of(full, "sponsor")
    assert "One-to-ones held" in words
    assert "Open" not in words
    await full.consent(("objective_titles",))
    words = await words_of(full, "sponsor")
    assert "Agrees with the plan as it is now." in words
    assert "accepted by: coach" in words
    await full.consent(("progress",), grant=False)
    listed = Markup((await full.get("sponsor", "/plans", accept="text/html")).text).words
    assert "Progress not disclosed" in listed  # and no dash, as if nothing were measured


@get("/broken", opt={"page": True})
async def broken() -> None:
    raise RuntimeError("Secret reason")


@get("/busy", opt={"page": True})
async def busy() -> None:
    raise Busy


@pytest.fixture
async def failing() -> AsyncIterator[AsyncTestClient[Litestar]]:
    pages = Router("/", route_handlers=[broken, busy], exception_handlers=PAGE_HANDLERS)
    async with AsyncTestClient(Litestar([pages], openapi_config=None, logging_config=None)) as client:
        yield client


async def test_an_error_of_ours_says_its_request_and_not_its_reason(failing: AsyncTestClient[Litestar]) -> None:
    for path, status in (("/broken", 500), ("/busy", 503)):
        answer = await failing.get(path, headers={"X-Request-Id": "trace-7"})
        assert answer.status_code == status
        assert "trace-7" in Markup(answer.text).words
        assert "Secret" not in answer.text
        assert ("retry-after" in answer.headers) == (status == 503)
