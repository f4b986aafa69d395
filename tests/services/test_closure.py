"""The end of an engagement over HTTP: what has to be done before, who sees it afterwards, and what it makes room for."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

import pytest
from litestar import Litestar

from domain.engagement.state import GRACE, EngagementState
from services.actor import Actor
from services.permission import policy
from services.permission.relation import of_engagement
from services.reading.reads import Reads
from tests.services.firm import LATER, Firm
from tests.services.test_pause import agreed

__all__ = ["agreed"]
WHY = {"reason_code": "other"}
LAST_DAY: Final = date(2026, 4, 30)
CONSENTS = ("objective_titles", "progress")


def told(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


async def finish(firm: Firm) -> str:
    """Concludes the objective, records the final evaluation, completes. Answers with the engagement's address."""
    at, plan = f"/v1/engagements/{firm.ids['engagement']}", f"/v1/plans/{firm.ids['plan']}"
    assert told(await firm.post("coach", f"{at}/complete-engagement", {})) == (422, "objectives_open")
    objective_id = firm.ids["Hold twelve one-to-ones a month"]
    await firm.done("client", f"{plan}/conclude-objective", {"objective_id": objective_id, "outcome": "attained"})
    assert told(await firm.post("coach", f"{at}/complete-engagement", {})) == (422, "final_evaluation_missing")
    final = {"engagement_id": firm.ids["engagement"], "kind": "final", "point": "end", "due_on": LATER}
    made = await firm.done("coach", "/v1/evaluations", final)
    await firm.done("client", f"/v1/evaluations/{made['id']}/record-evaluation", {"plan_version": 1, "effectiveness": 5})
    await firm.done("coach", f"{at}/complete-engagement", {"sustainment_plan": "One review a quarter."})
    return at


@pytest.fixture
def later(app: Litestar) -> Iterator[Callable[[int], None]]:
    """Moves the clock of the reads by so many days."""
    reads: Reads = app.state.reads
    clock = reads.clock

    def move(days: int) -> None:
        reads.clock = lambda: clock() + timedelta(days=days)

    yield move
    reads.clock = clock


async def test_completed_its_coach_reads_it_for_thirty_days_and_it_stays_with_the_client(
    agreed: Firm, later: Callable[[int], None]
) -> None:
    await agreed.consent(CONSENTS)
    at, plan = await finish(agreed), f"/v1/plans/{agreed.ids['plan']}"
    seen = await agreed.seen("client", at)
    assert (seen["stage"], seen["consents"], seen["closed_on"] is not None) == ("completed", [], True)
    for days, shown in ((0, True), (30, True), (31, False)):
        later(days)
        for address in (at, plan, f"{plan}/timeline"):
            assert (await agreed.get("coach", address)).status_code == (200 if shown else 404), (days, address)
        for address in ("/v1/engagements", "/v1/plans"):
            assert len((await agreed.seen("coach", address))["items"]) == shown, (days, address)
    later(0)
    for command, body in ((f"{plan}/acknowledge-win", {"what": "All of it"}), (f"{at}/pause-engagement", WHY)):
        assert (await agreed.post("coach", command, body)).status_code == 403, command
    sponsor = await agreed.seen("sponsor", f"/v1/plans/{agreed.ids['plan']}")
    assert "Hold twelve" not in str(sponsor)
    refused = await agreed.post("client", f"/v1/plans/{agreed.ids['plan']}/acknowledge-win", {"what": "All of it"})
    assert told(refused) == (409, "engagement_ended")


async def test_the_places_of_the_client_and_of_the_coach_are_free_again(agreed: Firm) -> None:
    at = f"/v1/engagements/{agreed.ids['engagement']}"
    proposal = {"client_id": agreed.ids["client"], "program_id": agreed.ids["program"], "sponsor_id": agreed.ids["sponsor"]}
    assert told(await agreed.post("program_manager", "/v1/engagements", proposal)) == (409, "engagement_exists")
    await agreed.done("program_manager", f"{at}/end-engagement-early", WHY)
    again = (await agreed.done("program_manager", "/v1/engagements", proposal))["id"]
    await agreed.done("program_manager", f"/v1/engagements/{again}/assign-coach", {"coach_id": agreed.ids["coach"]})
    await agreed.done("coach", f"/v1/engagements/{again}/cancel-engagement", WHY)
    assert (await agreed.seen("client", f"/v1/engagements/{again}"))["stage"] == "cancelled"
    assert told(await agreed.post("program_manager", f"{at}/cancel-engagement", WHY)) == (409, "engagement_ended")


async def test_of_an_end_and_a_booking_that_meet_one_is_refused(agreed: Firm) -> None:
    at = f"/v1/engagements/{agreed.ids['engagement']}"
    booking = {"engagement_id": agreed.ids["engagement"], "starts_at": "2031-03-03T09:00:00Z", "minutes": 60, "zone": "Europe/Berlin"}
    ended, *booked = await asyncio.gather(
        agreed.post("program_manager", f"{at}/end-engagement-early", WHY),
        *(agreed.post("client", "/v1/sessions", booking) for _ in range(3)),
    )
    made = Counter(one.status_code for one in booked)[201]
    assert (ended.status_code, made) in {(200, 0), (409, 1)}, [ended.text, *(one.text for one in booked)]


async def test_of_many_who_give_notice_or_end_it_at_once_one_does(agreed: Firm) -> None:
    at = f"/v1/engagements/{agreed.ids['engagement']}"
    for together, ended in (("client", "sponsor", "coach"), False), (("program_manager",) * 3, True):
        answers = await asyncio.gather(*(agreed.post(who, f"{at}/end-engagement-early", WHY) for who in together * 2))
        assert Counter(one.status_code for one in answers) == {200: 1, 409: 5}
        assert ((await agreed.seen("client", at))["stage"] == "ended_early") is ended


@pytest.mark.parametrize(("today", "reads"), [(LAST_DAY, True), (LAST_DAY + timedelta(days=1), False), (None, False)])
def test_in_its_grace_a_coach_reads_and_writes_only_what_became_of_a_session(today: date | None, reads: bool) -> None:
    coach, engagement = UUID(int=1), EngagementState(id=UUID(int=2), coach_id=UUID(int=1), stage="completed", closed_on=LAST_DAY - GRACE)
    actor, facts = Actor(UUID(int=3), coach, "coach", UUID(int=4), today=today), of_engagement(engagement)
    assert isinstance(policy.decide(actor, "read_plan", facts), policy.Allow) == reads
    refused = policy.decide(actor, "record_session_note", facts)
    assert isinstance(refused, policy.Deny)
    assert refused.related == reads
    for action in ("complete_session", "record_session_no_show"):
        assert isinstance(policy.decide(actor, action, facts), policy.Allow) == reads
    assert policy.scope(actor).open_since == (None if today is None else today - GRACE)
