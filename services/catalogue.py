"""What each command is: who may, which events can follow, which refusals. Read from the code, so that it cannot be stale."""

from __future__ import annotations

import inspect
import types
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from domain.claims import REFUSALS, claims_kinds
from domain.command import Command
from domain.errors import Refusal
from domain.event import STORED, Event
from domain.nouns import NOUNS
from services import policy
from services.commands import TABLE, Entry
from services.problems import STATUS, code_of, snake


class Card(NamedTuple):
    """One command as its users need to know it."""

    name: str
    method: str
    path: str
    summary: str
    description: str
    roles: tuple[str, ...]
    events: tuple[str, ...]
    refusals: tuple[str, ...]


def reachable(function: Any, places: tuple[Any, ...]) -> set[type]:
    """The events and refusals that a function names, itself or through functions of the domain that it calls.

    `places` are classes whose methods it may call without naming the class, such as the state's.
    """
    found: set[type] = set()
    seen: set[Any] = set()
    waiting = [function]
    while waiting:
        current = inspect.unwrap(waiting.pop())
        if current in seen or not getattr(current, "__module__", "").startswith("domain."):
            continue
        seen.add(current)
        for thing in named(current, places):
            if isinstance(thing, type) and issubclass(thing, Event | Refusal):
                found.add(thing)
            elif isinstance(thing, types.FunctionType):
                waiting.append(thing)
    return found
