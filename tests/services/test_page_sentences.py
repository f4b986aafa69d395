"""Pages in their reader's language: no sentence stands outside the catalogue, and none that it is asked for is missing in it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from domain.errors import Refusal
from domain.program.commands import DefineProgram
from domain.survey.response import ENDS, QUESTIONS
from services.command.execution import OWN_CHANGE
from services.entry.faults import SAID, WORDS, faults
from services.pages import agreement, assessment, booking, emergency, evaluation, exercise, hours, instrument, judging, protocol, report
from services.pages.booking import KINDS, RHYTHMS
from services.pages.engagement import course, form
from services.pages.planning import form as planning
from services.pages.planning.offer import DIRECTIONS, GRADES, LEVELS, OUTCOMES, WAYS
from services.pages.planning.offer import KINDS as MEASURES
from services.pages.program import form as program
from services.pages.rating import CALLED
from services.pages.reader import ABOUT_ME, GROUPS, KEYS
from services.pages.sent import MISREAD, plainly
from services.pages.slider import CLOCKS
from services.permission.policy import TOGETHER, UNSIGNED
from services.problems import code_of, meaning_of, subclasses, title_of
from services.wording.language import ENGLISH, GERMAN, ID
from services.wording.page import barrier, fault, refusal
from services.wording.page.german import PARTS, SENTENCES
from services.wording.spoken import speaking
from tests.services.test_wording import PAGES, places

ENGLISH_PAGES = {
    *(
        "audit",
        "board",
        "coaches",
        "emergencies",
        "keys",
        "mailbox",
        "people",
        "person",
        "problem",
        "problems",
    ),
    *("programs", "surveys"),
}
"""Those of who runs a firm and what is in these folders, which are in English only, and that of mails that were kept, not sent."""
FORM = "form"
"""Parts of a tag, and no word."""
SPEAKING = [file for file in PAGES if not {file.stem, file.parent.name} & {*ENGLISH_PAGES, FORM}]
TABLES = (
    protocol.DONE,
    assessment.DONE,
    booking.DONE,
    form.DONE,
    planning.DONE,
    judging.DONE,
    exercise.DONE,
    emergency.DONE,
    program.DONE,
    course.STEPS,
    agreement.SUBJECTS,
    agreement.LIMITS,
    evaluation.LEVELS,
    instrument.DONE,
    LEVELS,
    hours.REQUIREMENTS,
    hours.WHY_NOT,
    report.TITLES,
    report.ASKED_ABOUT,
)
NAMES = {"Throughline", "slim", "tl"}
"""No words of a language: what we are called, a class, and how a key begins."""
JINJA = re.compile(r"\{[%{#].*?[%}#]\}", re.DOTALL)
TAG = re.compile(r"<[^>]*>")
WORD = re.compile(r"[^\W\d_]{2,}")
ATTRIBUTE = re.compile(r"\b(?:aria-label|title|alt|placeholder)=\"([^\"]*)")


def strings(node: nodes.Expr) -> Iterator[str]:
    """What is said by an expression: a text, or one of two."""
    match node:
        case nodes.Const(value=str() as text):
            yield text
        case nodes.CondExpr(expr1=one, expr2=other):
            yield from strings(one)
            yield from strings(other) if other is not None else ()


def of_template(file: Path) -> Iterator[str]:
    """What is said, and the labels that are given to the parts of a form, which say them."""
    for call in Environment(autoescape=True).parse(file.read_text()).find_all(nodes.Call):
        name = getattr(call.node, "name", None) or getattr(call.node, "attr", None)
        if name in {"say", "plain"}:
            yield from strings(call.args[0])
        elif name in {"field", "lines", "choice", "choose", "tick", "listed", "part"}:
            texts = [text for given in call.args[1:] for one in (given, *given.find_all(nodes.Const)) for text in strings(one)]
            yield from (text for text in texts if text[:1].isupper() or " " in text)


def of_module(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say":
            yield from (one.value for one in ast.walk(node.args[0]) if isinstance(one, ast.Constant) and isinstance(one.value, str))


def asked() -> set[str]:
    """Every sentence that a page says, and those that its code has in a table."""
    said = {text for file in SPEAKING for text in of_template(file)}
    said |= {text for file in Path("services/pages").rglob("*.py") for text in of_module(file)}
    said |= {text for table in TABLES for text in table.values()} | {
        label
        for _, label in (
            *KINDS,
            *RHYTHMS,
            *MEASURES,
            *DIRECTIONS,
            *OUTCOMES,
            *GRADES,
            *WAYS,
            *exercise.KINDS,
            *exercise.EYES,
            *report.FORMATS,
            *report.FOR_WHOM,
        )
    }
    said |= {*(one.label for one in CLOCKS), *(label for label, _ in GROUPS if label), ABOUT_ME.label, KEYS.label}
    said |= {link.label for _, links in GROUPS for _, link in links}
    said |= {text for items in QUESTIONS.values() for text in items.values()} | {end for ends in ENDS.values() for end in ends}
    said |= {text for state in (report.ASKED, report.MADE, report.FAILED, report.GONE) for text in (state.word, state.hint) if text}
    for one in CALLED.values():
        said |= {one.name, one.asks, *(label for _, label in (*one.items, *one.parts)), *([one.about] if one.about else [])}
    return said


def test_every_sentence_of_a_page_is_there_in_german() -> None:
    said = asked()
    assert len(said) > 400, sorted(said)
    assert sorted(text for text in said if not ID.fullmatch(text) and text not in SENTENCES) == []
    assert sorted(text for text in said if ID.fullmatch(text) and text not in ENGLISH.messages) == []


def test_a_sentence_has_the_same_places_to_fill_in_and_stands_in_one_file() -> None:
    assert [english for english, german in SENTENCES.items() if places(english) != places(german)] == []
    assert sum(len(part) for part in PARTS) == len(SENTENCES)


@pytest.mark.parametrize("file", SPEAKING, ids=lambda file: file.stem)
def test_no_page_says_anything_outside_the_catalogue(file: Path) -> None:
    """What is left of a template without its statements and its tags has no word in it, and no attribute that is read out has."""
    text = JINJA.sub("", re.sub(r"<code>[^<]*</code>", "", file.read_text()))
    left = " ".join([TAG.sub(" ", text), *ATTRIBUTE.findall(text)])
    assert [word for word in WORD.findall(left) if word not in NAMES] == []


def test_every_refusal_with_a_german_message_is_one_that_there_is() -> None:
    """A message that is worded anew in English would be told in English to everybody."""
    kinds = set(subclasses(Refusal))
    there = {meaning_of(kind) for kind in kinds} | {title_of(code_of(kind)) for kind in kinds} | {MISREAD, OWN_CHANGE, TOGETHER, UNSIGNED}
    assert [english for english in (*refusal.GERMAN, *barrier.GERMAN) if english not in there] == []


def test_every_fault_with_a_german_sentence_is_one_that_somebody_says() -> None:
    """Each stands in the code of a rule or of a form; what the door says of a type is put together there, in `in_words`."""
    files = [*Path("domain").rglob("*.py"), *Path("services/pages").rglob("*.py"), *Path("services/assessment").rglob("*.py")]
    trees = [ast.parse(file.read_text()) for file in files]
    texts = {one.value for tree in trees for one in ast.walk(tree) if isinstance(one, ast.Constant) and isinstance(one.value, str)}
    of_types = {f"{said}." for said in SAID.values()} | {f"Expected {words}." for words in WORDS.values()} | {"This field is required."}
    assert [english for english in fault.GERMAN if english not in texts | of_types] == []


@pytest.mark.parametrize(
    ("value", "field", "told"),
    [
        (0, "capacity", "Mindestens 1."),
        ("x" * 201, "name", "Höchstens 200 Zeichen."),
        (["x"] * 11, "outcomes", "Höchstens 10 davon."),
    ],
)
def test_a_bound_of_a_field_is_told_without_its_type(value: object, field: str, told: str) -> None:
    (wrong,) = (one.detail for one in faults(DefineProgram, {field: value}) if one.pointer == f"/{field}")
    with speaking(GERMAN):
        assert plainly(wrong) == told


def test_what_has_no_german_is_told_in_english() -> None:
    assert GERMAN.say("Never said {number} times.", number=3) == "Never said 3 times."
    assert (GERMAN.word("sponsor"), GERMAN.word("never seen")) == ("Auftraggeber", "never seen")
