"""Every command of every noun: nothing in it is taken that it does not know."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from domain.nouns import NOUNS

COMMANDS = [command for noun in NOUNS.values() for command in noun.decide.table]


def structs(kind: Any) -> Iterator[msgspec.inspect.StructType]:
    """The struct itself and every one inside of it."""
    if isinstance(kind, msgspec.inspect.StructType):
        yield kind
        for field in kind.fields:
            yield from structs(field.type)
    elif isinstance(kind, msgspec.inspect.UnionType):
        for one in kind.types:
            yield from structs(one)
    elif isinstance(kind, msgspec.inspect.Metadata):
        yield from structs(kind.type)
    else:
        for name in ("item_type", "key_type", "value_type"):
            if hasattr(kind, name):
                yield from structs(getattr(kind, name))


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.__name__)
def test_an_unknown_field_is_refused_at_any_depth(command: type[msgspec.Struct]) -> None:
    lenient = [one.cls.__name__ for one in structs(msgspec.inspect.type_info(command)) if not one.forbid_unknown_fields]
    assert lenient == []
