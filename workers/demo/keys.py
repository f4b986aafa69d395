"""The demo's API keys in a file that only its owner may read, so that every start can show them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import msgspec

from infra.settings import Settings

STORY: Final = "demo"
"""The short name of the story's organization."""


class DemoKey(msgspec.Struct, frozen=True, kw_only=True):
    """Whose key, as a reader of the story knows them: "Dana Whitfield"; `organization` is the short name of whose they are."""

    who: str
    role: str
    key: str
    organization: str = STORY


def path(settings: Settings) -> Path:
    return settings.data / "demo-keys.json"


def begin(settings: Settings) -> None:
    """Notes that the story is to be played, so that a start after an interrupted one plays it to its end."""
    write(settings, STORY, [])


def is_unfinished(settings: Settings) -> bool:
    return path(settings).exists() and not of(settings, STORY)


def of(settings: Settings, organization: str) -> list[DemoKey]:
    """The keys of one organization."""
    return [key for key in read(settings) if key.organization == organization]


def read(settings: Settings) -> list[DemoKey]:
    """Nothing when nothing was played, or not to its end."""
    return msgspec.json.decode(path(settings).read_bytes(), type=list[DemoKey]) if path(settings).exists() else []


def write(settings: Settings, organization: str, keys: list[DemoKey]) -> None:
    """Replaces one organization's keys; those of others stay. The file appears whole, with mode 0600, or not at all."""
    kept = [key for key in read(settings) if key.organization != organization]
    everybody = keys + kept if organization == STORY else kept + keys
    draft = path(settings).with_suffix(".new")
    draft.unlink(missing_ok=True)
    settings.data.mkdir(mode=0o711, parents=True, exist_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(msgspec.json.format(msgspec.json.encode(everybody)))
    draft.rename(path(settings))


def shown(settings: Settings) -> str:
    """The keys as a table for the terminal."""
    keys = read(settings)
    width = max((len(key.who) for key in keys), default=0)
    lines = [f"  {key.who:<{width}}  {key.role:<16}  {key.key}" for key in keys]
    return "\n".join([f"Keys of the demo's people (also in {path(settings)}):", *lines])


def forget(settings: Settings) -> None:
    """Nothing was played, as far as the next start can tell."""
    path(settings).unlink(missing_ok=True)
