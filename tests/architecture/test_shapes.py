"""What is kept of a fold names the version of its shape: a row of a read model, a snapshot.

Another shape under the same version would be read by code that cannot: a page answers 500 after an upgrade. So each shape
is written down with its version. When this test fails, raise the version (`projections/current.py`, the projection itself,
or `STATE_V` of `infra/eventstore/reading.py`) and write the shapes anew: `python -m tests.architecture.test_shapes`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec import inspect

from domain.event import STORED, Event
from domain.nouns import NOUNS
from domain.report.events import ReportShared
from infra.eventstore.reading import shape
from projections.catalogue import PROJECTIONS

WRITTEN = Path(__file__).with_name("shapes.json")


def fingerprint(kind: Any) -> str:
    return hashlib.sha256(repr(inspect.type_info(kind)).encode()).hexdigest()


def named(kinds: Collection[type[Event]]) -> str:
    """Which events these are, in which form. A read model that reads another needs another version: an older release has passed it by."""
    return hashlib.sha256(repr(sorted((STORED[kind].name, STORED[kind].schema_v) for kind in kinds)).encode()).hexdigest()


def shapes() -> dict[str, str]:
    """Name and version -> fingerprint, for everything that stores a fold."""
    rows = {f"{one.name}_g{one.version}": fingerprint(one.document) for one in PROJECTIONS}
    reads = {f"{one.name}_g{one.version} reads": named(one.reads) for one in PROJECTIONS}
    return rows | reads | {shape(name): fingerprint(type(noun.initial)) for name, noun in NOUNS.items()}


def test_another_shape_has_another_version() -> None:
    written = msgspec.json.decode(WRITTEN.read_bytes(), type=dict[str, str])
    changed = [name for name, print_ in shapes().items() if written.get(name, print_) != print_]
    assert not changed, f"raise the version of {changed}"
    assert not shapes().keys() - written.keys(), "write the new shapes down: python -m tests.architecture.test_shapes"


def test_a_changed_field_changes_the_fingerprint() -> None:
    before = msgspec.defstruct("Row", [("a", int)])
    after = msgspec.defstruct("Row", [("a", int), ("b", int)])
    assert fingerprint(before) != fingerprint(after)


def test_another_form_of_an_event_changes_what_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    before = named({ReportShared})
    monkeypatch.setitem(STORED, ReportShared, STORED[ReportShared]._replace(schema_v=99))
    assert named({ReportShared}) != before


if __name__ == "__main__":
    old = msgspec.json.decode(WRITTEN.read_bytes(), type=dict[str, str])
    new = {name: old.get(name, fresh) for name, fresh in sorted(shapes().items())}
    WRITTEN.write_bytes(msgspec.json.format(msgspec.json.encode(new)) + b"\n")
