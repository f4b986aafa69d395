"""What is shown is not newer than the decision who may see it: a consent that ends while a read waits ends for that read, too."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import pytest
from litestar import Litestar

from projections.current import CURRENT
from services.actor import Actor
from services.audit.moment import Moment, at_moment
from services.reading.reads import Look, NotCaughtUp, Reads
from tests.services.assessing import Survey
from tests.services.firm import Firm, objective_body
from tests.services.test_agreement import WHY

NEW = "What the sponsor is not to read"
GONE = {"role": "coach", "reason_code": "other"}
CONSENT = {"subjects": ["objective_titles"], "recipient": {"role": "sponsor"}}


async def test_a_read_that_was_decided_before_a_consent_ended_shows_nothing_of_after(app: Litestar, planned: Firm) -> None:
    engagement, plan = planned.ids["engagement"], UUID(planned.ids["plan"])
    await planned.done("client", f"/v1/engagements/{engagement}/grant-disclosure-consent", CONSENT)
    await planned.runner.catch_up()
    reads: Reads = app.state.reads
    sponsor = Actor(planned.tenant, UUID(planned.ids["sponsor"]), "sponsor", UUID(int=1))
    look = await reads.look(sponsor, "read_plan", "plan", plan)
    assert "objective_titles" in look.consents
    async with reads.snapshot(None, sponsor, CURRENT["plan"], shown_by=look):
        pass  # as long as nothing changed
    await planned.done("client", f"/v1/engagements/{engagement}/withdraw-disclosure-consent", CONSENT)
    await planned.runner.catch_up()
    with pytest.raises(NotCaughtUp):
        async with reads.snapshot(None, sponsor, CURRENT["plan"], shown_by=look):
            pytest.fail("rows of after it, by a decision of before")


async def test_a_coach_who_has_reads_wait_for_what_is_to_come_gets_nothing_of_it(planned: Firm) -> None:
    """They name a position that is not there yet: the reads were asked for before another coach came, and are answered afterwards."""
    path = f"/v1/plans/{planned.ids['plan']}"
    pool = {"coach_id": planned.ids["stranger"], "max_engagements": 3}
    await planned.done("program_manager", f"/v1/programs/{planned.ids['program']}/add-coach-to-pool", pool)
    reading = await planned.commands.store.read(planned.tenant, planned.tenant)
    assert reading.head is not None
    ahead = str(reading.head.position + 2)
    handing = {"from": planned.ids["coach"], "to": planned.ids["stranger"], "handover_scope": "objectives", **WHY}

    async def handed_over() -> None:
        await planned.done("program_manager", f"/v1/engagements/{planned.ids['engagement']}/reassign-coach", handing)
        await planned.done("client", f"{path}/define-objective", objective_body(NEW))
        await planned.runner.catch_up()

    waiting = [planned.get("coach", path, Throughline_Min_Position=ahead) for _ in range(8)]
    *answers, _ = await asyncio.gather(*waiting, handed_over())
    assert {answer.status_code for answer in answers} <= {200, 404, 503}
    assert all(NEW not in answer.text for answer in answers)
    assert NEW in (await planned.get("stranger", path)).text


class Meanwhile:
    """Lets something happen between a decision and the rows that are shown by it: once, after the read looked so many times."""

    def __init__(self, reads: Reads, monkeypatch: pytest.MonkeyPatch, happens: Callable[[], Awaitable[Any]], *, after: int = 1) -> None:
        self.looked = reads.look
        self.happens = happens
        self.left = after
        monkeypatch.setattr(reads, "look", self.look)

    async def look(self, *asked: Any) -> Look:
        found = await self.looked(*asked)
        self.left -= 1
        if not self.left:
            await self.happens()
        return found


async def another_coach(firm: Firm) -> dict[str, Any]:
    """Puts them into the pool; the body by which the engagement is given to them."""
    pool = {"coach_id": firm.ids["stranger"], "max_engagements": 3}
    await firm.done("program_manager", f"/v1/programs/{firm.ids['program']}/add-coach-to-pool", pool)
    return {"from": firm.ids["coach"], "to": firm.ids["stranger"], "handover_scope": "objectives", **WHY}


async def test_a_page_shows_a_former_coach_no_session_that_was_booked_with_the_next(
    app: Litestar, planned: Firm, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page looks a second time for what it shows beside the engagement."""
    handing, engagement = await another_coach(planned), planned.ids["engagement"]
    await planned.runner.catch_up()

    async def handed_over() -> None:
        await planned.done("program_manager", f"/v1/engagements/{engagement}/reassign-coach", handing)
        await planned.done("client", "/v1/sessions", {"engagement_id": engagement, "starts_at": "2198-03-04T09:00:00Z"})
        await planned.runner.catch_up()

    Meanwhile(app.state.reads, monkeypatch, handed_over, after=2)
    answer = await planned.get("coach", f"/engagements/{engagement}")
    assert (answer.status_code, "2198" in answer.text) == (503, False)
    assert "2198" in (await planned.get("stranger", f"/engagements/{engagement}")).text


async def test_a_coach_who_lost_their_role_while_a_read_waited_is_shown_nothing_of_after(
    app: Litestar, planned: Firm, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"/v1/plans/{planned.ids['plan']}"

    async def put_out() -> None:
        await planned.done("admin", f"/v1/people/{planned.ids['coach']}/revoke-membership", GONE)
        await planned.done("client", f"{path}/define-objective", objective_body(NEW))
        await planned.runner.catch_up()

    Meanwhile(app.state.reads, monkeypatch, put_out)
    answer = await planned.get("coach", path)
    assert (answer.status_code, NEW in answer.text) == (503, False)
    assert (await planned.get("coach", path)).status_code == 403
    assert NEW in (await planned.get("client", path)).text


async def test_what_happens_to_an_engagement_and_leaves_the_reader_what_they_see_fails_no_read(
    app: Litestar, planned: Firm, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A client lets the sponsor see something, while the coach reads what coaches see anyway."""
    await planned.runner.catch_up()

    async def consented() -> None:
        await planned.done("client", f"/v1/engagements/{planned.ids['engagement']}/grant-disclosure-consent", CONSENT)

    Meanwhile(app.state.reads, monkeypatch, consented)
    assert (await planned.get("coach", f"/v1/plans/{planned.ids['plan']}")).status_code == 200


async def test_a_list_of_assessments_has_none_of_a_coaching_that_was_given_away_before_it_is_projected(
    app: Litestar, planned: Firm
) -> None:
    await Survey(app, planned).launch()
    handing = await another_coach(planned)
    await planned.runner.catch_up()
    assert "Person client" in (await planned.get("coach", "/assessments")).text
    await planned.done("program_manager", f"/v1/engagements/{planned.ids['engagement']}/reassign-coach", handing)
    assert "Person client" not in (await planned.get("coach", "/assessments")).text


async def test_the_past_ends_where_the_log_ended_when_it_was_decided_who_may_see_it(app: Litestar, planned: Firm) -> None:
    reads: Reads = app.state.reads
    coach = Actor(planned.tenant, UUID(planned.ids["coach"]), "coach", UUID(int=1))
    look = await reads.look(coach, "read_as_of", "plan", UUID(planned.ids["plan"]))
    assert look.reading.head is not None
    before = look.reading.head.position
    await planned.done("client", f"/v1/plans/{planned.ids['plan']}/define-objective", objective_body(NEW))
    for now in (Moment(), Moment(recorded=reads.clock())):
        assert (await at_moment(reads, look, now)).position == before
