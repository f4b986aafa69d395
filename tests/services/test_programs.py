"""A program manager's program over HTTP: defined, pooled, filled, revised, left and closed, also by many at once."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Any

import pytest

from tests.services.firm import LATER, Firm, program_body

WHY = {"reason_code": "scope"}
TERMS = {"applies_to": "all", **WHY}


@pytest.fixture
async def opened(firm: Firm) -> Firm:
    """A firm with an open program of a client organization, with its coach in the pool and nobody enrolled."""
    organization = f"/v1/organizations/{firm.tenant}"
    added = await firm.done("program_manager", f"{organization}/add-client-organization", {"name": "Acme Mills", "external_ref": "ACME-17"})
    firm.ids["acme"] = added["item_id"]
    body = program_body(firm.ids["sponsor"]) | {"client_organization_id": added["item_id"], "capacity": 3}
    firm.ids["program"] = (await firm.done("program_manager", "/v1/programs", body))["id"]
    at = place(firm)
    refused = await firm.post("program_manager", f"{at}/open-program", {})
    assert (refused.status_code, refused.json()["code"]) == (422, "coach_pool_empty")
    await firm.done("program_manager", f"{at}/add-coach-to-pool", {"coach_id": firm.ids["coach"], "max_engagements": 2})
    await firm.done("program_manager", f"{at}/open-program", {})
    return firm


def place(firm: Firm) -> str:
    return f"/v1/programs/{firm.ids['program']}"


async def told(firm: Firm, path: str, body: Any, who: str = "program_manager") -> tuple[int, str | None]:
    answer = await firm.post(who, path, body)
    return answer.status_code, answer.json().get("code")


async def proposed(firm: Firm, client: str = "client") -> str:
    body = {"client_id": firm.ids[client], "program_id": firm.ids["program"], "sponsor_id": firm.ids["sponsor"]}
    return str((await firm.done("program_manager", "/v1/engagements", body))["id"])


async def test_a_program_from_its_definition_to_its_end(opened: Firm) -> None:
    firm, at = opened, place(opened)
    enrolment = {"client_id": firm.ids["client"], "cohort": "spring", "department": "Milling", "location": "Leeds"}
    await firm.done("program_manager", f"{at}/enrol-participant", enrolment)
    assert await told(firm, f"{at}/enrol-participant", enrolment) == (409, "already_enrolled")
    firm.ids["engagement"] = await proposed(firm)
    await firm.contract(())
    client, coach = {"client_id": firm.ids["client"]}, {"coach_id": firm.ids["coach"]}
    leave = {**client, "stage": "before_coaching", **WHY}
    assert await told(firm, f"{at}/withdraw-participant", leave) == (409, "end_engagement_first")
    assert await told(firm, f"{at}/remove-coach-from-pool", coach) == (409, "coach_has_engagements")
    assert await told(firm, f"{at}/close-program", {}) == (409, "engagements_open")

    shorter = {"revision": {"field": "ends_on", "from": LATER, "to": "2199-01-01"}}
    assert await told(firm, f"{at}/revise-program-terms", {**shorter, **TERMS}) == (409, "engagements_exceed_terms")
    await firm.done("program_manager", f"{at}/revise-program-terms", {**shorter, **TERMS, "applies_to": "new"})
    assert await told(firm, f"{at}/revise-program-terms", {**shorter, **TERMS}) == (409, "version_conflict")

    (participant,) = (await firm.seen("program_manager", f"{at}/participants"))["items"]
    assert {participant[name] for name in ("stage", "cohort", "engagement_stage")} == {"enrolled", "spring", "active"}
    assert (participant["department"], participant["location"]) == ("Milling", "Leeds")
    (pooled,) = (await firm.seen("program_manager", f"{at}/pool"))["items"]
    assert (pooled["id"], pooled["engagements"], pooled["max_engagements"]) == (firm.ids["coach"], 1, 2)

    add = f"{at}/add-coach-to-pool"
    assert await told(firm, add, {**coach, "max_engagements": 2}) == (409, "coach_in_pool")
    await firm.done("program_manager", add, {**coach, "max_engagements": 5})
    await firm.done("program_manager", add, {**coach, "max_engagements": 1})
    (pooled,) = (await firm.seen("program_manager", f"{at}/pool"))["items"]
    assert (pooled["engagements"], pooled["max_engagements"]) == (1, 1)

    await firm.done("program_manager", f"/v1/engagements/{firm.ids['engagement']}/end-engagement-early", WHY)
    await firm.done("program_manager", f"{at}/withdraw-participant", {**leave, "stage": "after_coaching"})
    await firm.done("program_manager", f"{at}/remove-coach-from-pool", coach)
    await firm.done("program_manager", f"{at}/close-program", {})
    assert await told(firm, f"{at}/enrol-participant", client) == (409, "program_closed_already")
    seen = await firm.seen("program_manager", at)
    assert (seen["stage"], seen["ends_on"], seen["pool"], seen["enrolled"]) == ("closed", "2199-01-01", [], [])


async def test_who_comes_back_is_coached_again(opened: Firm) -> None:
    firm, at = opened, place(opened)
    client, coach = {"client_id": firm.ids["client"]}, {"coach_id": firm.ids["coach"]}
    await firm.done("program_manager", f"{at}/enrol-participant", client)
    await firm.done("program_manager", f"{at}/withdraw-participant", {**client, "stage": "before_coaching", **WHY})
    await firm.done("program_manager", f"{at}/remove-coach-from-pool", coach)
    body = {**client, "program_id": firm.ids["program"], "sponsor_id": firm.ids["sponsor"]}
    assert await told(firm, "/v1/engagements", body) == (409, "not_enrolled")
    await firm.done("program_manager", f"{at}/enrol-participant", client)
    engagement = await proposed(firm)
    assert await told(firm, f"/v1/engagements/{engagement}/assign-coach", coach) == (422, "coach_not_in_pool")
    await firm.done("program_manager", f"{at}/add-coach-to-pool", {**coach, "max_engagements": 1})
    await firm.done("program_manager", f"/v1/engagements/{engagement}/assign-coach", coach)


async def patient(firm: Firm, path: str, body: Any) -> tuple[int, str | None]:
    """As a client that comes back as long as it is told to."""
    while (found := await told(firm, path, body))[0] == 503:
        continue
    return found


async def test_of_those_who_race_for_the_last_seats_exactly_so_many_get_one(opened: Firm) -> None:
    firm, at = opened, place(opened)
    names = [f"racer{number}" for number in range(8)]
    for name in names:
        await firm.enter(name, "client")
    answers = await asyncio.gather(*(patient(firm, f"{at}/enrol-participant", {"client_id": firm.ids[name]}) for name in names))
    assert Counter(answers) == {(200, None): 3, (409, "program_full"): 5}
    assert len((await firm.seen("program_manager", at))["enrolled"]) == 3


async def test_an_end_and_a_beginning_that_meet_are_not_both_done(opened: Firm) -> None:
    """Whoever comes second is told of the first, whether the program closes, a client leaves or a coach is taken out."""
    firm = opened
    for turn in range(3):
        firm.ids["program"] = (await firm.done("program_manager", "/v1/programs", program_body(firm.ids["sponsor"])))["id"]
        at, coach, client = place(firm), {"coach_id": firm.ids["coach"]}, {"client_id": firm.ids["client"]}
        await firm.done("program_manager", f"{at}/add-coach-to-pool", {**coach, "max_engagements": 1})
        await firm.done("program_manager", f"{at}/open-program", {})
        await firm.done("program_manager", f"{at}/enrol-participant", client)
        body = {**client, "program_id": firm.ids["program"], "sponsor_id": firm.ids["sponsor"]}
        ending, refusals = [
            ((f"{at}/close-program", {}), {"program_not_open", "engagements_open"}),
            ((f"{at}/withdraw-participant", {**client, "stage": "before_coaching", **WHY}), {"not_enrolled", "end_engagement_first"}),
            # the places of who leaves are taken: whoever wants one at that moment finds none
            ((f"{at}/remove-coach-from-pool", coach), {"coach_not_in_pool", "coach_has_engagements", "coach_at_capacity"}),
        ][turn]
        beginning: tuple[str, Any] = ("/v1/engagements", body)
        if turn == 2:
            beginning = (f"/v1/engagements/{await proposed(firm)}/assign-coach", coach)
        answers = await asyncio.gather(patient(firm, *ending), patient(firm, *beginning))
        codes = [code for _, code in answers]
        assert codes.count(None) == 1, answers
        assert {*codes} - {None} <= refusals, answers


async def test_of_those_who_add_the_same_reference_one_succeeds(firm: Firm) -> None:
    path = f"/v1/organizations/{firm.tenant}/add-client-organization"
    bodies = [{"name": f"Acme {number}", "external_ref": "ACME-17" if number % 2 else "acme-17"} for number in range(6)]
    answers = await asyncio.gather(*(patient(firm, path, body) for body in bodies))
    assert Counter(answers) == {(200, None): 1, (409, "duplicate_reference"): 5}


async def test_rulesets_are_adopted_from_a_day_on(firm: Firm) -> None:
    at = f"/v1/organizations/{firm.tenant}"
    adoption = {"kind": "icf", "version": "icf-2025", "effective_from": "2026-01-01"}
    await firm.done("program_manager", f"{at}/adopt-ruleset", adoption)
    assert await told(firm, f"{at}/adopt-ruleset", adoption | {"version": "icf-1999"}) == (422, "ruleset_unknown")
    assert (await firm.seen("admin", at))["rulesets"]["icf"] == "icf-2025"


async def test_a_program_names_only_a_client_organization_that_is_there(opened: Firm) -> None:
    body = program_body(opened.ids["sponsor"]) | {"client_organization_id": opened.ids["client"]}
    assert await told(opened, "/v1/programs", body) == (422, "client_organization_unknown")
    listed = await opened.seen("integration", f"/v1/organizations/{opened.tenant}/client-organizations?external_ref=ACME-17")
    assert [one["name"] for one in listed["items"]] == ["Acme Mills"]
    of_acme = await opened.seen("program_manager", f"/v1/programs?client_organization={opened.ids['acme']}")
    assert [one["id"] for one in of_acme["items"]] == [opened.ids["program"]]
