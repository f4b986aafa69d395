"""What is shown is not newer than the decision who may see it: a consent that ends while a read waits ends for that read, too."""

from __future__ import annotations

import asyncio
from uuid import UUID

import pytest
from litestar import Litestar

from projections.current import CURRENT
from services.actor import Actor
from services.reading.reads import NotCaughtUp, Reads
from tests.services.firm import Firm, objective_body
from tests.services.test_agreement import WHY

NEW = "What the sponsor is not to read"
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
