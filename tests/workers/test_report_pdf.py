"""A report as PDF and CSV: what people wrote is shown as they wrote it, on the page, and does nothing."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from typing import cast

import pytest
import typst
from msgspec.structs import replace
from pypdf import PageObject, PdfReader
from pypdf.generic import DictionaryObject

from domain.report.events import ReportTemplate, Suppression
from services.reading.spreadsheet import BOM
from tests.foreign import need
from tests.workers.picture import Picture, picture
from tests.workers.telling import AS_OF, LONG, client_progress, indicator, milestone, objective, program_report, withheld
from workers.doctor.script import told
from workers.report.content import ClientProgress, Content
from workers.report.figure import drawn, specs
from workers.report.pdf import FOLDER, MARK, Press
from workers.report.sheet import sheet
from workers.report.table import table

MARKUP = '#include "x" $a$ *b* <label> @ref \\ // #panic("no") `raw`'
MARGIN = 36
"""Dots: of the 2 cm at each side that stay white, all but a hair."""
CARRIED = Press(None)
"""Only the fonts that come along, so that every machine makes the same file."""
UNBROKEN = "Supercalifragilistic" * 10


async def made(content: Content, press: Press = CARRIED) -> bytes:
    return press.pdf(template(content), sheet(content, await drawn(content)))


def template(content: Content) -> ReportTemplate:
    return "client_progress" if isinstance(content, ClientProgress) else "program_report"


def said(file: bytes) -> str:
    """Every word of it, with one blank between two, however the lines are broken."""
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(file)).pages)
    return " ".join(text.split())


async def pages(content: Content) -> list[Picture]:
    """As pictures, with two dots a millimetre."""
    data = CARRIED.inputs(sheet(content, await drawn(content)))
    path = FOLDER / f"{template(content)}.typ"
    made = typst.compile(path, root=FOLDER, font_paths=CARRIED.fonts, format="png", ppi=50.8, sys_inputs=data)
    return [picture(page) for page in (made if isinstance(made, list) else [made])]


async def test_names_are_shown_in_any_script_that_the_fonts_hold() -> None:
    text = said(await made(client_progress()))
    for name in ("Zoë Łukasiewicz", "Дарья Ковалёва", "Νίκος Παπαδόπουλος", "Leading with clarity"):
        assert name in text
    assert MARK not in text


async def test_a_character_that_no_font_holds_is_marked_and_the_report_says_so() -> None:
    text = said(await made(client_progress(client="山田太郎 Yamada", organization="Firm 😀")))
    assert f"{MARK * 4} Yamada" in text
    assert f"{MARK} stands for a character that this file's fonts do not hold." in text


@pytest.mark.parametrize(
    ("character", "held"), [("Ł", True), ("Ж", True), ("ế", True), ("א", True), ("漢", False), ("😀", False), ("김", False)]
)
def test_typst_itself_is_asked_which_characters_it_can_show(character: str, held: bool) -> None:
    assert CARRIED.holds(character) is held


async def test_names_are_shown_in_every_script_that_the_machine_has_fonts_for() -> None:
    machine = Press(Path("/usr/share/fonts"))
    need("fonts for every script", "; for others" not in told(machine))
    names = ("山田太郎", "王小明", "김민준", "فاطمة", "आरव", "สมชาย", "Ada 😀")
    objectives = tuple(objective(number, name) for number, name in enumerate(names[1:], 1))
    file = await made(client_progress(client=names[0], objectives=objectives), machine)
    shown = said(file)
    assert MARK not in shown
    for name in ("山田太郎", "王小明", "김민준", "สมชาย", "Ada 😀"):  # what is shaped has no text in the order in which it was written
        assert name in shown
    used = {font for page in PdfReader(io.BytesIO(file)).pages for font in fonts(page)}
    assert {font for font in used if "Noto" in font} >= {"NotoSerifCJKjp", "NotoNaskhArabic", "NotoSerifDevanagari", "NotoColorEmoji"}


def fonts(page: PageObject) -> set[str]:
    """What the fonts of a page are called, without the letters of their subset and their weight."""
    held = cast(DictionaryObject, cast(DictionaryObject, page["/Resources"])["/Font"])
    found = [cast(DictionaryObject, font.get_object()) for font in held.values()]
    return {str(font.get("/BaseFont", font.get("/Name"))).lstrip("/").rpartition("+")[2].partition("-")[0] for font in found}


def test_a_doctor_names_the_scripts_that_are_shown_and_the_package_for_each_other() -> None:
    assert told(CARRIED) == (
        "PDFs of reports show Latin, Greek, Cyrillic, Arabic, Hebrew, Devanagari; for others install, or name with THROUGHLINE_FONTS, "
        "a font with Thai (fonts-noto-core), Han (fonts-noto-cjk), Kana (fonts-noto-cjk), Hangul (fonts-noto-cjk), "
        "emoji (fonts-noto-color-emoji)"
    )


async def test_what_people_write_is_never_markup() -> None:
    content = client_progress(client=MARKUP, objectives=(objective(1, MARKUP),), milestones=(milestone(1, MARKUP),))
    assert said(await made(content)).replace("“", '"').replace("”", '"').count('#include "x" $a$ *b* <label> @ref') == 3


async def test_long_texts_stay_on_the_page() -> None:
    titles = [LONG[:200], UNBROKEN[:200]]
    content = client_progress(
        client=UNBROKEN[:200],
        objectives=tuple(objective(n, titles[n % 2]) for n in range(1, 9)),
        milestones=tuple(milestone(n, titles[n % 2]) for n in range(1, 60)),
    )
    for page in [*await pages(content), *await pages(program_report(program=UNBROKEN[:200]))]:
        for edge in ((0, 0, MARGIN, page.height), (page.width - MARGIN, 0, page.width, page.height), (0, 0, page.width, MARGIN)):
            assert page.is_white(*edge)
        assert not page.is_white(MARGIN, MARGIN, page.width - MARGIN, page.height - MARGIN)
    text = said(await made(content))
    assert sum(text.count(state) for state in ("Reached", "Missed", "Open")) >= 59


async def test_the_same_report_is_the_same_file() -> None:
    assert await made(client_progress()) == await made(client_progress())


def test_a_chart_is_there_for_what_has_numbers_and_for_nothing_else() -> None:
    assert set(specs(client_progress())) == {"progress", "milestones", "indicators", "objective_1", "objective_2", "objective_3"}
    assert set(specs(program_report())) == {"indicators", "months"}
    poor = client_progress(objectives=(objective(1, points=0), objective(2, points=0)), milestones=(), indicators=())
    assert specs(poor) == {}
    hidden = program_report(indicators=(indicator("smart_rate", suppressed=True),), months=())
    assert specs(hidden) == {}


async def test_a_chart_shows_as_many_marks_as_there_are_numbers() -> None:
    charts: Mapping[str, str] = await drawn(client_progress())
    assert charts["progress"].count('aria-roledescription="bar"') == 3
    assert charts["objective_1"].count('aria-roledescription="point"') == 6 + 1  # with the baseline
    assert charts["indicators"].count('aria-roledescription="point"') == 14
    assert charts["milestones"].count('aria-roledescription="point"') == 7 * 2 + 4
    assert "(n = 12)" in charts["indicators"]


async def test_what_is_left_out_is_said_and_its_section_is_missing() -> None:
    left_out = (*withheld("evaluation_summary", "evaluation_summary.words"), Suppression(what="milestones", reason="below_floor"))
    text = said(await made(client_progress(milestones=(), indicators=(), evaluations=(), wins=(), left_out=left_out)))
    assert "Evaluations: the client's consent does not let every reader see it." in text
    assert "Words of evaluations" not in text
    for section in ("First date", "Indicators", "Made of", "Wins"):
        assert section not in text


async def test_a_suppressed_number_is_told_as_that() -> None:
    text = said(await made(program_report(indicators=(indicator("smart_rate", suppressed=True),), floor=5, months=(), needs_help=())))
    assert "SMART at first writing Suppressed" in text
    assert "Engagements that need help" not in text
    assert "Smallest group shown 5 clients" in text


def cells(content: Content) -> list[list[str]]:
    return list(csv.reader(io.StringIO(table(content).decode().removeprefix(BOM))))


@pytest.mark.parametrize("evil", ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\tx", "\rx"])
def test_no_cell_of_a_table_is_a_formula(evil: str) -> None:
    rows = cells(client_progress(client=evil, objectives=(objective(1, evil),)))
    assert ["client", "", "", f"'{evil}"] in rows
    assert ["objectives", "1", "title", f"'{evil}"] in rows
    assert [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []


def test_a_table_has_every_value_with_its_place() -> None:
    rows = cells(replace(client_progress(), objectives=(objective(2),)))
    assert rows[0] == ["section", "item", "field", "value"]
    assert ["as_of", "", "", str(AS_OF)] in rows
    assert ["objectives", "1", "measure.name", "One-to-ones held"] in rows
    assert ["objectives", "1", "measurements.6.value", "12"] in rows
    assert ["indicators", "1", "mix.reason_code.1.count", "3"] in rows
