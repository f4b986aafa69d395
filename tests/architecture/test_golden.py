"""What was stored once can be read for ever: a payload of every event in every form it ever had, kept in files that never change.

After a new event, or a new form of one: `python -m tests.architecture.example` writes the missing file.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from domain.event import STORED, Event, Stored
from domain.report.events import ReportRequested
from infra.eventstore import codec
from tests.architecture.example import CHECKSUMS, GOLDEN, digest_of, examples, path_of, stored_events

FILES = sorted(GOLDEN.glob("*.json"))
RELEASED = {("plan.entry_withdrawn", "/entry", "milestone_missed")}
"""Words that came to a form before it was asked whether an earlier release reads them."""


@pytest.mark.parametrize("kind", list(stored_events()), ids=lambda kind: STORED[kind].name)
def test_every_event_has_a_golden_payload(kind: type[Event]) -> None:
    assert path_of(*STORED[kind]).exists(), "python -m tests.architecture.example writes it"


def broken(stored: Iterable[Stored], upcasts: Container[tuple[str, int]]) -> list[str]:
    """The earlier forms of events that nothing lifts to the next one, or that no golden payload shows."""
    forms = [(name, v) for name, newest in stored for v in range(1, newest)]
    return [f"{name} in form {v}" for name, v in forms if (name, v) not in upcasts or not path_of(name, v).exists()]


def test_every_earlier_form_is_lifted_to_the_next_and_shown() -> None:
    assert broken((STORED[kind] for kind in stored_events()), codec.UPCASTS) == []


def test_a_form_that_nobody_lifts_is_seen() -> None:
    name = "plan.progress_measured"
    assert broken([Stored(name, 3)], {(name, 1)}) == [f"{name} in form 2"]
    assert broken([Stored("plan.never_shown", 2)], {("plan.never_shown", 1)}) == ["plan.never_shown in form 1"]


def test_no_golden_payload_was_changed_or_taken_away() -> None:
    sums = dict(reversed(line.split("  ")) for line in CHECKSUMS.read_text().splitlines())
    assert {path.name: digest_of(path) for path in FILES} == sums


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_golden_payload_still_says_the_same(path: Path) -> None:
    name, _, form = path.stem.rpartition(".v")
    for golden in msgspec.json.decode(path.read_bytes()):
        event = codec.decode(name, int(form), msgspec.json.encode(golden))
        if int(form) == STORED[type(event)].schema_v:
            assert missing(golden, msgspec.json.decode(codec.encode(event, codec.refuse))) == []


def missing(golden: Any, today: Any, path: str = "") -> list[str]:
    """What of a golden payload an event does not say any more; a field that was added since is no loss."""
    if isinstance(golden, dict) and isinstance(today, dict):
        lost = [f"{path}/{key}" for key in golden.keys() - today.keys()]
        return lost + [each for key in golden.keys() & today.keys() for each in missing(golden[key], today[key], f"{path}/{key}")]
    if isinstance(golden, list) and isinstance(today, list) and len(golden) == len(today):
        return [each for at, (one, other) in enumerate(zip(golden, today, strict=True)) for each in missing(one, other, f"{path}/{at}")]
    return [] if golden == today else [path]


def test_a_lost_field_is_seen() -> None:
    assert missing({"a": 1, "b": [{"c": 1, "d": 2}]}, {"a": 1, "new": 0, "b": [{"c": 3}]}) == ["/b/0/d", "/b/0/c"]
    assert missing([1], [1, 2]) == [""]


def words(payload: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """What stands in a payload as a text, and where; all items of a list stand at the same place."""
    if isinstance(payload, dict):
        for name, value in payload.items():
            yield from words(value, f"{path}/{name}")
    elif isinstance(payload, list):
        for item in payload:
            yield from words(item, f"{path}/*")
    elif isinstance(payload, str):
        yield path, payload


def newer_words(kind: type[Event], golden: Iterable[Any]) -> set[tuple[str, str, str]]:
    """What a form says today, at a place that it had before, that its golden payloads do not say there."""
    before = {word for payload in golden for word in words(payload)}
    places = {place for place, _ in before}
    today = {word for payload in examples(kind) for word in words(payload)}
    return {(STORED[kind].name, *word) for word in today - before if word[0] in places}


@pytest.mark.parametrize("kind", list(stored_events()), ids=lambda kind: STORED[kind].name)
def test_a_word_more_is_another_form(kind: type[Event]) -> None:
    """An earlier release that still follows the log passes another form by; a word that it does not know parks its read models."""
    golden = msgspec.json.decode(path_of(*STORED[kind]).read_bytes())
    assert newer_words(kind, golden) <= RELEASED, "raise schema_v, and lift the form before by `codec.unchanged`"


def test_a_word_more_is_seen() -> None:
    fewer = {"plan_ledger": "client_progress"}
    known = [payload | {"template": fewer.get(payload["template"], payload["template"])} for payload in examples(ReportRequested)]
    assert newer_words(ReportRequested, known) == {("report.report_requested", "/template", "plan_ledger")}
