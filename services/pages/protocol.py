"""The forms of a session's page: what each of them sends, as the command that it stands for."""

from __future__ import annotations

from typing import Any, Final

import msgspec
from litestar.datastructures import FormMultiDict

from domain.command import Command
from domain.plan.commands import CommitAction
from domain.session.commands import (
    CancelSession,
    CaptureInsight,
    CompleteSession,
    MakeSessionAgreement,
    RateSession,
    RecordReflection,
    RecordSessionNoShow,
    RecordSessionNote,
    ReviewCommitment,
)
from services.entry.body import decode
from services.pages.form import asked_for, filled, number

COMMANDS: Final[dict[str, type[Command]]] = {
    "agree": MakeSessionAgreement,
    "insight": CaptureInsight,
    "commit": CommitAction,
    "review": ReviewCommitment,
    "complete": CompleteSession,
    "no_show": RecordSessionNoShow,
    "note": RecordSessionNote,
    "reflect": RecordReflection,
    "rate": RateSession,
    "cancel": CancelSession,
}
DONE: Final = {
    "agree": "It is agreed what the session is about.",
    "insight": "The insight is kept.",
    "commit": "The commitment is in the plan.",
    "review": "The commitment is reviewed.",
    "complete": "It is noted that the session took place.",
    "no_show": "It is noted who did not come.",
    "note": "The note is kept.",
    "reflect": "The reflection is kept.",
    "rate": "Thank you for rating the session.",
    "cancel": "The session is called off.",
}
"""What a form did, by its name."""
NUMBERS: Final = frozenset({"minutes", "seen"})
APART: Final = frozenset({"what", "plan", "steps"})
SCORE: Final = "score_"
"""What the fields of a rating begin with, before the name of its item."""


def command_of(what: str, form: FormMultiDict) -> Command:
    """A field that was left open is left out. Raises `Unreadable`."""
    command = asked_for(what, COMMANDS)
    sent = {name: text for name, text in filled(form).items() if name not in APART}
    body: dict[str, Any] = {name: value(name, text) for name, text in sent.items() if not name.startswith(SCORE)}
    if steps := [str(step) for step in form.getall("steps", [])]:
        body["steps"] = steps
    if scores := {name.removeprefix(SCORE): number(name, text) for name, text in sent.items() if name.startswith(SCORE)}:
        body["scores"] = scores
    return decode(command, msgspec.json.encode(body))


def value(name: str, text: str) -> str | int | bool:
    return number(name, text) if name in NUMBERS else name == "rest" or text
