"""The demo's API keys in a file that only its owner may read, so that every start can show them."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from infra.settings import Settings


class DemoKey(msgspec.Struct, frozen=True, kw_only=True):
    """Whose key, as a reader of the story knows them: "Dana Reyes, coach"."""

    who: str
    role: str
    key: str


def path(settings: Settings) -> Path:
    return settings.data / "demo-keys.json"


def begin(settings: Settings) -> None:
    """Notes that the story is to be played, so that a start after an interrupted one plays it to its end."""
    write(settings, [])


def is_unfinished(settings: Settings) -> bool:
    return path(settings).exists() and not read(settings)


def read(settings: Settings) -> list[DemoKey]:
    """Nothing when no story was played, or not to its end."""
    return msgspec.json.decode(path(settings).read_bytes(), type=list[DemoKey]) if path(settings).exists() else []


def write(settings: Settings, keys: list[DemoKey]) -> None:
    """Appears whole, with mode 0600, or not at all."""
    draft = path(settings).with_suffix(".new")
    draft.unlink(missing_ok=True)
    settings.data.mkdir(mode=0o711, parents=True, exist_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(msgspec.json.format(msgspec.json.encode(keys)))
    draft.rename(path(settings))


def shown(settings: Settings) -> str:
    """The keys as a table for the terminal."""
    keys = read(settings)
    width = max((len(key.who) for key in keys), default=0)
    lines = [f"  {key.who:<{width}}  {key.role:<16}  {key.key}" for key in keys]
    return "\n".join([f"Keys of the demo's people (also in {path(settings)}):", *lines])
