"""G6: an event encoded, decoded and folded: ours beside the library's defaults, and what a personal value costs on top."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from time import perf_counter
from typing import Any, Final
from uuid import UUID

from eventsourcing.application import Application, project_aggregate

from domain.event import STORED, Event, Recorded
from domain.nouns import NOUNS
from domain.values import OfClient, Personal
from infra.eventstore import codec
from infra.eventstore.sealing import Place, SubjectKey, open_sealed, seal
from tests.bench.library import Plan, coached
from tests.bench.row import Goal, Group, Measure, Pair, Round, Row
from tests.bench.stage import Stage
from tests.infra.plan_told import told
from tests.infra.told import actors, new_id

EVENTS: Final = 200
AT: Final = datetime(2026, 1, 5, tzinfo=UTC)
WORDS: Final = OfClient("I want to be heard, in eight of ten meetings at the least.")
ROWS: Final = (
    Row("G6 encode", "an event encoded : by the library", "us", Goal("<=", 0.05)),
    Row("G6 decode", "an event decoded : by the library", "us", Goal("<=", 0.10)),
    Row("G6 fold", "an event folded : by the library", "us", Goal("<=", 0.03)),
    Row("G6 seal", "a personal value sealed", "us"),
    Row("G6 open", "a personal value opened", "us"),
)


class Ours:
    """A plan's events as objects, as stored bytes, and as a fold gets them; their words are sealed already."""

    def __init__(self) -> None:
        plan, engaged, client = new_id(), new_id(), new_id()
        self.place, self.key = Place(new_id(), plan, engaged), SubjectKey(client, 1, bytes(32))
        words = told(plan, engaged, client, measurements=EVENTS - 8)
        self.stored = [(*STORED[type(event)], codec.encode(event, self.seal)) for event in words]
        self.events = self.decode()
        self.sealed = self.seal(WORDS)
        self.recorded = [
            recorded(event, version, one[2]) for version, (event, one) in enumerate(zip(self.events, self.stored, strict=True))
        ]

    def seal(self, value: Personal[Any]) -> str:
        return seal(value.plain(), self.key, self.place)

    def open(self) -> Any:
        return open_sealed(self.sealed, self.key.key, self.place)

    def encode(self) -> list[bytes]:
        return [codec.encode(event, self.seal) for event in self.events]

    def decode(self) -> list[Event]:
        return [codec.decode(*one) for one in self.stored]

    def fold(self) -> Any:
        noun = NOUNS["plan"]
        state = noun.initial
        for one in self.recorded:
            state = noun.evolve(state, one)
        return state


def recorded(event: Event, version: int, payload: bytes) -> Recorded[Event]:
    return Recorded(event, *STORED[type(event)], version + 1, AT, actors(new_id()), hashlib.sha256(payload).digest())


class Theirs:
    """The same by the library's mapper with its default transcoder."""

    def __init__(self, application: Application[UUID]) -> None:
        self.mapper = application.mapper
        self.events: list[Any] = []
        coached(EVENTS, lambda plan: self.events.extend(plan.collect_events()))
        self.stored = self.encode()

    def encode(self) -> list[Any]:
        return [self.mapper.to_stored_event(event) for event in self.events]

    def decode(self) -> list[Any]:
        return [self.mapper.to_domain_event(one) for one in self.stored]

    def fold(self) -> Plan | None:
        return project_aggregate(None, self.events)


def microseconds(do: Callable[[], object], times: int, seconds: float) -> float:
    """How long one of the things takes that `do` does so many times: the least of as many tries as the time allows."""
    least, began = float("inf"), perf_counter()
    while least == float("inf") or perf_counter() - began < seconds:
        before = perf_counter()
        do()
        least = min(least, perf_counter() - before)
    return least / times * 1_000_000


@asynccontextmanager
async def coded(stage: Stage) -> AsyncIterator[Measure]:
    with Application[UUID]() as application:
        ours, theirs, seconds = Ours(), Theirs(application), stage.size.seconds / 4

        async def measure() -> Round:
            def pair(mine: Callable[[], object], other: Callable[[], object]) -> Pair:
                return Pair(microseconds(mine, EVENTS, seconds), microseconds(other, EVENTS, seconds))

            return {
                "G6 encode": pair(ours.encode, theirs.encode),
                "G6 decode": pair(ours.decode, theirs.decode),
                "G6 fold": pair(ours.fold, theirs.fold),
                "G6 seal": Pair(microseconds(lambda: ours.seal(WORDS), 1, seconds)),
                "G6 open": Pair(microseconds(ours.open, 1, seconds)),
            }

        yield measure


CODE: Final = Group("code", ROWS, coded)
