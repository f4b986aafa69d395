"""Questions about reports that were really made: their numbers are reproduced, and small groups are looked for again."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from litestar import Litestar
from uuid_utils.compat import uuid7

from domain.plan.commands import DefineObjective
from domain.report.commands import CellBody, GenerateReport, SuppressionBody
from infra.blobs import Folder
from services.actor import Actor, worker
from services.command.execution import Commands
from services.directory import Directory
from tests.services.desk import Desk, activated
from tests.services.test_questions import ask, kinds, standing_out
from tests.services.test_report_program import crowd
from workers.report.writing import written


async def made(desk: Desk, who: str, **wanted: Any) -> str:
    report = await desk.ask("program_manager", who, template="program_report", subject_id=desk.firm.ids["program"], **wanted)
    await desk.make(report)
    return report


async def test_every_number_of_a_file_is_reproduced_though_the_log_went_on(desk: Desk) -> None:
    await activated(desk.firm)
    report = await made(desk, "program_manager")
    before = await ask(desk.firm, "reproducible-report", about=report)
    assert set(kinds(before)) == {"file_whole", "indicator_reproduced"}
    assert len({one["facts"]["indicator"] for one in before["findings"] if one["kind"] == "indicator_reproduced"}) >= 15
    body = {"objective_id": desk.firm.ids["Meet"], "value": "11", "source": "calendar"}
    await desk.firm.done("client", f"/v1/plans/{desk.firm.ids['plan']}/measure-progress", body)
    assert (await ask(desk.firm, "reproducible-report", about=report))["findings"] == before["findings"]


async def test_the_numbers_of_a_spreadsheet_are_compared_too(desk: Desk) -> None:
    await activated(desk.firm)
    whole = await made(desk, "program_manager", format="csv")
    assert set(kinds(await ask(desk.firm, "reproducible-report", about=whole))) == {"file_whole", "indicator_reproduced"}
    wrong = await desk.ask(
        "program_manager", "program_manager", template="program_report", subject_id=desk.firm.ids["program"], format="csv"
    )
    gathered = await desk.gather(wrong)
    file = written(gathered)
    better = re.sub(rb"(indicators,1,value),[^\r]+", rb"\1,0.97", file)
    assert better != file
    note = {
        "sha256": sha256(better).hexdigest(),
        "size": len(better),
        "blob_key": await desk.making.files.keep(desk.about(gathered), better),
    }
    made_it = GenerateReport(template_version=1, as_of_position=gathered.position, **note)
    await desk.making.commands.execute(worker(desk.firm.tenant), made_it, UUID(wrong))
    (differs,) = standing_out(await ask(desk.firm, "reproducible-report", about=wrong))
    assert (differs["kind"], differs["facts"]["published"]) == ("indicator_differs", "0.97")


async def test_a_rest_that_tells_of_too_few_is_found_again(app: Litestar, desk: Desk) -> None:
    """A quarter and one of its months were told: what lies between is one client in May."""
    firm = desk.firm
    coach = Actor(firm.tenant, UUID(firm.ids["coach"]), "coach", uuid7(), "import")
    in_may = Commands(app.state.reads.store, Directory(app.state.reads.connections), lambda: datetime(2026, 5, 10, 12, tzinfo=UTC))
    await in_may.execute(coach, DefineObjective(title="Listen", why="It matters."), UUID(firm.ids["plan"]))
    reports = []
    for period in ("2026-04", "2026-q2"):
        wanted = {"template": "program_report", "subject_id": firm.ids["program"], "period": period}
        reports.append(await desk.ask("program_manager", "sponsor", **wanted))
        gathered = await desk.gather(reports[-1])
        note = GenerateReport(
            template_version=1,
            as_of_position=gathered.position,
            suppressions=(SuppressionBody(what="needs_help", reason="below_floor"),),
            sha256="ab" * 32,
            size=1,
            blob_key="0" * 64,
            counted=(UUID(firm.ids["client"]),),
            cells=(CellBody(what="smart_rate", places=(0,)),),
        )
        await desk.making.commands.execute(worker(firm.tenant), note, UUID(reports[-1]))
    (rest,) = [one for one in standing_out(await ask(firm, "small-groups")) if one["kind"] == "rest_tells"]
    assert (rest["facts"]["report"], rest["facts"]["cell"], rest["facts"]["clients"]) == (reports[1], "smart_rate", 1)


async def test_a_file_that_is_gone_or_damaged_or_another_stands_out(desk: Desk) -> None:
    gone, damaged = [await made(desk, "program_manager") for _ in range(2)]
    blobs = desk.making.files.blobs
    assert isinstance(blobs, Folder)
    blobs.delete(desk.firm.tenant, await blob_key(desk, gone))
    blobs.path(desk.firm.tenant, await blob_key(desk, damaged)).write_bytes(b"{}")
    for report in (gone, damaged):
        (missing,) = standing_out(await ask(desk.firm, "reproducible-report", about=report))
        assert (missing["kind"], missing["facts"]["report"]) == ("file_missing", report)


async def test_a_file_that_is_not_the_one_that_was_noted_stands_out(desk: Desk) -> None:
    report = await desk.ask("program_manager", "program_manager", template="program_report", subject_id=desk.firm.ids["program"])
    gathered = await desk.gather(report)
    key = await desk.making.files.keep(desk.about(gathered), b"{}")
    note = GenerateReport(template_version=1, as_of_position=gathered.position, sha256="ab" * 32, size=2, blob_key=key)
    await desk.making.commands.execute(worker(desk.firm.tenant), note, UUID(report))
    (altered,) = standing_out(await ask(desk.firm, "reproducible-report", about=report))
    assert (altered["kind"], altered["facts"]["sha256"]) == ("file_altered", "ab" * 32)


async def blob_key(desk: Desk, report: str) -> str:
    state = (await desk.making.commands.store.read(desk.firm.tenant, UUID(report))).state(UUID(report), "report")
    return str(state.generated.blob_key)


async def test_what_a_sponsor_was_told_keeps_to_the_floor_and_is_reproduced(desk: Desk) -> None:
    await crowd(desk.firm, 5)
    report = await made(desk, "sponsor")
    groups = await ask(desk.firm, "small-groups", about=desk.firm.ids["program"])
    assert standing_out(groups) == []
    assert {"group_told", "cell_held_back"} == set(kinds(groups))
    told = {one["facts"]["cell"]: one["facts"]["clients"] for one in groups["findings"] if one["kind"] == "group_told"}
    assert told["smart_rate"] == 5
    again = await ask(desk.firm, "reproducible-report", about=report)
    assert standing_out(again) == []
    assert {"file_whole", "indicator_reproduced", "indicator_held_back"} == set(kinds(again))


async def test_the_next_page_leaves_out_a_report_that_was_asked_for_since(desk: Desk) -> None:
    await activated(desk.firm)
    await made(desk, "program_manager")
    first = await ask(desk.firm, "reproducible-report", limit="1")
    await made(desk, "program_manager")
    second = await ask(desk.firm, "reproducible-report", limit="1", cursor=first["next_cursor"])
    assert (second["count"], second["position"], second["first"]) == (first["count"], first["position"], 2)
    assert second["examined"] == 1


async def test_a_client_learns_what_others_could_see_and_were_shown(desk: Desk) -> None:
    firm = desk.firm
    await firm.consent(("objective_titles",))
    await firm.get("sponsor", f"/v1/plans/{firm.ids['plan']}")
    report = await desk.ask("coach", "sponsor")
    await desk.make(report)
    answer = await ask(firm, "seen-by-others", "client", about=firm.ids["client"])
    facts = [(one["kind"], one["facts"]) for one in answer["findings"]]
    could = {fact["role"]: fact["classes"] for kind, fact in facts if kind.endswith("could_see")}
    assert could["sponsor"] == "names, objective_titles"
    assert "words" in could["coach"]
    assert ("read_plan", firm.ids["sponsor"]) in {(fact["action"], fact["reader"]) for kind, fact in facts if kind == "was_shown"}
    assert [fact["report"] for kind, fact in facts if kind == "report_made_for"] == [report]
    assert standing_out(await ask(firm, "improper-reads", "client")) == []
    assert (await firm.get("client", f"/v1/audit/seen-by-others?about={firm.ids['coach']}")).status_code == 404


async def test_what_changed_is_told_in_the_words_that_the_asker_may_read(desk: Desk) -> None:
    firm = desk.firm
    for who, title in (("client", "Meet"), ("auditor", "[withheld]")):
        answer = await ask(firm, "changes-between", who, about=firm.ids["plan"])
        (added,) = [one for one in answer["findings"] if one["kind"] == "objective_added"]
        assert title in added["sentence"]
        assert added["evidence"][0]["stream_id"] == firm.ids["plan"]
    assert (await firm.get("auditor", "/v1/audit/changes-between")).status_code == 400
    wrong = await firm.get("auditor", f"/v1/audit/changes-between?about={firm.ids['engagement']}")
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (400, "/query/about")
