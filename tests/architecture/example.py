"""Derives examples of every stored event from its type, and keeps them in files that never change.

`python -m tests.architecture.example` writes the files that are missing, for events that are new.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import msgspec
from msgspec import Struct, inspect

from domain.event import STORED, Event
from domain.nouns import NOUNS

GOLDEN = Path(__file__).with_name("golden")
CHECKSUMS = GOLDEN / "SHA256SUMS"
UUIDV7 = "01930000-0000-7000-8000-000000000001"
TEXTS = ("code", "a" * 64, "Europe/Berlin", "Some text")


def stored_events() -> Iterator[type[Event]]:
    """What the domain stores; a test may have registered an event of its own."""
    return (kind for kind, stored in STORED.items() if stored.name.split(".")[0] in NOUNS and kind.__module__.startswith("domain."))


def path_of(name: str, schema_v: int) -> Path:
    return GOLDEN / f"{name}.v{schema_v}.json"


def examples(kind: type[Struct]) -> list[Any]:
    """Payloads in which every alternative of every union, and every word of every list of words, occurs."""
    form = inspect.type_info(kind)
    return [payload(form, turn) for turn in range(turns(form))]


def turns(form: inspect.Type) -> int:
    """How many examples show every alternative."""
    match form:
        case inspect.Metadata(type=inner):
            return turns(inner)
        case inspect.UnionType(types=types):
            return sum(map(turns, types))
        case inspect.StructType(fields=fields):
            return max((turns(field.type) for field in fields), default=1)
        case inspect.LiteralType(values=values):
            return len(values)
        case inspect.EnumType(cls=cls):
            return len(cls)
        case inspect.BoolType():
            return 2
        case inspect.VarTupleType(item_type=item):
            return turns(item) + 1
    return 1


def payload(form: inspect.Type, turn: int) -> Any:
    """The JSON of one example; `turn` chooses among alternatives."""
    match form:
        case inspect.Metadata(type=inner):
            return payload(inner, turn)
        case inspect.UnionType(types=types):
            return payload(*chosen(types, turn % turns(form)))
        case inspect.StructType():
            tag = {form.tag_field: form.tag} if form.tag_field else {}
            return {**tag, **{field.encode_name: payload(field.type, turn) for field in form.fields}}
        case inspect.VarTupleType(item_type=item):
            return [payload(item, turn - 1)] if turn % turns(form) else []
        case inspect.LiteralType(values=values):
            return values[turn % len(values)]
        case inspect.EnumType(cls=cls):
            return list(cls)[turn % len(cls)].value
        case inspect.BoolType():
            return turn % 2 == 1
        case inspect.StrType():
            return text(form)
        case inspect.IntType():
            return min(7, form.le if form.le is not None else 7)
    return SIMPLE[type(form)]


def chosen(types: Sequence[inspect.Type], turn: int) -> tuple[inspect.Type, int]:
    """Which alternative a turn shows, and which of that one's own turns it is."""
    for form in types:
        if turn < turns(form):
            return form, turn
        turn -= turns(form)
    raise IndexError(turn)


SIMPLE: dict[type[inspect.Type], Any] = {
    inspect.NoneType: None,
    inspect.DecimalType: "12.50",
    inspect.UUIDType: UUIDV7,
    inspect.DateType: "2026-03-02",
    inspect.DateTimeType: "2026-03-02T09:30:00Z",
    inspect.CustomType: "c2VhbGVk",  # a personal value, in its sealed form
}


def text(form: inspect.StrType) -> str:
    """The first that the type's own pattern and lengths allow."""
    limited = msgspec.Meta(pattern=form.pattern, min_length=form.min_length, max_length=form.max_length)
    for candidate in TEXTS:
        try:
            return str(msgspec.convert(candidate, Annotated[str, limited]))
        except msgspec.ValidationError:
            continue
    raise LookupError(f"no example fits {form}")


def write_missing() -> list[Path]:
    """Files for the events that have none yet."""
    GOLDEN.mkdir(exist_ok=True)
    written = []
    for kind in stored_events():
        path = path_of(*STORED[kind])
        if not path.exists():
            path.write_bytes(b"[\n" + b",\n".join(map(msgspec.json.encode, examples(kind))) + b"\n]\n")
            written.append(path)
    with CHECKSUMS.open("a") as sums:
        sums.writelines(f"{digest_of(path)}  {path.name}\n" for path in written)
    return written


def digest_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    print("\n".join(path.name for path in write_missing()) or "nothing is missing")
