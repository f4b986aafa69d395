"""The file of a report: sealed where it is kept, and handed out by links that end to those who may still see it."""

from __future__ import annotations

import hashlib
import io
from datetime import timedelta
from uuid import UUID

import pytest
from litestar import Litestar
from pypdf import PdfReader

from domain.values import NIL
from infra.settings import Settings
from services.actor import Actor
from tests.services.desk import Desk, activated
from workers.report.writing import written


async def test_the_file_is_for_its_readers_only(desk: Desk) -> None:
    report = await desk.ask("client", "client")
    await desk.make(report)
    assert (await desk.firm.seen("program_manager", f"/v1/reports/{report}"))["file"] is None
    assert (await desk.firm.get("coach", f"/v1/reports/{report}")).status_code == 404
    assert (await desk.firm.get("stranger", f"/v1/reports/{report}")).status_code == 404


async def test_a_link_ends_and_is_good_for_one_report_and_reader(app: Litestar, desk: Desk) -> None:
    first, second = [await desk.ask("client", "client") for _ in range(2)]
    for report in (first, second):
        await desk.make(report)
    link = (await desk.firm.seen("client", f"/v1/reports/{first}"))["file"]["path"]
    ticket = link.partition("ticket=")[2]
    nowhere = ticket.replace(desk.firm.tenant.hex, NIL.hex)
    other = ticket.replace(UUID(desk.firm.ids["client"]).hex, UUID(desk.firm.ids["coach"]).hex)
    later = ticket.split(".")
    later[3] = str(int(later[3]) + 300)
    for report, forged in (
        (second, ticket),
        (first, other),
        (first, nowhere),
        (first, ".".join(later)),
        (first, ""),
        (first, "x" * 190),
        (first, ticket[:-1]),
    ):
        answer = await desk.firm.get(None, f"/v1/reports/{report}/file?ticket={forged}")
        assert answer.status_code == 404, forged
    held = app.state.links.clock
    try:
        app.state.links.clock = lambda: held() + timedelta(minutes=11)
        assert (await desk.firm.get(None, link)).json()["code"] == "link_expired"
    finally:
        app.state.links.clock = held
    answer = await desk.firm.get(None, link)
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.headers["content-disposition"].startswith('attachment; filename="client-progress-')


async def test_who_does_not_hold_the_role_any_more_gets_nothing_by_a_link(app: Litestar, desk: Desk) -> None:
    report = await desk.ask("client", "client")
    await desk.make(report)
    actor = Actor(desk.firm.tenant, UUID(desk.firm.ids["client"]), "coach", NIL)
    link = await app.state.links.make(actor, UUID(report))
    assert (await desk.firm.get(None, link.path)).status_code == 403


@pytest.mark.parametrize("template", ["client_progress", "program_report"])
async def test_a_manager_who_downloads_as_a_coach_is_noted_as_a_manager(app: Litestar, desk: Desk, template: str) -> None:
    firm, manager = desk.firm, desk.firm.ids["program_manager"]
    await firm.done("admin", f"/v1/people/{manager}/grant-membership", {"role": "coach"})
    subject = firm.ids["engagement" if template == "client_progress" else "program"]
    report = await desk.ask("program_manager", "program_manager", template=template, subject_id=subject)
    await desk.make(report)
    link = await app.state.links.make(Actor(firm.tenant, UUID(manager), "coach", NIL), UUID(report))
    assert (await firm.get(None, link.path)).status_code == 200
    (noted,) = (await firm.seen("client", f"/v1/people/{firm.ids['client']}/accesses"))["items"]
    assert (noted["reader_id"], noted["role"], noted["record_id"]) == (manager, "program_manager", report)
    assert "names" in noted["classes"]


async def test_made_twice_at_once_the_first_stands_and_the_other_leaves_no_file(desk: Desk, settings: Settings) -> None:
    report = await desk.ask("client", "client")
    both = [await desk.gather(report) for _ in range(2)]
    for gathered in both:
        await desk.making.keep(desk.firm.tenant, gathered, written(gathered))
    assert len(list((settings.blobs / str(desk.firm.tenant)).iterdir())) == 1
    assert (await desk.get("client", report)).status_code == 200
    head = (await desk.making.commands.store.read(desk.firm.tenant, UUID(report))).head
    assert head is not None
    assert await desk.making.gather(desk.firm.tenant, UUID(report), head.position) is None


async def test_erasing_the_client_erases_the_file(desk: Desk) -> None:
    report = await desk.ask("coach", "coach")
    await desk.make(report)
    link = (await desk.firm.seen("coach", f"/v1/reports/{report}"))["file"]["path"]
    store = desk.making.commands.store
    await store.vault.destroy(store.pool, desk.firm.tenant, UUID(desk.firm.ids["client"]), UUID(desk.firm.ids["engagement"]))
    answer = await desk.firm.get(None, link)
    assert (answer.status_code, answer.json()["code"]) == (410, "subject_erased")


async def test_no_file_is_in_plain_text_on_the_disk(desk: Desk, settings: Settings) -> None:
    await desk.got("coach", "coach")
    (path,) = (settings.blobs / str(desk.firm.tenant)).iterdir()
    assert b"Meet" not in path.read_bytes()
    assert (path.stat().st_mode & 0o077, path.parent.stat().st_mode & 0o077) == (0, 0)


async def test_a_damaged_file_is_not_handed_out(desk: Desk, settings: Settings) -> None:
    report = await desk.ask("coach", "coach")
    await desk.make(report)
    link = (await desk.firm.seen("coach", f"/v1/reports/{report}"))["file"]["path"]
    (path,) = (settings.blobs / str(desk.firm.tenant)).iterdir()
    path.write_bytes(path.read_bytes()[:-4] + b"AAAA")
    assert (await desk.firm.get(None, link)).json()["code"] == "blob_away"
    path.unlink()
    assert (await desk.firm.get(None, link)).status_code == 503


async def test_each_form_tells_the_same(desk: Desk) -> None:
    await activated(desk.firm)
    texts = {}
    for format in ("json", "csv", "pdf"):
        report = await desk.ask("coach", "coach", format=format)
        await desk.make(report)
        answer = await desk.get("coach", report)
        content = answer.content
        shown = (await desk.firm.seen("coach", f"/v1/reports/{report}"))["generated"]
        assert (shown["sha256"], shown["size"]) == (hashlib.sha256(content).hexdigest(), len(content))
        texts[answer.headers["content-type"]] = (
            "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages) if format == "pdf" else content.decode()
        )
    assert set(texts) == {"application/json", "text/csv; charset=utf-8", "application/pdf"}
    for text in texts.values():
        for word in ("Person client", "Person coach", "Meet", "One-to-ones held"):
            assert word in text
