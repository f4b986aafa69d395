"""The forms of an evaluation's page: what each of them sends, as the command that it stands for.

Each correction is of one thing, and carries the value that was shown with it.
"""

from __future__ import annotations

from typing import Any, Final

import msgspec
from litestar.datastructures import FormMultiDict

from domain.command import Command
from domain.evaluation.commands import AcknowledgeEvaluation, CorrectEvaluation, RecordEvaluation
from services.entry.body import decode
from services.pages.form import asked_for, filled, number

COMMANDS: Final[dict[str, type[Command]]] = {
    "record": RecordEvaluation,
    "acknowledge": AcknowledgeEvaluation,
    "point": CorrectEvaluation,
    "worth": CorrectEvaluation,
    "summary": CorrectEvaluation,
}
DONE: Final = {
    "record": "Your evaluation is recorded.",
    "acknowledge": "It is noted that you have read it.",
    "point": "It is corrected. Both values stay known.",
    "worth": "The worth is corrected. Both values stay known.",
    "summary": "Your words are replaced.",
}
"""What a form did, by its name."""
RATING, COMMENT, LEVEL, WORTH = "rating.", "comment.", "level.", "worth."
"""What the names of fields begin with, before an objective's id or a level."""
PARTS: Final = ("value", "currency", "attribution", "confidence")
WHY: Final = ("reason_code", "reason")


def command_of(form: FormMultiDict) -> Command:
    """A field that was left open is left out. Raises `Unreadable`."""
    sent = filled(form)
    command = asked_for(what := sent.get("what", ""), COMMANDS)
    if command is AcknowledgeEvaluation:
        body: dict[str, Any] = {"seen": number("seen", sent.get("seen", ""))}
    elif command is CorrectEvaluation:
        why: dict[str, Any] = {name: sent[name] for name in WHY if name in sent}
        version = number("corrects_version", sent.get("corrects_version", ""))
        body = {"corrects_version": version, "correction": correction(what, sent), **why}
    else:
        body = judgement(sent)
    return decode(command, msgspec.json.encode(body))


def judgement(sent: dict[str, str]) -> dict[str, Any]:
    return {
        "plan_version": number("plan_version", sent.get("plan_version", "")),
        "effectiveness": number("effectiveness", sent.get("effectiveness", "")),
        "ratings": [
            {"objective_id": (id := name.removeprefix(RATING)), "rating": number(name, text), "comment": sent.get(COMMENT + id)}
            for name, text in sent.items()
            if name.startswith(RATING)
        ],
        "levels": [
            {"level": number(name, name.removeprefix(LEVEL)), "rating": number(name, text)}
            for name, text in sent.items()
            if name.startswith(LEVEL)
        ],
        "benefits": [benefit(name, sent) for name in sent if name.startswith(WORTH) and name.endswith(".value")],
        "summary": sent.get("summary"),
    }


def benefit(name: str, sent: dict[str, str]) -> dict[str, Any]:
    """What an objective's change was worth, once its value was filled in."""
    start = name.removesuffix("value")
    return {"objective_id": start.removeprefix(WORTH).removesuffix("."), **worth(start, sent)}


def worth(start: str, sent: dict[str, str]) -> dict[str, Any]:
    estimates = {part: number(start + part, sent.get(start + part, "")) for part in ("attribution", "confidence")}
    return {"value": sent.get(start + "value", ""), "currency": sent.get(start + "currency", "").lower(), **estimates}


def correction(what: str, sent: dict[str, str]) -> dict[str, Any]:
    """`about` names what is corrected, by an id where there are several, and its value as it was shown; an open `to` takes it back."""
    if what == "summary":
        return {"field": what, "to": sent.get("to"), "seen": number("seen", sent.get("seen", ""))}
    about, _, before = sent.get("about", "").partition("=")
    field, _, which = about.partition(".")
    if what == "worth":
        earlier = dict(zip(PARTS, before.split(" "), strict=False)) if before else {}
        before_worth = worth("", earlier) if earlier else None
        return {"field": "benefit", "objective_id": which, "from": before_worth, "to": worth("", sent) if "value" in sent else None}
    shown = number("about", before) if before else None
    body: dict[str, Any] = {"field": field, "from": shown, "to": number("to", sent["to"]) if "to" in sent else None}
    if field == "rating":
        body["objective_id"] = which
    elif field == "level":
        body["level"] = number("about", which)
    return body


def place(field: str) -> str:
    """The field of the form that a field of its command comes from, as far as there is one of its own."""
    return field.removeprefix("correction/to/").removeprefix("correction/").replace("from", "about")
