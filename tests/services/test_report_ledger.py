"""The ledger as a report: the rows that its readers see, and no word that one of them may not."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from pypdf import PdfReader

from tests.services.desk import Desk, codes
from tests.services.firm import Firm
from tests.services.test_ledger import changed

__all__ = ["changed"]


async def ledger(desk: Desk, who: str, template: str, subject: str, *others: str, **more: Any) -> Any:
    return await desk.got(who, who, *others, template=template, subject_id=subject, **more)


async def test_a_plans_ledger_tells_each_reader_what_the_page_does(desk: Desk, changed: Firm) -> None:
    engagement = changed.ids["engagement"]
    for who, words, named in (("client", True, True), ("program_manager", False, True), ("auditor", False, False)):
        told = await ledger(desk, who, "plan_ledger", engagement)
        shown = await changed.seen(who, f"/v1/plans/{changed.ids['plan']}/ledger")
        assert (told["changes"], told["milestones"]) == (shown["items"], shown["milestones"]), who
        assert ("HYPERLINK" in str(told), bool(told["people"])) == (words, named), who
        assert codes(told) == ({"reasons.words"} if not words else set()) | ({"names"} if not named else set())


async def test_one_file_for_several_holds_what_all_may_see(desk: Desk, changed: Firm) -> None:
    told = await ledger(desk, "coach", "plan_ledger", changed.ids["engagement"], "auditor")
    assert (codes(told), told["people"]) == ({"reasons.words", "names"}, [])


async def test_the_ledgers_of_a_program_and_of_everything_have_every_change(desk: Desk, changed: Firm) -> None:
    shown = (await changed.seen("auditor", "/v1/ledger"))["items"]
    for template, subject in (("program_ledger", changed.ids["program"]), ("organization_ledger", str(changed.tenant))):
        for who in ("program_manager", "auditor"):
            assert (await ledger(desk, who, template, subject))["changes"] == shown, (template, who)
    assert (await ledger(desk, "auditor", "organization_ledger", str(changed.tenant), period="2026-01"))["changes"] == []


@pytest.mark.parametrize(
    ("who", "template", "subject", "recipient", "status"),
    [
        ("coach", "plan_ledger", "engagement", "sponsor", 403),
        ("sponsor", "plan_ledger", "engagement", "sponsor", 403),
        ("stranger", "plan_ledger", "engagement", "stranger", 404),
        ("coach", "program_ledger", "program", "coach", 403),
        ("client", "organization_ledger", "tenant", "client", 403),
        ("auditor", "client_progress", "engagement", "auditor", 403),
        ("auditor", "organization_ledger", "program", "auditor", 422),
        ("auditor", "plan_ledger", "plan", "auditor", 422),
    ],
)
async def test_who_does_not_read_the_ledger_gets_none(
    planned: Firm, who: str, template: str, subject: str, recipient: str, status: int
) -> None:
    ids = {**planned.ids, "tenant": str(planned.tenant)}
    body = {"template": template, "subject_id": ids[subject], "recipients": [ids[recipient]]}
    assert (await planned.post(who, "/v1/reports", body)).status_code == status


async def test_whom_a_ledger_tells_of_is_noted_when_it_is_handed_out(desk: Desk, changed: Firm) -> None:
    await ledger(desk, "auditor", "organization_ledger", str(changed.tenant))
    noted = (await changed.seen("client", f"/v1/people/{changed.ids['client']}/accesses"))["items"]
    assert ("read_report", changed.ids["auditor"]) in {(one["action"], one["reader_id"]) for one in noted}


async def test_it_is_made_as_pdf_and_as_csv(desk: Desk, changed: Firm) -> None:
    about = {"template": "plan_ledger", "subject_id": changed.ids["engagement"]}
    files = {}
    for form in ("pdf", "csv"):
        report = await desk.ask("client", "client", format=form, **about)
        await desk.make(report)
        files[form] = (await desk.get("client", report)).content
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(files["pdf"])).pages).split())
    for said in ("Change ledger", "Milestone moved, no. 1", "=HYPERLINK(1), we are away.", "10 days later", "+7 d", "Person coach, coach"):
        assert said in text, said
    rows = [row for row in csv.DictReader(io.StringIO(files["csv"].decode("utf-8-sig"))) if row["section"] == "changes"]
    assert "'=HYPERLINK(1), we are away." in {row["value"] for row in rows}
    assert {row["item"] for row in rows} == {str(number) for number in range(1, 8)}
