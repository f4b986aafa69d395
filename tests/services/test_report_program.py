"""A program's report: everything for who runs it, and for a sponsor nothing about fewer people than the floor."""

from __future__ import annotations

from tests.services.desk import Desk, activated, codes
from tests.services.firm import Firm


async def test_the_report_of_a_program_tells_a_sponsor_of_no_fewer_than_the_floor(desk: Desk) -> None:
    await activated(desk.firm)
    wanted = {"template": "program_report", "subject_id": desk.firm.ids["program"]}
    for_manager = await desk.got("program_manager", "program_manager", **wanted)
    values = {one["name"]: one["value"] for one in for_manager["indicators"]}
    assert (values["objective_progress"], for_manager["engagements"], for_manager["floor"]) == ("50.0000", 1, None)
    told = await desk.got("program_manager", "program_manager", "sponsor", **wanted)
    assert {one["suppressed"] for one in told["indicators"]} == {"below_floor"}
    assert {one["value"] for one in told["indicators"]} == {one["n"] for one in told["indicators"]} == {None}
    assert (told["engagements"], told["enrolled"], told["needs_help"], told["months"], told["floor"]) == (None, None, [], [], 5)
    assert codes(told) >= {"needs_help", "months", "mix", "enrolled", "objective_progress"}
    assert "as_of_position" not in told


async def test_at_the_floor_a_sponsor_sees_numbers_and_no_single_engagement(desk: Desk) -> None:
    await crowd(desk.firm, 5)
    wanted = {"template": "program_report", "subject_id": desk.firm.ids["program"]}
    told = await desk.got("program_manager", "sponsor", **wanted)
    smart = next(one for one in told["indicators"] if one["name"] == "smart_rate")
    assert (smart["n"], smart["clients"], smart["suppressed"]) == (5, 5, None)
    assert (told["enrolled"], told["needs_help"]) == (5, [])
    assert all(one["mix"] == {} for one in told["indicators"])


async def crowd(firm: Firm, clients: int) -> None:
    """So many clients in the program, each with a draft that has an objective; the last ones have a coach of their own."""
    at = f"/v1/programs/{firm.ids['program']}"
    await firm.enter("second", "coach")
    await firm.done("program_manager", f"{at}/add-coach-to-pool", {"coach_id": firm.ids["second"], "max_engagements": 10})
    firm.ids["coach"], firm.keys["coach"] = firm.ids["second"], firm.keys["second"]
    for number in range(1, clients):
        await firm.enter(f"client{number}", "client")
        firm.ids["client"], firm.keys["client"] = firm.ids[f"client{number}"], firm.keys[f"client{number}"]
        await firm.done("program_manager", f"{at}/enrol-participant", {"client_id": firm.ids["client"]})
        proposal = {"client_id": firm.ids["client"], "program_id": firm.ids["program"], "sponsor_id": firm.ids["sponsor"]}
        firm.ids["engagement"] = (await firm.done("program_manager", "/v1/engagements", proposal))["id"]
        await firm.contract(())
        await firm.plan("Speak up")
