"""What each command is: who may, which events can follow, which refusals. Read from the code, so that it cannot be stale."""

from __future__ import annotations

import ast
import inspect
import textwrap
import types
from collections.abc import Iterator
from functools import cache
from typing import Any, Final, get_args, get_type_hints

from msgspec import Struct

from domain.claims import CLAIMS, COACH_SEAT, ENGAGEMENT, EVALUATION, REFUSALS, REMINDER, SESSION_NUMBER
from domain.command import Command
from domain.engagement.commands import (
    CancelEngagement,
    CompleteEngagement,
    EndAfterNotice,
    EndEngagementEarly,
    EndForErasure,
    ReassignCoach,
)
from domain.errors import NotFound, NotPermitted, Refusal, StreamErased, SubjectErased
from domain.errors.organization import OrganizationSuspended
from domain.evaluation.commands import ScheduleProgramPoint
from domain.event import STORED, Event
from domain.nouns import NOUNS
from domain.program.commands import AddCoachToPool, CloseProgram, RemoveCoachFromPool, WithdrawParticipant
from domain.reminder.commands import PlanReminder
from domain.session.commands import ScheduleSession
from infra.eventstore.errors import IdempotencyKeyReused
from services.actor import ROLES
from services.command.table import TABLE, Entry
from services.errors import (
    BodyTooSlow,
    PayloadTooLarge,
    PreconditionFailed,
    ScopeMissing,
    TooManyAttempts,
    TooManyRequests,
    Unauthenticated,
    Unreadable,
    UnsupportedMediaType,
)
from services.permission import table
from services.problems import STATUS, code_of, snake

AT_THE_DOOR: Final[tuple[type[Refusal], ...]] = (
    *(
        Unreadable,
        Unauthenticated,
        NotPermitted,
        ScopeMissing,
        NotFound,
        PreconditionFailed,
        BodyTooSlow,
        PayloadTooLarge,
        UnsupportedMediaType,
    ),
    *(OrganizationSuspended, TooManyAttempts, TooManyRequests, IdempotencyKeyReused, StreamErased, SubjectErased),
)
"""What any command may be refused with before its rules are asked."""

SOUGHT: Final[dict[type[Command], str]] = {
    **dict.fromkeys(
        (CompleteEngagement, EndEngagementEarly, EndAfterNotice, EndForErasure, CancelEngagement, ReassignCoach, ScheduleSession),
        SESSION_NUMBER,
    ),
    **dict.fromkeys((CloseProgram, WithdrawParticipant), ENGAGEMENT),
    **dict.fromkeys((AddCoachToPool, RemoveCoachFromPool), COACH_SEAT),
    ScheduleProgramPoint: EVALUATION,
    PlanReminder: REMINDER,
}
"""The claims that a command takes after looking who has them.

Should somebody take one between that look and the append, the command is tried again, and then its rule knows: it refuses in words of
its own, or finds another way. So nobody is ever refused for such a claim itself.
"""


class CommandCard(Struct, frozen=True, kw_only=True):
    """One command as its users need to know it. `refusals` maps a code to its HTTP status."""

    name: str
    method: str
    path: str
    description: str
    roles: tuple[str, ...]
    events: tuple[str, ...]
    refusals: dict[str, int]
    body: str


@cache
def cards() -> tuple[CommandCard, ...]:
    return tuple(card(entry) for entry in TABLE.values() if entry.offered)


def card(entry: Entry) -> CommandCard:
    name = snake(entry.command.__name__)
    found = reachable(entry)
    events = sorted(STORED[kind].name for kind in found if issubclass(kind, Event) and kind in STORED)
    refusals = {kind for kind in found if issubclass(kind, Refusal) and kind in STATUS} | {*AT_THE_DOOR}
    return CommandCard(
        name=name,
        method="POST",
        path=path_of(entry),
        description=inspect.getdoc(entry.command) or "",
        roles=tuple(role for role in ROLES if role in table.MAY[name]),
        events=tuple(events),
        refusals={code_of(kind): STATUS[kind] for kind in sorted(refusals, key=lambda kind: (STATUS[kind], kind.__name__))},
        body=body_of(path_of(entry)),
    )


def path_of(entry: Entry) -> str:
    """What begins a stream is posted to the plural, everything else to the stream, by the command's name."""
    plural = NOUNS[entry.noun].plural
    return f"/v1/{plural}" if entry.begins else f"/v1/{plural}/{{id}}/{snake(entry.command.__name__).replace('_', '-')}"


def body_of(path: str) -> str:
    """Where the OpenAPI document has the body of what is posted to this path, as a JSON pointer in a URI fragment."""
    return f"/schema/openapi.json#/paths/{path.replace('/', '~1')}/post/requestBody/content/application~1json/schema"


def reachable(entry: Entry) -> set[type]:
    """The events and refusals that a command's rule names, itself or through functions of the domain that it calls."""
    found: set[type] = {*entry.also}
    for things in rule(entry).values():
        found |= {thing for thing in things if isinstance(thing, type) and issubclass(thing, Event | Refusal)}
    own = found.difference(entry.also)  # what follows in other streams claims only what was looked for before
    claims = [claim for event in own if event in CLAIMS for claim in CLAIMS[event]]
    return found | {REFUSALS[claim.kind] for claim in claims if claim.takes and claim.kind != SOUGHT.get(entry.command)}


def rule(entry: Entry) -> dict[types.FunctionType, list[Any]]:
    """The functions of the domain that decide about a command, each with what its names stand for."""
    seen: dict[types.FunctionType, list[Any]] = {}
    decide, asked = NOUNS[entry.noun].decide, held(entry.command)
    waiting: list[Any] = [decide.table[entry.command], type(decide).__call__]
    while waiting:
        function = inspect.unwrap(waiting.pop())
        if function not in seen and function.__module__.startswith("domain."):
            # of a table of functions, one a command, this command's and those of the commands that it holds
            seen[function] = [one for thing in named(function) for one in (of_table(thing, asked) if isinstance(thing, dict) else [thing])]
            waiting += [thing for thing in seen[function] if isinstance(thing, types.FunctionType)]
        if not waiting:
            waiting = [one for one in by_event(seen, entry.also) if one not in seen]
    return seen


def held(command: type[Command]) -> set[type[Command]]:
    """The command, and those that one of its fields may hold."""
    kinds = {part for hint in get_type_hints(command).values() for part in get_args(hint)}
    return {command, *(kind for kind in kinds if isinstance(kind, type) and issubclass(kind, Command))}


def of_table(table: dict[Any, Any], keys: set[type[Command]]) -> list[Any]:
    return [value for key, value in table.items() if key in keys]


def by_event(seen: dict[types.FunctionType, list[Any]], also: tuple[type[Event], ...]) -> Iterator[types.FunctionType]:
    """Of the tables of functions, one an event, those of the events that were named."""
    named_so_far = {thing for things in seen.values() for thing in things if isinstance(thing, type) and issubclass(thing, Event)}
    tables = [thing for function in seen for thing in named(function) if isinstance(thing, dict)]
    events = {*named_so_far, *also}
    return (value for table in tables for key, value in table.items() if key in events and isinstance(value, types.FunctionType))


@cache
def named(function: types.FunctionType) -> tuple[Any, ...]:
    """What a function's names may stand for: globals, and methods of the domain's classes that its module knows."""
    known = [thing for thing in function.__globals__.values() if getattr(thing, "__module__", "").startswith("domain.")]
    classes = [vars(thing) for thing in known if isinstance(thing, type)]
    plain, dotted = names(function)
    found = [
        place[name] for place, said in [(function.__globals__, plain), *((one, dotted) for one in classes)] for name in said & place.keys()
    ]
    return tuple(one.fget if isinstance(one, property) else one for one in found)


def names(function: types.FunctionType) -> tuple[set[str], set[str]]:
    """The names in a function's body, but for those that it only compares patterns with: those that stand alone, and those after a dot."""
    (definition,) = ast.parse(textwrap.dedent(inspect.getsource(function))).body
    assert isinstance(definition, ast.FunctionDef)
    nodes = [node for statement in definition.body for node in ast.walk(statement)]
    compared = {node.cls for node in nodes if isinstance(node, ast.MatchClass)}
    used = [node for node in nodes if node not in compared]
    return {node.id for node in used if isinstance(node, ast.Name)}, {node.attr for node in used if isinstance(node, ast.Attribute)}
