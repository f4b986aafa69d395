"""No pattern in the code can be made to search for long: each, found in the source, against inputs that grow and then do not match."""

from __future__ import annotations

import ast
import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from msgspec import inspect

from domain.evaluation.commands import Currency
from domain.values import ONE_LINE, PARAGRAPHS
from services.bulk.form import Batch
from services.command.table import TABLE
from services.entry.faults import WORDS, in_words, pattern_of
from services.key.answers import ChangeKey, MakeKey
from tests.architecture.tree import ROOT

PACKAGES = ("domain", "infra", "projections", "services", "workers")
CALLS = {"compile", "fullmatch", "match", "search", "sub", "split", "findall", "finditer"}
OURS = {
    "infra/launcher/binaries.py": "reads what PostgreSQL's own tools say",
    "infra/sql.py": "reads statements of our own files",
    "infra/migrate.py": "reads migrations of our own files",
    "services/contract/openapi.py": "reads docstrings of our own",
    "workers/backup/contents.py": "reads what PostgreSQL's own tools say",
    "workers/backup/tool.py": "reads what PostgreSQL's own tools say",
}
"""Where nobody else's words are searched."""
LONG = 20_000
SECONDS = 1.0
"""Of this process, for one input: a linear search takes milliseconds, a quadratic one several of these."""


def patterns() -> Iterator[tuple[str, str, str | bytes]]:
    """Each pattern with its place and how it is searched for: of the module `re`, and of the types that a body's texts have."""
    sources = {file: file.read_text() for package in PACKAGES for file in sorted((ROOT / package).rglob("*.py"))}
    everything = "\n".join(sources.values())
    for file, source in sources.items():
        place = str(file.relative_to(ROOT))
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and place not in OURS and (found := pattern(node)) is not None:
                yield f"{place}:{node.lineno}", method(node, source, everything), found


def pattern(node: ast.Call) -> str | bytes | None:
    given = node.args[0] if called(node) and node.args else next((one.value for one in node.keywords if one.arg == "pattern"), None)
    return given.value if isinstance(given, ast.Constant) and isinstance(given.value, str | bytes) else None


def called(node: ast.Call) -> str:
    """The function of `re` that it calls."""
    by = node.func
    searching = isinstance(by, ast.Attribute) and by.attr in CALLS and isinstance(by.value, ast.Name) and by.value.id == "re"
    return by.attr if searching and isinstance(by, ast.Attribute) else ""


def method(node: ast.Call, source: str, everything: str) -> str:
    """`fullmatch` where nothing else is asked of it, for such a pattern is tried at one place only."""
    asked = {called(node)}
    if asked == {"compile"} and (named := re.match(r"(\w+)(?:: Final)? = ", source.splitlines()[node.lineno - 1])):
        asked = set(re.findall(rf"\b{named[1]}\.({'|'.join(sorted(CALLS))})\(", source if f"{named[1]}." in source else everything))
    return "fullmatch" if asked and asked <= {"fullmatch", "match"} else "search"


FOUND = [*patterns(), ("ONE_LINE", "search", ONE_LINE), ("PARAGRAPHS", "search", PARAGRAPHS)]


def test_they_were_found() -> None:
    places = {place.partition(":")[0] for place, _, _ in FOUND}
    assert len(FOUND) > 40
    assert {
        "services/entry/body.py",
        "services/entry/asking.py",
        "services/reading/spreadsheet.py",
        "domain/values.py",
        "infra/logging.py",
    } <= places


def asked_of(kind: Any) -> Iterator[str]:
    """The patterns that the texts in a body have to match, at any depth."""
    for one in {id(part): part for part in parts(inspect.type_info(kind), set())}.values():
        if isinstance(one, inspect.StrType) and one.pattern is not None:
            yield one.pattern


def parts(kind: Any, seen: set[int]) -> Iterator[Any]:
    """A type and all that it is made of."""
    if isinstance(kind, tuple | inspect.Type | inspect.Field) and id(kind) not in seen:
        seen.add(id(kind))
        yield kind
        inside = kind if isinstance(kind, tuple) else [getattr(kind, name) for name in kind.__struct_fields__]
        for part in inside:
            yield from parts(part, seen)


def test_each_pattern_of_a_body_is_told_in_words() -> None:
    """Nobody who writes a value is answered with a regular expression."""
    asked = {pattern for kind in [*TABLE, Batch, MakeKey, ChangeKey] for pattern in asked_of(kind)}
    assert len(asked) > 8
    assert asked - WORDS.keys() == set()
    assert in_words(Currency, f"Expected `str` matching regex {pattern_of(Currency)!r}") == (
        "Expected a currency as three letters a-z (ISO 4217), such as eur"
    )


def inputs(text: str) -> Iterator[str]:
    """Of the characters that the pattern itself names, one or two of them again and again, behind what it begins with."""
    begins = "".join(re.findall(r"^\^?([A-Za-z/\"{\-: ]+)", text))
    letters = sorted(
        {character for character in text if character.isprintable() and character not in "\\^$()[]*?|"} | set("aA0 \n\"'\\({-")
    )
    for one in letters:
        for unit in (one, f"{one}a", f"a{one}", f"{one}0", f"{one}{one} "):
            for end in ("", "\x00"):
                yield begins + unit * (LONG // len(unit)) + end


@pytest.mark.parametrize(("place", "how", "pattern"), FOUND, ids=[place for place, _, _ in FOUND])
def test_none_searches_for_long(place: str, how: str, pattern: str | bytes) -> None:
    text = pattern.decode("latin-1") if isinstance(pattern, bytes) else pattern
    searched = re.compile(text)
    search = searched.fullmatch if how == "fullmatch" else searched.search
    for given in inputs(text):
        began = time.process_time()
        search(given)
        assert time.process_time() - began < SECONDS, (place, how, given[:40])
