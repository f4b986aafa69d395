"""The forms of a plan's page: what each of them sends, as the command that it stands for.

A field is called as the command calls it, with a dot where one lies in another: `measure.unit`.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from typing import Any, Final
from zoneinfo import ZoneInfo

import msgspec
from litestar.datastructures import FormMultiDict

from domain.command import Command
from domain.plan.commands import (
    AcceptChange,
    ActivatePlan,
    AdjustMilestone,
    AdoptStrategy,
    ApprovePlan,
    CommitAction,
    CompleteAction,
    ConcludeObjective,
    DeclineChange,
    DefineAttainmentScale,
    DefineObjective,
    DropStrategy,
    MeasureProgress,
    ProposeChange,
    ProposePlan,
    ReachMilestone,
    RecordBaseline,
    RefineObjective,
    ReprioritizeObjective,
    RescheduleAction,
    ReviseStrategy,
    SetMilestone,
)
from domain.values import is_same_label
from services.entry.body import decode
from services.errors import Fault, Unreadable
from services.pages.booking import instant_of
from services.pages.form import asked_for, filled, number
from services.pages.words import words
from services.problems import snake

COMMANDS: Final[Mapping[str, type[Command]]] = {
    "define": DefineObjective,
    "refine": RefineObjective,
    "weigh": ReprioritizeObjective,
    "scale": DefineAttainmentScale,
    "adopt": AdoptStrategy,
    "revise": ReviseStrategy,
    "drop": DropStrategy,
    "baseline": RecordBaseline,
    "milestone": SetMilestone,
    "action": CommitAction,
    "propose": ProposePlan,
    "approve": ApprovePlan,
    "activate": ActivatePlan,
    "measure": MeasureProgress,
    "complete": CompleteAction,
    "reschedule": RescheduleAction,
    "reach": ReachMilestone,
    "adjust": AdjustMilestone,
    "conclude": ConcludeObjective,
    "accept": AcceptChange,
    "decline": DeclineChange,
}
CONTENT: Final = frozenset({"define", "refine", "weigh", "scale", "adopt", "revise", "drop"})
"""What is agreed in a plan. Once it is, each of them is proposed as a change."""
PROPOSED: Final = "proposed"
"""The hidden field by which a form of these says so."""
DONE: Final = {
    "define": "The objective is in the plan. What still keeps it from being SMART stands with it.",
    "refine": "The objective is changed. What was approved before has to be proposed and approved anew.",
    "weigh": "The weight of the objective is changed.",
    "scale": "The five levels are in the plan: by them the objective is judged.",
    "adopt": "The strategy is in the plan.",
    "revise": "The strategy goes on as you said.",
    "drop": "The strategy is given up.",
    PROPOSED: "The change is proposed. It happens once the other side accepts it.",
    "baseline": "The baseline is recorded.",
    "milestone": "The milestone is set.",
    "action": "The action is in the plan.",
    "propose": "The plan is proposed. Now every party approves it, each for themselves.",
    "approve": "You have approved this version of the plan.",
    "activate": "The plan is in force.",
    "measure": "The value is recorded.",
    "complete": "Noted: it is done.",
    "reschedule": "The action is moved.",
    "reach": "The milestone is reached.",
    "adjust": "The milestone is moved. Where it stood stays to be seen.",
    "conclude": "The judgement is recorded. A coach’s holds once the client has judged, too.",
    "accept": "You have accepted the change.",
    "decline": "You have declined the change: it will not happen.",
}
"""What a form did, by its name."""
NUMBERS: Final = frozenset(
    {"confidence", "plan_version", "effort_minutes", "refinement.seen", "seen", "importance", "difficulty", "client_fit"}
)
BOUNDS: Final = frozenset({"refinement.from", "refinement.to"})
WEIGHTS: Final = frozenset({"from", "to"})
SIGNED: Final = frozenset({"level", "baseline_level"})
LEVELS: Final = (-2, -1, 0, 1, 2)
"""Those of an attainment scale, in the order in which the form asks for them."""
SEVERAL: Final = "objective_ids"
DEEPEST: Final = 3
"""How many dots a field's name has at most: `refinement.to.scope.low`."""
OVERRIDE: Final = "override"
"""The boxes of codes that are let pass: the id of an objective and a code."""
UNITS: Final = ("count", "percent", "days", "hours", "minutes", "points", "eur")
SOURCES: Final = ("own_log", "self_assessment", "calendar", "survey", "interview", "coach", "sponsor", "business_figure")
LABELS: Final[Mapping[str, Sequence[str]]] = {"unit": UNITS, "source": SOURCES}
"""What a form offers for a field, in the words of the page; whoever fills it in may write words of their own."""
REASON: Final = frozenset({"reason_code", "reason"})


def command_of(form: FormMultiDict, zone: ZoneInfo) -> Command:
    """A field that was left open is left out. Times are by the clock of `zone`. Raises `Unreadable`."""
    what = str(form.get("what", ""))
    command = asked_for(what, COMMANDS)
    sent = {name: text for name, text in filled(form).items() if name not in {"what", OVERRIDE, PROPOSED, SEVERAL}}
    whole = NUMBERS | (WEIGHTS if what == "weigh" else BOUNDS if sent.get("refinement.field") == "confidence" else frozenset())
    body = nested({name: value(name, text, zone, whole) for name, text in sent.items() if is_meant(name, sent)})
    if command is RefineObjective:
        from_nothing(body)
    elif command is ActivatePlan:
        body = {"overrides": overrides(form, body)}
    elif command is DefineAttainmentScale:
        body["levels"] = levels(part_of(body, "text"), part_of(body, "anchor"))
    elif command in (AdoptStrategy, ReviseStrategy):
        body[SEVERAL] = [str(one) for one in form.getall(SEVERAL, [])]
    if PROPOSED in form and what in CONTENT:
        because = {name: body.pop(name) for name in REASON & body.keys()}
        command, body = ProposeChange, {"change": {"command": snake(command.__name__), **body}, **because}
    return decode(command, msgspec.json.encode(body))


def is_meant(name: str, sent: Mapping[str, str]) -> bool:
    """A measure without a name, and a baseline without a value, are what the form began with."""
    part, _, field = name.rpartition(".")
    for whole, key in (("measure", "name"), ("refinement.to", "name"), ("baseline", "value"), ("refinement.baseline", "value")):
        if part == whole and field != key:
            return f"{whole}.{key}" in sent
    return True


def value(name: str, text: str, zone: ZoneInfo, whole: Container[str]) -> str | int:
    if name in SIGNED:
        return -number(name, text[1:]) if text.startswith("-") else number(name, text)
    if name in whole:
        return number(name, text)
    if name == "occurred_at":
        return instant_of(text, zone)
    known = LABELS.get(name.rpartition(".")[2], ())  # a code is none of the words in any language, and stays
    return next((code for code in known if is_same_label(words(code), text)), text)


def nested(sent: Mapping[str, str | int]) -> dict[str, Any]:
    """`measure.unit` as the field `unit` of `measure`. Raises `Unreadable` where a field is both a value and a part with fields."""
    body: dict[str, Any] = {}
    for name, given in sent.items():
        *parts, last = name.split(".", DEEPEST)
        inner = body
        for part in parts:
            inner = inner.setdefault(part, {})
            if not isinstance(inner, dict):
                raise Unreadable([Fault(f"/{name}", "invalid", "This field is given twice.")])
        inner[last] = given
    return body


def part_of(body: dict[str, Any], name: str) -> dict[str, Any]:
    """Takes out what has fields of its own. Raises `Unreadable` where it is a value."""
    part = body.pop(name, {})
    if not isinstance(part, dict):
        raise Unreadable([Fault(f"/{name}", "invalid", "This field has parts: send each of them.")])
    return part


def from_nothing(body: dict[str, Any]) -> None:
    """What had no value before is refined from nothing, which a form sends as an open field."""
    refinement = part_of(body, "refinement")
    if refinement.get("field") in ("target", "due_on", "confidence"):
        refinement.setdefault("from", None)
    if refinement:
        body["refinement"] = refinement


def overrides(form: FormMultiDict, body: Mapping[str, Any]) -> list[dict[str, Any]]:
    """One reason stands for all codes that are let pass together."""
    reason = {name: body[name] for name in REASON & body.keys()}
    found = []
    for box in form.getall(OVERRIDE, []):
        objective, _, code = str(box).partition(" ")
        found.append({"objective_id": objective, "code": code, **reason})
    return found


def levels(texts: Mapping[str, str], anchors: Mapping[str, str]) -> list[dict[str, Any]]:
    return [{"level": one, "text": texts.get(str(one), ""), "anchor": anchors.get(str(one))} for one in LEVELS]


def place(field: str) -> str:
    """The field of the form that a field of its command comes from."""
    match field.removeprefix("change/").split("/"):
        case ["overrides", *_, last]:
            return last
        case ["levels", at, part]:
            return f"{part}.{LEVELS[int(at)]}"
        case [several, _] if several == SEVERAL:
            return several
        case parts:
            return ".".join(parts)
