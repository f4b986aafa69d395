"""What somebody was coached in when they are erased: it ends, nothing stays booked, and nobody is reminded of it any more."""

from __future__ import annotations

from uuid import UUID

import pytest
from litestar import Litestar

from infra.postgres import Pool
from projections.reminders_due import everything
from projections.snapshot import snapshot
from tests.services.firm import LATER, Firm
from tests.services.grouping import book as held_lately
from tests.services.test_booking import another, book, told, wanted
from tests.services.test_suspension import reinstate, suspend
from workers import desk as workers
from workers.person.erasing import Erasing
from workers.reminder.due import people_of, terms_of, zone_of
from workers.reminder.rule import firings


@pytest.fixture
def erasing(app: Litestar) -> Erasing:
    return Erasing(workers.Desk(app.state.reads.connections, app.state.commands, app.state.files))


async def erase(firm: Firm, erasing: Erasing, name: str) -> None:
    at = f"/v1/people/{firm.ids[name]}"
    seen = (await firm.seen("admin", at))["profile_version"]
    await firm.done("admin", f"{at}/request-person-erasure", {"basis": "consent_withdrawn", "seen": seen})
    assert await erasing.erase(firm.tenant, UUID(firm.ids[name])) == "erased"


async def reminded(firm: Firm, connections: Pool, engagement: str) -> set[str]:
    """The rules that would remind somebody of an engagement."""
    await firm.runner.catch_up()
    terms = terms_of((await firm.commands.store.read(firm.tenant, firm.tenant)).state(firm.tenant, "organization"))
    async with snapshot(connections, firm.tenant) as rows:
        zones = {id: zone_of(person, terms) for id, person in (await people_of(rows)).items()}
        (facts,) = [one for one in await everything(rows) if one.engagement_id == UUID(engagement)]
    return {firing.key.rule for firing in firings(facts, terms, zones)}


async def test_a_coaching_ends_with_its_client_and_what_was_booked_is_free_again(engaged: Firm, erasing: Erasing) -> None:
    firm, at = engaged, f"/v1/engagements/{engaged.ids['engagement']}"
    session = await book(firm)
    lasting = {"engagement_id": firm.ids["engagement"], "kind": "follow_up", "point": "mine", "due_on": LATER, "evaluators": ["sponsor"]}
    await firm.done("coach", "/v1/evaluations", lasting)
    connections = erasing.at.connections
    assert await reminded(firm, connections, firm.ids["engagement"]) >= {"session_ahead", "evaluation_due"}
    other = await another(firm, "second")
    assert told(await firm.post("coach", "/v1/sessions", wanted(firm, engagement=other))) == (409, "coach_unavailable")
    await erase(firm, erasing, "client")
    shown = await firm.seen("program_manager", at)
    assert shown["stage"] == "ended_early"
    assert (await firm.seen("program_manager", f"/v1/sessions/{session}"))["stage"] == "cancelled"
    assert await reminded(firm, connections, firm.ids["engagement"]) == set()
    await book(firm, engagement=other)  # the coach's time, and their place in the program


async def test_its_coach_still_says_what_became_of_a_session_that_had_been(app: Litestar, engaged: Firm, erasing: Erasing) -> None:
    """And of nothing else: the erasure asked nobody, and the hours are the coach's."""
    firm = engaged
    held, missed = [f"/v1/sessions/{await held_lately(app, firm, hours=hours)}" for hours in (3, 6)]
    await erase(firm, erasing, "client")
    assert (await firm.seen("coach", held))["stage"] == "scheduled"
    assert told(await firm.post("coach", f"{held}/cancel-session", {"reason_code": "absence"})) == (403, "not_permitted")
    note = {"text": "We met.", "visibility": "shared"}
    assert told(await firm.post("coach", f"{held}/record-reflection", note)) == (403, "not_permitted")
    await firm.done("coach", f"{held}/complete-session", {"minutes": 45})
    await firm.done("coach", f"{missed}/record-session-no-show", {"absent": "client"})
    assert [(await firm.seen("program_manager", one))["stage"] for one in (held, missed)] == ["completed", "no_show"]
    coach = f"/v1/people/{firm.ids['coach']}"
    await firm.done("coach", f"{coach}/record-coach-credential", {"body": "icf", "education_start": "2025-01-10"})
    assert (await firm.seen("coach", f"{coach}/credential-log"))["paid_minutes"] == 45
    assert await reminded(firm, erasing.at.connections, firm.ids["engagement"]) == set()


async def test_one_that_had_not_begun_is_cancelled_and_a_group_goes_on_without_who_is_erased(firm: Firm, erasing: Erasing) -> None:
    group = {"client_id": firm.ids["client"], "kind": "group"}
    many = (await firm.done("program_manager", "/v1/engagements", group))["id"]
    await firm.enter("second", "client")
    await firm.done("program_manager", f"/v1/engagements/{many}/add-member", {"client_id": firm.ids["second"]})
    alone = (await firm.done("program_manager", "/v1/engagements", {"client_id": firm.ids["second"]}))["id"]
    await erase(firm, erasing, "second")
    seen = await firm.seen("program_manager", f"/v1/engagements/{many}")
    assert (seen["stage"], seen["company"]["head_count"]) == ("proposed", 1)
    assert (await firm.seen("program_manager", f"/v1/engagements/{alone}"))["stage"] == "cancelled"
    await erase(firm, erasing, "client")
    assert (await firm.seen("program_manager", f"/v1/engagements/{many}"))["stage"] == "cancelled"


async def test_a_suspended_organization_erases_all_the_same(engaged: Firm, erasing: Erasing) -> None:
    await suspend(engaged)
    await erase(engaged, erasing, "client")
    await reinstate(engaged)
    assert (await engaged.seen("program_manager", f"/v1/engagements/{engaged.ids['engagement']}"))["stage"] == "ended_early"
