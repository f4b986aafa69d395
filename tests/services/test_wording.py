"""The catalogue of messages: whole in every language, filled in without code, and written as each language writes days and numbers."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from string import Formatter
from typing import get_args
from zoneinfo import ZoneInfo

import pytest

from domain.assessment.feedback import DECLARATIONS, QUESTIONS
from domain.engagement.emergency import EmergencyReason
from domain.survey.response import DECLARATIONS as SURVEY_DECLARATIONS
from services.act.acting import Standing
from services.act.kind import KINDS
from services.wording.language import ENGLISH, GERMAN, LANGUAGES, Language, language_asked, language_of
from workers.reminder.rule import RULES

SAID = re.compile(r"say\(([^)]*)\)")
ID = re.compile(r"\"([a-z][a-z0-9_@]*\.[a-z0-9_.@]*[a-z0-9])\"")
LETTERS = sorted(Path("workers").glob("*/template/*.html")) + sorted(Path("workers").glob("*/template/*.txt"))
PAGES = sorted(Path("services/pages/templates").rglob("*.html"))
STATEMENT = re.compile(r"\{[%{#].*?[%}#]\}|<[^>]*>", re.DOTALL)


def places(message: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(message) if name is not None}


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES.keys())
def test_every_message_is_there_in_every_language_with_the_same_places_to_fill_in(language: Language) -> None:
    assert language.messages.keys() == ENGLISH.messages.keys()
    assert [id for id, message in language.messages.items() if places(message) != places(ENGLISH.messages[id])] == []
    assert [id for id, message in language.messages.items() if not message.strip()] == []


@pytest.mark.parametrize("language", [one for one in LANGUAGES.values() if one is not ENGLISH], ids=lambda one: one.code)
def test_no_message_was_left_in_english(language: Language) -> None:
    same = {id for id, message in language.messages.items() if message == ENGLISH.messages[id]}
    assert same == {"mail.instant"}


def test_every_message_that_something_asks_for_is_there() -> None:
    asked = {id for file in (*LETTERS, *PAGES) for said in SAID.findall(file.read_text()) for id in ID.findall(said)}
    assert len(asked) > 30, sorted(asked)
    asked |= {f"reminder.{rule.code}" for rule in RULES} | {f"emergency.why.{why}" for why in get_args(EmergencyReason)}
    for kind in ("act", "act.done", "act.button", "act.wrong"):
        asked |= {f"{kind}.{rule}" for rule in KINDS}
    ended = set(get_args(Standing)) - {"open", "wrong", "done"}
    asked |= {f"act.{standing}{part}" for standing in ended for part in ("", ".why")}
    assert asked - ENGLISH.messages.keys() == set()


@pytest.mark.parametrize("file", LETTERS, ids=str)
def test_no_letter_says_anything_that_is_not_in_the_catalogue(file: Path) -> None:
    """What is left of a template without its statements and its tags has no word in it."""
    assert re.findall(r"\w+", STATEMENT.sub("", file.read_text())) == []


def test_every_letter_has_both_parts() -> None:
    ends = {file.with_suffix("") for file in LETTERS}
    assert len(ends) >= 6
    assert {file.with_suffix(end) for file in ends for end in (".html", ".txt")} == set(LETTERS)


def test_what_raters_are_promised_and_asked_is_what_the_domain_keeps() -> None:
    for code, promises in {**DECLARATIONS, **SURVEY_DECLARATIONS}.items():
        assert [ENGLISH.messages[f"{code}.{number}"] for number in range(1, len(promises) + 1)] == list(promises)
    assert {id: ENGLISH.messages[f"rater.question.{id}"] for id in QUESTIONS} == QUESTIONS


@pytest.mark.parametrize(
    ("locales", "language"),
    [
        (("de", "en"), GERMAN),
        (("de-at",), GERMAN),
        (("DE_CH",), GERMAN),
        ((None, "de"), GERMAN),
        (("en", "de"), ENGLISH),
        (("fr", "de"), ENGLISH),
        (("den",), ENGLISH),
        ((None, None), ENGLISH),
        (("",), ENGLISH),
    ],
)
def test_a_person_is_told_in_their_language_else_in_the_organizations_and_in_english_where_there_is_none(
    locales: tuple[str | None, ...], language: Language
) -> None:
    assert language_of(*locales) is language


def test_a_browser_asks_for_a_language() -> None:
    assert [language_asked(header) for header in ("de-DE,de;q=0.9,en;q=0.8", "de;q=0.5", "fr,de", "")] == [GERMAN, GERMAN, ENGLISH, ENGLISH]


def test_days_and_numbers_are_written_as_the_language_does() -> None:
    on, value = date(2026, 3, 1), Decimal("-12345.50")
    assert (ENGLISH.weekday(on), GERMAN.weekday(on)) == ("Sunday, 1 March 2026", "Sonntag, 1. März 2026")
    local = datetime(2026, 3, 1, 9, 5, tzinfo=ZoneInfo("Europe/Berlin"))
    assert (ENGLISH.instant(local), GERMAN.instant(local)) == ("1 March 2026, 09:05", "1. März 2026, 09:05 Uhr")
    narrow = "\N{NARROW NO-BREAK SPACE}"
    assert (ENGLISH.number(value), GERMAN.number(value)) == (f"−12{narrow}345.5", f"−12{narrow}345,5")
    assert (ENGLISH.number(0), GERMAN.number(Decimal("10.00"))) == ("0", "10")


def test_what_is_filled_in_is_no_code() -> None:
    """Neither of the catalogue's own places, nor of HTML; and it stands apart in its own direction of writing."""
    name = "{organization} <b>\N{RIGHT-TO-LEFT OVERRIDE}&"
    assert ENGLISH.say("mail.hello", name=name) == f"Hello {name},"
    marked = "{organization} &lt;b&gt;\N{RIGHT-TO-LEFT OVERRIDE}&amp;"
    assert ENGLISH.mark("mail.hello", name=name) == f"Hello <bdi>{marked}</bdi>,"
