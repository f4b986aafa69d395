"""A note beside the demo's keys of which history was begun, so that a start after an interrupted one goes on with it."""

from __future__ import annotations

from pathlib import Path

import msgspec

from infra.settings import Settings
from workers.demo.history.size import Size


class Note(msgspec.Struct, frozen=True):
    """A history, and whether all of it was written."""

    size: Size
    is_written: bool = False


def path(settings: Settings) -> Path:
    return settings.data / "demo-history.json"


def write(settings: Settings, note: Note) -> None:
    """Appears whole or not at all."""
    draft = path(settings).with_suffix(".new")
    settings.data.mkdir(mode=0o711, parents=True, exist_ok=True)
    draft.write_bytes(msgspec.json.encode(note))
    draft.rename(path(settings))


def unfinished(settings: Settings) -> Size | None:
    """What is still to be written, if anything was begun."""
    if not path(settings).exists():
        return None
    note = msgspec.json.decode(path(settings).read_bytes(), type=Note)
    return None if note.is_written else note.size


def forget(settings: Settings) -> None:
    path(settings).unlink(missing_ok=True)
