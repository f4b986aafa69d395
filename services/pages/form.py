"""What a form of a page sends: its fields as far as they were filled in, the command that it asks for, and its numbers."""

from __future__ import annotations

from collections.abc import Mapping

from litestar.datastructures import FormMultiDict

from domain.command import Command
from services.errors import Fault, Unreadable


def filled(form: FormMultiDict) -> dict[str, str]:
    """A browser sends a field that was left open as an empty text: it is left out."""
    return {name: text for name in form if (text := str(form[name]).strip())}


def asked_for(what: str, commands: Mapping[str, type[Command]]) -> type[Command]:
    """Raises `Unreadable`."""
    if what not in commands:
        raise Unreadable([Fault("/what", "invalid", f"One of {', '.join(commands)}.")])
    return commands[what]


def number(name: str, text: str) -> int:
    """Raises `Unreadable`."""
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise Unreadable([Fault(f"/{name}", "invalid", "A whole number.")])
    return int(text)
