"""What was seen during a run: which events were appended, what was answered, what rules refused, and in which test."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final, Literal, NamedTuple, TypeAlias

from httpx import Response

from domain.command import Command
from domain.errors import Refusal
from services.command.table import TABLE
from services.contract.catalogue import path_of
from services.problems import code_of, snake
from tests.database import Database, ask

Where: TypeAlias = Literal["log", "http", "rule"]

COMMANDS: Final = {path_of(entry): snake(entry.command.__name__) for entry in TABLE.values() if entry.offered}
RECORDED: Final = "SELECT type, min(recorded_at) FROM es.event GROUP BY tenant_id, type"


class Seen(NamedTuple):
    """`subject` is a command, or of the log an event; `code` the refusal, empty where something was done."""

    where: Where
    subject: str
    code: str


class Witness:
    """Remembers the first test that showed each thing. One test runs at a time, so what PostgreSQL recorded meanwhile is its own."""

    def __init__(self) -> None:
        self.shown: dict[Seen, str] = {}
        self.begun: list[datetime] = []
        self.tests: list[str] = []

    def begin(self, test: str) -> None:
        self.begun.append(datetime.now(UTC))
        self.tests.append(test)

    def note(self, seen: Seen, test: str | None = None) -> None:
        self.shown.setdefault(seen, test or self.tests[-1])

    def refused(self, command: Command, refusal: Refusal) -> None:
        """The rule itself said no."""
        self.note(Seen("rule", snake(type(command).__name__), code_of(type(refusal))))

    async def answered(self, response: Response) -> None:
        """A hook of an HTTP client: notes what a command was answered with."""
        name = COMMANDS.get(shape(response.request.url.path))
        if response.request.method == "POST" and name is not None:
            await response.aread()
            is_problem = response.headers.get("Content-Type", "").startswith("application/problem+json")
            self.note(Seen("http", name, response.json()["code"] if is_problem else ""))

    def read(self, database: Database) -> None:
        """What stands in a database's log, each with the test in whose time it was recorded."""
        for kind, at in ask(database.dsn("admin"), RECORDED):
            place = bisect(self.begun, at)
            if place:  # a database is of this run
                self.note(Seen("log", kind, ""), self.tests[place - 1])

    def told(self) -> list[list[str]]:
        """All of it, to be sent from one process to another."""
        return [[*seen, test] for seen, test in self.shown.items()]

    def learn(self, told: Iterable[list[str]]) -> None:
        for where, subject, code, test in told:
            self.note(Seen(where, subject, code), test)  # type: ignore[arg-type]


def shape(path: str) -> str:
    """A command's address, the id in it left open."""
    parts = path.split("/")
    return "/".join([*parts[:3], "{id}", *parts[4:]]) if len(parts) == 5 else path


WITNESS: Final = Witness()
