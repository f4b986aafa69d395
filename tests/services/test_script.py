"""Names and texts in any script come back as they were sent: over HTTP, in the header of a mail, in a CSV, and on a page of ours."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header

import pytest

from infra.mail import Mail, message, read
from services.reading.spreadsheet import BOM, spreadsheet
from services.wording.language import ENGLISH
from tests.services.firm import Firm
from tests.services.mailing import browsing

NAMES = {
    "arabic": "مُحَمَّد بن عبد الله",
    "hebrew": "מירה כהן",
    "chinese": "王小明",
    "surrogate": "𠮷田 花子",
    "japanese": "ヴァイオレット・エヴァーガーデン",
    "devanagari": "अनुष्का क्षत्रिय",
    "thai": "สมชาย ใจดี",
    "vietnamese": "Nguyễn Thị Ánh Tuyết",
    "decomposed": "Zoe\N{COMBINING DIAERESIS} A\N{COMBINING RING ABOVE}ngstro\N{COMBINING DIAERESIS}m",
    "heaped": "a" + "\N{COMBINING ACUTE ACCENT}\N{COMBINING TILDE}\N{COMBINING DOT BELOW}" * 5,
    "emoji": "Ada \N{WOMAN}\N{EMOJI MODIFIER FITZPATRICK TYPE-4}\N{ZERO WIDTH JOINER}\N{PERSONAL COMPUTER} \N{REGIONAL INDICATOR SYMBOL LETTER D}",
    "mixed": "Mira מירה 米拉 Мира",
}
KINDS = pytest.mark.parametrize("name", NAMES.values(), ids=NAMES.keys())


async def test_over_http_each_is_the_same_text_again(firm: Firm) -> None:
    """Not one character is composed, dropped or turned round."""
    made = {}
    for kind, name in NAMES.items():
        body = {"name": name, "email": f"{kind}@example.org", "locale": "de"}
        made[(await firm.done("admin", "/v1/people", body))["id"]] = name
    assert {id: (await firm.seen("admin", f"/v1/people/{id}"))["name"] for id in made} == made


@KINDS
def test_in_a_mail_it_is_an_encoded_word_of_ascii_and_read_as_it_was(name: str) -> None:
    mail = Mail(
        "ada@example.org", name, f"Firma {name}", f"Für {name}: 1", name, f"<p>{name}</p>", "reference", datetime(2026, 3, 1, tzinfo=UTC)
    )
    wire = message(mail, "coaching@example.org").as_bytes()
    assert wire.isascii()
    told = {header: str(make_header(decode_header(text))) for header, text in message_from_bytes(wire).items()}
    assert told["To"] == f"{name} <ada@example.org>"
    assert told["From"] == f"Firma {name} <coaching@example.org>"
    assert told["Subject"] == f"Für {name}: 1"
    kept = read(wire)
    assert (kept.to, kept.subject, kept.text.strip()) == (told["To"], told["Subject"], name)


@KINDS
def test_in_a_spreadsheet_it_is_the_same_cell(name: str) -> None:
    file = spreadsheet(("name", "count"), [(name, "1")]).decode()
    assert file.startswith(BOM)
    assert list(csv.reader(io.StringIO(file.removeprefix(BOM)))) == [["name", "count"], [name, "1"]]


@KINDS
def test_in_a_message_it_stands_apart_in_its_own_direction(name: str) -> None:
    assert ENGLISH.mark("mail.hello", name=name) == f"Hello <bdi>{name}</bdi>,"


async def test_on_a_page_it_stands_as_it_is(firm: Firm) -> None:
    name = NAMES["arabic"]
    person = (await firm.done("admin", "/v1/people", {"name": name, "email": "page@example.org"}))["id"]
    await firm.runner.catch_up()
    async with browsing(str(firm.client.base_url)) as browser:
        assert (await browser.post("/sign-in", data={"key": firm.keys["admin"]})).status_code == 303
        shown = await browser.get(f"/people/{person}")
    assert (shown.status_code, name in shown.text) == (200, True)
