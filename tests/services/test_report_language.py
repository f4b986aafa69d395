"""Reports as PDF in the language of who asked: no word of theirs is missing in German."""

from __future__ import annotations

import io
from pathlib import Path
from typing import get_args

from msgspec import structs
from pypdf import PdfReader

from domain.report.state import ReportState
from infra.eventstore.reading import Reading
from projections.ledger.line import Kind
from services.pages.fraction import WORDINGS
from services.pages.indicator import FLAGS, MEANINGS
from services.pages.ledger import FLAG_WORDS
from services.wording.language import ENGLISH, GERMAN, ID
from services.wording.page.german import SENTENCES
from tests.services.desk import Desk
from tests.services.test_page_sentences import of_module
from workers.report import change, title
from workers.report.making import language_of_asker
from workers.report.sheet import SAID
from workers.report.writing import written

TABLES = (FLAGS, FLAG_WORDS, change.TITLES, title.OTHERS, title.SECTIONS, title.WORDS, title.REASONS)


def told() -> set[str]:
    """Every sentence of a template, of the code that fills it, and of the tables that both take words from."""
    said = {text for file in Path("workers/report").glob("*.py") for text in of_module(file)} | set(SAID)
    said |= {text for table in TABLES for text in table.values()} | {one.title for one in MEANINGS.values()}
    said |= {text for wording in WORDINGS.values() for text in wording} | {kind.replace("_", " ") for kind in get_args(Kind)}
    return said


def test_every_sentence_of_a_report_is_there_in_german() -> None:
    asked = told()
    assert {"Baseline known", "What is left out", "No milestone was set.", "target lowered"} <= asked
    assert sorted(text for text in asked if not ID.fullmatch(text) and text not in SENTENCES) == []


async def test_a_pdf_is_in_the_language_of_who_asked_and_of_the_organization_where_nobody_did(desk: Desk) -> None:
    path = f"/v1/people/{desk.firm.ids['client']}"
    seen = (await desk.firm.seen("admin", path))["profile_version"]
    await desk.firm.done("admin", f"{path}/change-person-profile", {"seen": seen, "locale": "de"})
    by_client = await desk.gather(await desk.ask("client", "client", "coach", format="pdf"))
    by_coach = await desk.gather(await desk.ask("coach", "client", "coach", format="pdf"))
    assert (by_client.language, by_coach.language) == (GERMAN, ENGLISH)
    pages = PdfReader(io.BytesIO(written(by_client))).pages
    words = " ".join(" ".join(page.extract_text() for page in pages).split())
    for said in ("Fortschrittsbericht", "Auftraggeber Person sponsor", "Kennzahlen", "Kein Meilenstein wurde gesetzt.", "Noch kein Ziel"):
        assert said in words
    for said in ("Progress", "Sponsor Person", "Indicator", "As of"):
        assert said not in words
    reading: Reading = await desk.making.commands.store.read(desk.firm.tenant, desk.firm.tenant)
    organization = reading.state(desk.firm.tenant, "organization")
    assert language_of_asker(reading, ReportState(), structs.replace(organization, locale="de-ch")) is GERMAN
