"""The forms of programs: what each of them sends, as the command that it stands for, and who gets it when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import msgspec
from litestar.datastructures import FormMultiDict

from domain.command import Command
from domain.engagement.commands import ProposeEngagement
from domain.program.commands import (
    AddCoachToPool,
    CloseProgram,
    DefineProgram,
    EnrolParticipant,
    OpenProgram,
    RemoveCoachFromPool,
    WithdrawParticipant,
)
from services.entry.body import decode
from services.pages.form import allowed, asked_for, filled, lines_of, number
from services.permission.relation import facts_of
from services.program.answers import ProgramAnswer
from services.reading.reads import Look

DEFINE: Final[Mapping[str, type[Command]]] = {"define": DefineProgram}
COMMANDS: Final[Mapping[str, type[Command]]] = {
    "pool": AddCoachToPool,
    "limit": AddCoachToPool,
    "unpool": RemoveCoachFromPool,
    "open": OpenProgram,
    "enrol": EnrolParticipant,
    "withdraw": WithdrawParticipant,
    "propose": ProposeEngagement,
    "close": CloseProgram,
}
DONE: Final = {
    "define": "The program is defined. Now add the coaches who work in it, then open it.",
    "pool": "The coach is in the pool.",
    "limit": "The coach takes so many coachings of this program from now on.",
    "unpool": "The coach is not in the pool any more.",
    "open": "The program is open: participants can be enrolled.",
    "enrol": "The participant has a seat. Now propose their coaching.",
    "withdraw": "The seat is given back.",
    "close": "The program is closed.",
}
"""What a form did, by its name."""
NUMBERS: Final = frozenset({"capacity", "sessions_per_engagement", "max_engagements"})
BOXES: Final = frozenset({"sponsor_approves_plans", "sponsor_accepts_changes", "pro_bono"})
POINTS: Final[Mapping[str, Mapping[str, str | int]]] = {
    "midway": {"code": "midway", "kind": "interim", "anchor": "middle"},
    "close": {"code": "close", "kind": "final", "anchor": "end"},
    "lasting": {"code": "lasting", "kind": "follow_up", "anchor": "end", "offset_days": 90},
}
"""The evaluations that the form offers to promise; over HTTP there may be others."""
SEVERAL: Final = frozenset({"sponsor_ids", "required_assessments", "evaluation_points"})


def command_of(commands: Mapping[str, type[Command]], form: FormMultiDict, **known: str) -> Command:
    """A field that was left open is left out. Raises `Unreadable`."""
    command = asked_for(str(form.get("what", "")), commands)
    body: dict[str, Any] = {name: value(name, text) for name, text in filled(form).items() if name != "what"}
    for name in SEVERAL & body.keys():
        body[name] = [str(one) for one in form.getall(name)]
    if command is DefineProgram:
        body["sponsored"] = bool(body.get("sponsor_ids"))
        body["evaluation_points"] = [POINTS.get(one, one) for one in body.get("evaluation_points", ())]
        body["outcomes"] = lines_of(str(form.get("outcomes", "")))
    return decode(command, msgspec.json.encode(body | known))


def value(name: str, text: str) -> str | int | bool:
    return number(name, text) if name in NUMBERS else text == "yes" if name in BOXES else text


def forms_for(look: Look, program: ProgramAnswer) -> frozenset[str]:
    """What the reader may do here now."""
    found = allowed(look.actor, COMMANDS, facts_of(look.reading, program.id))
    match program.stage:
        case "defined":
            ready = {"open"} if program.pool else set()
            return found & {"pool", "limit", "unpool", *ready}
        case "open":
            full = {"enrol"} if len(program.enrolled or ()) >= program.capacity else set()
            return found - {"open", *full}
        case "closed":
            return frozenset()
