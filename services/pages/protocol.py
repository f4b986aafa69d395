"""The forms of a session's page: what each of them sends, as the command that it stands for."""

from __future__ import annotations

from typing import Any, Final
from zoneinfo import ZoneInfo

import msgspec
from litestar.datastructures import FormMultiDict

from domain.command import Command
from domain.plan.commands import CommitAction
from domain.session.commands import (
    CancelSession,
    CaptureInsight,
    CompleteSession,
    CorrectSessionTime,
    CounterSessionTime,
    MakeSessionAgreement,
    RateSession,
    RecordReflection,
    RecordSessionNoShow,
    RecordSessionNote,
    RescheduleSession,
    ReviewCommitment,
)
from services.entry.body import decode
from services.pages.booking import instant_of
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
    "move": RescheduleSession,
    "cancel": CancelSession,
    "correct": CorrectSessionTime,
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
    "move": "The session is moved.",
    "cancel": "The session is called off.",
    "correct": "The minutes are corrected.",
}
"""What a form did, by its name."""
NUMBERS: Final = frozenset({"minutes", "seen", "participants"})
TIMES: Final = frozenset({("move", "to"), ("complete", "occurred_at")})
"""Fields by the clock of the organization, each with its form."""
YES_OR_NO: Final = frozenset({"rest", "pro_bono"})
APART: Final = frozenset({"what", "plan", "steps", "counter", "attended"})
SCORE: Final = "score_"
"""What the fields of a rating begin with, before the name of its item."""


def command_of(form: FormMultiDict, zone: ZoneInfo) -> Command:
    """A field that was left open is left out. Times are by the clock of `zone`. Raises `Unreadable`."""
    command = asked_for(what := str(form.get("what", "")), COMMANDS)
    sent = {name: text for name, text in filled(form).items() if name not in APART}
    body: dict[str, Any] = {name: value(what, name, text, zone) for name, text in sent.items() if not name.startswith(SCORE)}
    if steps := [str(step) for step in form.getall("steps", [])]:
        body["steps"] = steps
    if "attended" in form:  # a group's form has it also where nobody is ticked
        body["attended"] = [person for one in form.getall("attended") if (person := str(one))]
    if scores := {name.removeprefix(SCORE): number(name, text) for name, text in sent.items() if name.startswith(SCORE)}:
        body["scores"] = scores
    if command is CorrectSessionTime and form.get("counter"):
        command = CounterSessionTime
    return decode(command, msgspec.json.encode(body))


def value(what: str, name: str, text: str, zone: ZoneInfo) -> str | int | bool:
    if name in YES_OR_NO:
        return text == "yes"
    if name in NUMBERS or (what == "correct" and name in {"from", "to"}):
        return number(name, text)
    return instant_of(text, zone) if (what, name) in TIMES else text


def place(field: str) -> str:
    """The field of the form that a field of its command comes from."""
    return field.partition("/")[0] if field.startswith("attended") else field.replace("scores/", SCORE)
