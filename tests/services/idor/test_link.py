"""A link to a file is for one report and one reader: with another report's id, or another reader's, it is a link to nothing."""

from __future__ import annotations

from uuid import UUID

from tests.services.idor.world import PARTIES, World, absent, ask, told


async def ticket_of(side: object, who: str, report: str) -> str:
    shown = await ask(side, who, "GET", f"/v1/reports/{report}")  # type: ignore[arg-type]
    assert shown.status_code == 200, shown.text
    path: str = shown.json()["file"]["path"]
    return path.partition("ticket=")[2]


async def test_a_link_leads_to_its_own_file_and_no_other(world: World) -> None:
    nothing = absent()
    for who in PARTIES:
        tickets = {place: await ticket_of(side, who, side.ids["report"]) for place, side in world.places.items()}
        reports = {place: side.ids["report"] for place, side in world.places.items()} | {"absent": nothing}
        for of, ticket in tickets.items():
            for to, report in reports.items():
                answer = await world.own.get(None, f"/v1/reports/{report}/file?ticket={ticket}")
                if of == to:
                    assert answer.status_code == 200, (who, of, answer.text)
                    continue
                never = await world.own.get(None, f"/v1/reports/{nothing}/file?ticket={ticket}")
                assert told(answer, report) == told(never, nothing), (who, of, to)
                assert answer.status_code == 404, (who, of, to)


async def test_a_link_for_one_reader_is_none_for_another(world: World) -> None:
    report, ids = world.own.ids["report"], world.own.ids
    ticket = await ticket_of(world.own, "client", report)
    tenant, person, role, until, signature = ticket.split(".")
    forged = (
        f"{tenant}.{UUID(ids['coach']).hex}.coach.{until}.{signature}",
        f"{tenant}.{person}.coach.{until}.{signature}",
        f"{world.foreign.tenant.hex}.{person}.{role}.{until}.{signature}",
        f"{tenant}.{person}.{role}.{until}.{signature[:-1]}{'0' if signature[-1] != '0' else '1'}",
    )
    for one in forged:
        answer = await world.own.get(None, f"/v1/reports/{report}/file?ticket={one}")
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found"), one
