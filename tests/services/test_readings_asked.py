"""Readings as the questions of an audit judge them, and those that asking a question is."""

from __future__ import annotations

from uuid import UUID

from litestar import Litestar
from uuid_utils.compat import uuid7

from services.actor import Actor
from tests.services.desk import Desk
from tests.services.firm import Firm, program_body
from tests.services.test_accesses import told
from tests.services.test_questions import ask, standing_out


async def again(firm: Firm) -> str:
    """A second engagement of the same client, in another program. Returns the id of the first."""
    first = firm.ids["engagement"]
    program = await firm.done("program_manager", "/v1/programs", program_body(firm.ids["sponsor"]))
    at = f"/v1/programs/{program['id']}"
    await firm.done("program_manager", f"{at}/add-coach-to-pool", {"coach_id": firm.ids["coach"], "max_engagements": 3})
    await firm.done("program_manager", f"{at}/open-program", {})
    await firm.done("program_manager", f"{at}/enrol-participant", {"client_id": firm.ids["client"]})
    proposal = {"client_id": firm.ids["client"], "program_id": program["id"], "sponsor_id": firm.ids["sponsor"]}
    firm.ids["engagement"] = (await firm.done("program_manager", "/v1/engagements", proposal))["id"]
    await firm.contract(())
    return first


async def test_a_reading_is_judged_by_the_consent_to_what_was_read(app: Litestar, planned: Firm) -> None:
    """Consent in one engagement neither excuses a reading of another one, nor is it missing where only that one is asked about."""
    await planned.consent(("progress",))
    first = await again(planned)
    second = planned.ids["engagement"]
    await planned.seen("sponsor", f"/v1/plans/{planned.ids['plan']}")
    await planned.seen("sponsor", "/v1/plans")
    for about in (planned.ids["client"], first, second):
        assert standing_out(await ask(planned, "improper-reads", "client", about=about)) == []
    sponsor = Actor(planned.tenant, UUID(planned.ids["sponsor"]), "sponsor", uuid7())
    await app.state.reads.recorder.note(sponsor, "read_engagement", [UUID(planned.ids["client"])], ["progress"], UUID(second))
    for about, improper in ((planned.ids["client"], [second]), (first, []), (second, [second])):
        found = standing_out(await ask(planned, "improper-reads", "client", about=about))
        assert [one["facts"]["record"] for one in found] == improper


async def test_who_asks_about_all_reports_is_noted_with_the_clients_that_they_tell_of(desk: Desk) -> None:
    await desk.make(await desk.ask("client", "client"))
    answer = await ask(desk.firm, "reproducible-report")
    assert answer["findings"]
    noted = {(item["reader_id"], item["action"]) for item in (await told(desk.firm))["items"]}
    assert noted == {(desk.firm.ids["auditor"], "ask_reproducible_report")}
