"""A program's report: everything for who runs it, and for a sponsor nothing about fewer people than the floor."""

from __future__ import annotations

from uuid import UUID
from zoneinfo import ZoneInfo

from projections import current
from projections.current import CURRENT
from projections.kpi.disclosure import Told
from projections.kpi.period import Asked, Period
from projections.snapshot import snapshot
from tests.services.desk import Desk, activated, codes
from tests.services.firm import Firm, objective_body, today
from tests.services.grouping import begin
from workers.report.earlier import Asking, told_before


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
        await enter(firm, f"client{number}")


async def enter(firm: Firm, name: str) -> None:
    """One more client in the program, with a draft that has an objective."""
    await firm.enter(name, "client")
    firm.ids["client"], firm.keys["client"] = firm.ids[name], firm.keys[name]
    await firm.done("program_manager", f"/v1/programs/{firm.ids['program']}/enrol-participant", {"client_id": firm.ids["client"]})
    proposal = {"client_id": firm.ids["client"], "program_id": firm.ids["program"], "sponsor_id": firm.ids["sponsor"]}
    firm.ids["engagement"] = (await firm.done("program_manager", "/v1/engagements", proposal))["id"]
    await firm.contract(())
    await firm.plan("Speak up")


async def test_a_group_of_four_is_four_for_a_sponsor_and_never_the_whole_number(desk: Desk) -> None:
    """Beside one client it makes five, with an objective each. Then it has seven of eight, and they are hardly more than the four."""
    firm, names = desk.firm, ("ann", "ben", "dan", "eve")
    await together(firm, *names)
    wanted = {"template": "program_report", "subject_id": firm.ids["program"]}
    told = await desk.got("program_manager", "sponsor", **wanted)
    smart = next(one for one in told["indicators"] if one["name"] == "smart_rate")
    assert (smart["n"], smart["clients"], smart["suppressed"], told["enrolled"]) == (2, 5, None, 5)
    for number in range(6):
        await firm.done("coach", f"/v1/plans/{firm.ids['plan']}/define-objective", objective_body(f"Ask {number} people"))
    told = await desk.got("program_manager", "sponsor", **wanted)
    smart = next(one for one in told["indicators"] if one["name"] == "smart_rate")
    assert (smart["value"], smart["clients"], smart["suppressed"]) == (None, None, "below_floor")
    whole = await desk.got("program_manager", "program_manager", **wanted)
    smart = next(one for one in whole["indicators"] if one["name"] == "smart_rate")
    assert (smart["n"], smart["clients"], smart["suppressed"]) == (8, 5, None)


async def together(firm: Firm, *names: str) -> None:
    """One more engagement in the program, of all of these together, with a draft that has an objective."""
    for name in names:
        await firm.enter(name, "client")
        await firm.done("program_manager", f"/v1/programs/{firm.ids['program']}/enrol-participant", {"client_id": firm.ids[name]})
    await begin(firm, *names)
    firm.ids["client"], firm.keys["client"] = firm.ids[names[0]], firm.keys[names[0]]
    await firm.plan("Speak up")


async def test_a_second_report_tells_a_sponsor_nothing_of_the_one_who_came(desk: Desk) -> None:
    await crowd(desk.firm, 5)
    wanted = {"template": "program_report", "subject_id": desk.firm.ids["program"]}
    await desk.got("program_manager", "sponsor", **wanted)
    await enter(desk.firm, "late")
    told = await desk.got("program_manager", "sponsor", **wanted)
    smart = next(one for one in told["indicators"] if one["name"] == "smart_rate")
    assert (smart["value"], smart["n"], smart["clients"], smart["suppressed"]) == (None, None, None, "difference")
    assert {"what": "smart_rate", "reason": "difference"} in told["left_out"]
    whole = await desk.got("program_manager", "program_manager", **wanted)
    assert next(one for one in whole["indicators"] if one["name"] == "smart_rate")["clients"] == 6


async def test_a_second_report_tells_a_sponsor_nothing_of_the_one_who_did_something(desk: Desk) -> None:
    """Six clients before and after: one has written down an objective more in between, on the same day."""
    await crowd(desk.firm, 6)
    wanted = {"template": "program_report", "subject_id": desk.firm.ids["program"]}
    first, again = await desk.got("program_manager", "sponsor", **wanted), await desk.got("program_manager", "sponsor", **wanted)
    assert first["indicators"] == again["indicators"]
    await desk.firm.done("coach", f"/v1/plans/{desk.firm.ids['plan']}/define-objective", objective_body("Listen more"))
    told = await desk.got("program_manager", "sponsor", **wanted)
    assert next(one for one in told["indicators"] if one["name"] == "smart_rate")["suppressed"] == "difference"


async def test_a_report_on_another_period_tells_a_sponsor_nothing_of_the_one_who_did_something(desk: Desk) -> None:
    """The month that goes on lies in all that was until today: the sponsor would subtract one from the other."""
    await crowd(desk.firm, 6)
    wanted = {"template": "program_report", "subject_id": desk.firm.ids["program"]}
    await desk.got("program_manager", "sponsor", **wanted)
    await desk.firm.done("coach", f"/v1/plans/{desk.firm.ids['plan']}/define-objective", objective_body("Listen more"))
    told = await desk.got("program_manager", "sponsor", **wanted, period=f"{today():%Y-%m}")
    assert next(one for one in told["indicators"] if one["name"] == "smart_rate")["suppressed"] == "difference"


async def test_the_number_of_the_enrolled_is_hidden_beside_a_group_that_lacks_few_of_them(desk: Desk) -> None:
    """Six are enrolled and five have an objective: six less five would be a group of one."""
    await crowd(desk.firm, 5)
    await desk.firm.enter("idle", "client")
    at = f"/v1/programs/{desk.firm.ids['program']}/enrol-participant"
    await desk.firm.done("program_manager", at, {"client_id": desk.firm.ids["idle"]})
    told = await desk.got("program_manager", "sponsor", template="program_report", subject_id=desk.firm.ids["program"])
    assert told["enrolled"] is None
    assert {"what": "enrolled", "reason": "complementary"} in told["left_out"]
    assert next(one for one in told["indicators"] if one["name"] == "smart_rate")["clients"] == 5


async def test_of_two_reports_that_are_made_at_once_the_later_one_gives_way(desk: Desk) -> None:
    """What was asked for before, and may tell a sponsor something, counts as told; what was asked for later does not."""
    await crowd(desk.firm, 5)
    wanted = {"template": "program_report", "subject_id": desk.firm.ids["program"]}
    reports = [await desk.ask("program_manager", who, **wanted) for who in ("sponsor", "program_manager", "sponsor")]
    assert [len(await before(desk, report)) for report in reports] == [0, 1, 1]
    await desk.make(reports[2])
    assert [len(await before(desk, report)) for report in reports[:2]] == [1, 2]
    (told,) = await before(desk, reports[0])
    assert {name: len(clients) for name, clients in told.cells.items()}["smart_rate"] == 5


async def before(desk: Desk, report: str) -> list[Told]:
    """What a report that is not made has to take as told."""
    await desk.firm.runner.catch_up()
    async with snapshot(desk.making.connections, desk.firm.tenant) as rows:
        (row,) = await rows.sealed(CURRENT["report"], "some", keys=[UUID(report)])
        program = await current.one(rows, "program", row.document.state.subject_id, words=False)
        assert program is not None
        asked = Asked(period=Period.of("to_date"), today=row.document.state.as_of, zone=ZoneInfo("Europe/Berlin"), position=0)
        return await told_before(rows, desk.making.commands.store.vault, Asking(program.state, asked, 5, row.position))
