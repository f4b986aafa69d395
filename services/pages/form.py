"""What a form of a page sends: its fields as far as they were filled in, the command that it asks for, and its numbers; why, by a code.

And which forms somebody is offered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from litestar import Request
from litestar.datastructures import FormMultiDict

from domain.command import Command
from domain.values import Code
from services.actor import Actor
from services.entry.body import decode
from services.errors import Fault, Unreadable
from services.pages.words import words
from services.permission import policy
from services.permission.policy import Allow, Facts
from services.problems import snake


async def form_of(request: Request[Any, Any, Any]) -> FormMultiDict:
    """What a browser sends: it ends each line of a text with CR LF (HTML, form submission), and a text of ours has LF alone."""
    sent = await request.form()
    return FormMultiDict((name, value.replace("\r\n", "\n") if isinstance(value, str) else value) for name, value in sent.multi_items())


def filled(form: FormMultiDict) -> dict[str, str]:
    """A browser sends a field that was left open as an empty text: it is left out."""
    return {name: text for name in form if (text := str(form[name]).strip())}


def lines_of(text: str) -> list[str]:
    """Those of a field of several lines that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def asked_for(what: str, commands: Mapping[str, type[Command]]) -> type[Command]:
    """Raises `Unreadable`."""
    if what not in commands:
        raise Unreadable([Fault("/what", "invalid", f"One of {', '.join(commands)}.")])
    return commands[what]


def command_of(commands: Mapping[str, type[Command]], form: FormMultiDict) -> Command:
    """That of a form whose fields are those of its command; a field that was left open is left out. Raises `Unreadable`."""
    body = filled(form)
    command = asked_for(body.pop("what", ""), commands)
    return decode(command, msgspec.json.encode(body))


def allowed(actor: Actor, actions: Mapping[str, type[Command] | str], facts: Facts | None) -> frozenset[str]:
    """Those of the forms, or of what else a page offers, whose command or action the actor may give about it."""
    named = {what: action if isinstance(action, str) else snake(action.__name__) for what, action in actions.items()}
    return frozenset(what for what, action in named.items() if isinstance(policy.decide(actor, action, facts), Allow))


def number(name: str, text: str) -> int:
    """Raises `Unreadable`."""
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise Unreadable([Fault(f"/{name}", "invalid", "A whole number.")])
    return int(text)


def reasons(codes: Sequence[Code]) -> list[tuple[str, str]]:
    """The organization's codes to choose from, in the language of the page, or a reason of one's own."""
    return [("", "In words"), *((code, words(code)) for code in codes)]
