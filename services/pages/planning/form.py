"""The forms of a plan's page: what each of them sends, as the command that it stands for.

A field is called as the command calls it, with a dot where one lies in another: `measure.unit`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from zoneinfo import ZoneInfo

import msgspec
from litestar.datastructures import FormMultiDict

from domain.command import Command
from domain.plan.commands import (
    AcceptChange,
    ActivatePlan,
    AdjustMilestone,
    ApprovePlan,
    CommitAction,
    CompleteAction,
    DeclineChange,
    DefineObjective,
    MeasureProgress,
    ProposeChange,
    ProposePlan,
    ReachMilestone,
    RecordBaseline,
    RefineObjective,
    RescheduleAction,
    SetMilestone,
)
from services.entry.body import decode
from services.errors import Fault, Unreadable
from services.pages.booking import instant_of
from services.pages.form import asked_for, filled, number

COMMANDS: Final[Mapping[str, type[Command]]] = {
    "define": DefineObjective,
    "refine": RefineObjective,
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
    "add": ProposeChange,
    "change": ProposeChange,
    "accept": AcceptChange,
    "decline": DeclineChange,
}
CHANGES: Final[Mapping[str, str]] = {"add": "define_objective", "change": "refine_objective"}
"""Forms that propose a change of what was agreed, and the command that would make it."""
DONE: Final = {
    "define": "The objective is in the plan. What still keeps it from being SMART stands with it.",
    "refine": "The objective is changed. What was approved before has to be proposed and approved anew.",
    "baseline": "The baseline is recorded.",
    "milestone": "The milestone is set.",
    "action": "The action is in the plan.",
    "propose": "The plan is proposed. Now client and coach approve it, each for themselves.",
    "approve": "You have approved this version of the plan.",
    "activate": "The plan is in force.",
    "measure": "The value is recorded.",
    "complete": "Noted: it is done.",
    "reschedule": "The action is moved.",
    "reach": "The milestone is reached.",
    "adjust": "The milestone is moved. Where it stood stays to be seen.",
    "add": "The objective is proposed. It is in the plan once the other side accepts it.",
    "change": "The change is proposed. It happens once the other side accepts it.",
    "accept": "You have accepted the change.",
    "decline": "You have declined the change: it will not happen.",
}
"""What a form did, by its name."""
NUMBERS: Final = frozenset({"confidence", "plan_version", "effort_minutes", "refinement.seen"})
BOUNDS: Final = frozenset({"refinement.from", "refinement.to"})
DEEPEST: Final = 3
"""How many dots a field's name has at most: `refinement.to.scope.low`."""
OVERRIDE: Final = "override"
"""The boxes of codes that are let pass: the id of an objective and a code."""
REASON: Final = frozenset({"reason_code", "reason"})


def command_of(form: FormMultiDict, zone: ZoneInfo) -> Command:
    """A field that was left open is left out. Times are by the clock of `zone`. Raises `Unreadable`."""
    what = str(form.get("what", ""))
    command = asked_for(what, COMMANDS)
    sent = {name: text for name, text in filled(form).items() if name not in {"what", OVERRIDE}}
    confides = sent.get("refinement.field") == "confidence"
    body = nested({name: value(name, text, zone, whole=confides and name in BOUNDS) for name, text in sent.items() if is_meant(name, sent)})
    if command is RefineObjective or what == "change":
        from_nothing(body)
    if command is ActivatePlan:
        body = {"overrides": overrides(form, body)}
    if what in CHANGES:
        body = {"change": {"command": CHANGES[what], **without_reason(body)}, **{name: body[name] for name in REASON & body.keys()}}
    return decode(command, msgspec.json.encode(body))


def is_meant(name: str, sent: Mapping[str, str]) -> bool:
    """A measure without a name, and a baseline without a value, are what the form began with."""
    part, _, field = name.rpartition(".")
    for whole, key in (("measure", "name"), ("refinement.to", "name"), ("baseline", "value"), ("refinement.baseline", "value")):
        if part == whole and field != key:
            return f"{whole}.{key}" in sent
    return True


def value(name: str, text: str, zone: ZoneInfo, *, whole: bool) -> str | int:
    if whole or name in NUMBERS:
        return number(name, text)
    return instant_of(text, zone) if name == "occurred_at" else text


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


def from_nothing(body: dict[str, Any]) -> None:
    """What had no value before is refined from nothing, which a form sends as an open field."""
    refinement = body.get("refinement", {})
    if refinement.get("field") in {"target", "due_on", "confidence"}:
        refinement.setdefault("from", None)


def overrides(form: FormMultiDict, body: Mapping[str, Any]) -> list[dict[str, Any]]:
    """One reason stands for all codes that are let pass together."""
    reason = {name: body[name] for name in REASON & body.keys()}
    found = []
    for box in form.getall(OVERRIDE, []):
        objective, _, code = str(box).partition(" ")
        found.append({"objective_id": objective, "code": code, **reason})
    return found


def without_reason(body: Mapping[str, Any]) -> dict[str, Any]:
    return {name: given for name, given in body.items() if name not in REASON}


def place(field: str) -> str:
    """The field of the form that a field of its command comes from."""
    name = field.removeprefix("change/")
    return name.rpartition("/")[2] if name.startswith("overrides/") else name.replace("/", ".")
