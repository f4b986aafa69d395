"""What happens to one stream: told in any order, written in the order of its days."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from uuid import UUID

from domain.command import Command
from domain.glossary import Role
from domain.values import NIL
from services.actor import OPERATOR, WORKER, Actor
from services.command.batch import Batch, Row, named_id

MORNING = time(7)  # UTC; a day's rows follow each other by minutes, so that all of them lie on the same day anywhere in Europe


class Person(NamedTuple):
    """Somebody in the history, the how manieth of them, and the role in which they act."""

    id: UUID
    number: int
    name: str
    role: Role


class Told(NamedTuple):
    """A command that somebody gives on a day, and the id of what it makes."""

    day: date
    who: Actor
    command: Command
    id: UUID


class Script:
    """All that happens to one stream. What is told first begins it; `name` is its own in the history."""

    def __init__(self, tenant: UUID, name: str, begins: date, stream: UUID | None = None) -> None:
        self.tenant = tenant
        self.name = name
        self.stream = stream or named_id(morning(begins), f"{tenant} {name}")
        self.told: list[Told] = []

    def on(self, day: date, who: Person | Actor, command: Command) -> UUID:
        """Somebody gives a command on that day. Returns the id of what it makes, if it makes something."""
        actor = Actor(self.tenant, who.id, who.role, who.id, "import") if isinstance(who, Person) else who
        number = len(self.told)
        at = morning(day) + timedelta(milliseconds=number)  # so that ids of one day sort as they were made
        made = named_id(at, f"{self.tenant} {self.name} {number}") if number else self.stream
        self.told.append(Told(day, actor, command, made))
        return made

    def batch(self, until: date) -> Batch:
        """The rows of the days before `until`."""
        rows: list[Row] = []
        for number, told in enumerate(sorted((told for told in self.told if told.day < until), key=lambda told: told.day), start=1):
            since = (rows[-1].at + timedelta(minutes=1)) if rows else morning(told.day)
            place = f"{self.name}, row {number}, {type(told.command).__name__}"
            rows.append(Row(told.who, told.command, max(since, morning(told.day)), told.id, place))
        return Batch(self.tenant, self.stream, self.tenant, self.name, rows)


def morning(day: date) -> datetime:
    return datetime.combine(day, MORNING, UTC)


def operator(tenant: UUID) -> Actor:
    """Who enters the first people."""
    return Actor(tenant, NIL, OPERATOR, NIL, "import")


def worker(tenant: UUID) -> Actor:
    """The workers, as they would have acted then."""
    return Actor(tenant, NIL, WORKER, NIL, "import")
