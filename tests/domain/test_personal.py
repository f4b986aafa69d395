"""Personal values are found wherever they stand; what is not searched holds none."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec
import pytest
from msgspec import Struct

from domain.nouns import NOUNS
from domain.values import OfClient, Personal, personal_values
from infra.eventstore import codec
from tests.architecture.example import GOLDEN
from tests.bench.code import Ours

T = TypeVar("T")
WORD = OfClient[str](sealed="word")


def all_of(value: Any) -> list[Personal[Any]]:
    """Every personal value, found by whoever has to write each of them down."""
    found: list[Personal[Any]] = []
    msgspec.to_builtins(value, enc_hook=found.append)
    return [one for one in found if not one.is_public]


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.json")), ids=lambda path: path.stem)
def test_those_of_every_event_are_found(path: Path) -> None:
    name, _, form = path.stem.rpartition(".v")
    for golden in msgspec.json.decode(path.read_bytes()):
        event = codec.decode(name, int(form), msgspec.json.encode(golden))
        assert personal_values(event) == all_of(event)


def test_those_of_a_folded_plan_are_found() -> None:
    state = Ours().fold()
    assert personal_values(state) == all_of(state) != []
    assert type(state) is type(NOUNS["plan"].initial)


class Box(Struct, Generic[T]):
    thing: T


class Holder(Struct):
    box: Box[int]
    perhaps: OfClient[str] | int | None
    several: tuple[tuple[str, OfClient[str]], ...]
    named: dict[str, list[OfClient[str]]]
    anything: Any
    bare: list  # type: ignore[type-arg]  # as one writes it who does not tell
    number: int = 1


def test_no_annotation_hides_one() -> None:
    holder = Holder(Box(1), WORD, (("a", WORD),), {"b": [WORD]}, Box(WORD), [WORD])
    assert personal_values(holder) == [WORD] * 5
    assert personal_values(Holder(Box(1), None, (), {}, None, [])) == []
