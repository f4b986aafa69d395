"""That a command has seen what it says: `seen` names a version of the stream that it is about, and none is newer than its last."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from msgspec import Struct

from services.errors import Fault, Unreadable

SEEN: Final = "seen"
AHEAD: Final = "Nothing is as new as that here: send the version that you read."


def require_there(command: Struct, version: int) -> None:
    """Raises `Unreadable` for a version that is still to come: by its time somebody may have changed what it would then replace unseen."""
    if faults := [Fault(pointer, "invalid", AHEAD) for pointer, seen in seen_by(command, "") if seen > version]:
        raise Unreadable(faults)


def seen_by(value: Any, pointer: str) -> Iterator[tuple[str, int]]:
    """Every `seen` of a command and of the bodies in it, with its place."""
    if isinstance(value, Struct):
        for name, sent_as in zip(value.__struct_fields__, value.__struct_encode_fields__, strict=True):
            inner = getattr(value, name)
            if name == SEEN:
                yield f"{pointer}/{SEEN}", inner
            else:
                yield from seen_by(inner, f"{pointer}/{sent_as}")
    elif isinstance(value, tuple):
        for number, inner in enumerate(value):
            yield from seen_by(inner, f"{pointer}/{number}")
