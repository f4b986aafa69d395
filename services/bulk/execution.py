"""A batch through the house: so many commands an append, each decided on what those before it made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple
from uuid import UUID

import msgspec
from uuid_utils.compat import uuid7

from domain.errors import Refusal
from infra.eventstore.errors import Unavailable
from infra.eventstore.store import Done
from infra.eventstore.trial import Outcome
from services.actor import Actor
from services.bulk.attempt import ItemAttempt, Kept, KeptRefusal, Made, kept_of, kept_refusal, pointer_of
from services.bulk.reading import Line, Sent
from services.command.execution import Commands, Once
from services.errors import NothingMade

AN_APPEND: Final = 50
"""Items of one append in mode `each`. It holds the organization's lock for some milliseconds, and others get it in between."""


class Told(NamedTuple):
    """What came of an item: what it did and up to which position, or why it was refused or postponed."""

    line: Line
    outcome: Kept | KeptRefusal | Unavailable
    position: int = 0


class Ran(NamedTuple):
    """What came of each item, in order. `replayed`: all of it was done by an earlier request."""

    told: Sequence[Told]
    replayed: bool


class Run:
    """One batch on its way. `made` is what the items make that others refer to, by their labels."""

    def __init__(self, commands: Commands, actor: Actor, sent: Sent, once: Once | None) -> None:
        self.commands = commands
        self.actor = actor
        self.sent = sent
        self.once = once
        self.correlation = uuid7()
        self.made: dict[str, Made] = {}
        self.told: dict[int, Told] = {}
        self.replayed = True

    async def run(self) -> Ran:
        """Raises what refuses the whole batch, or `Unavailable` while nothing was done."""
        size = AN_APPEND if self.sent.mode == "each" else len(self.sent.lines)
        for first in range(0, len(self.sent.lines), size):
            lines = self.sent.lines[first : first + size]
            try:
                await self.append(lines, self.key_of(first // size))
            except Unavailable as error:
                if first == 0:
                    raise
                self.told |= {line.number: Told(line, error) for line in self.sent.lines[first:]}
                self.replayed = False
                break
        return Ran([self.told[line.number] for line in self.sent.lines], self.replayed)

    def key_of(self, number: int) -> Once | None:
        """What gives each append one effect. Keys hold no spaces, so the second append's key is nobody's; the first one's is the
        request's own: with another request it is known again."""
        return self.once._replace(key=f"{self.once.key} {number}") if self.once and number else self.once

    async def append(self, lines: Sequence[Line], once: Once | None) -> None:
        commands, actor, now = self.commands, self.actor, self.commands.clock()
        key = await commands.store.command_key(actor.tenant, actor.principal, *once) if once else None
        attempts: list[ItemAttempt] = []
        for line in lines:
            if refusal := self.refused_before(line):
                self.tell(line, kept_refusal(line, actor, refusal), 0)
                continue
            attempts.append(ItemAttempt(line, actor, now, commands.directory, self.made, self.correlation))
            if line.item.id is not None:
                self.made[line.item.id] = attempts[-1].made
        if not attempts:
            return
        tried = [attempt.line for attempt in attempts]
        streams = list(dict.fromkeys(stream for attempt in attempts for stream in attempt.streams()))
        decisions = [attempt.decide for attempt in attempts]
        done = await commands.store.execute_each(actor.tenant, streams, decisions, lambda outcomes: self.summary(tried, outcomes), key=key)
        commands.appended()
        self.take(tried, done)

    def refused_before(self, line: Line) -> Refusal | None:
        """Why an item is not even tried: it cannot be read, or refers to one of which nothing came."""
        if line.refusal is not None:
            return line.refusal
        return None if all(label in self.made for label in line.references) else NothingMade()

    def summary(self, lines: Sequence[Line], outcomes: Sequence[Outcome]) -> bytes:
        """What is kept. Raises, in mode `all`, the first refusal there is: it names the item, and nothing is appended."""
        if self.sent.mode == "all":
            for line, outcome in zip(lines, outcomes, strict=True):
                if outcome.refusal is not None:
                    outcome.refusal.pointer = pointer_of(line, outcome.refusal)
                    outcome.refusal.facts = {} if self.actor.outsider else outcome.refusal.facts
                    raise outcome.refusal
        return msgspec.json.encode(kept_of(lines, self.actor, outcomes))

    def take(self, lines: Sequence[Line], done: Done) -> None:
        """What came of an append, now or when the same request was sent before: then what it made has other ids."""
        self.replayed = self.replayed and done.replayed
        for line, kept in zip(lines, msgspec.json.decode(done.result, type=list[Kept | KeptRefusal]), strict=True):
            self.tell(line, kept, done.position)

    def tell(self, line: Line, outcome: Kept | KeptRefusal, position: int) -> None:
        if isinstance(outcome, KeptRefusal):
            self.told[line.number] = Told(line, outcome)
            made: UUID | None = None
        else:
            self.told[line.number] = Told(line, outcome, position - outcome.after)
            made = outcome.id if line.entry.begins else outcome.item_id
        if line.item.id is not None:
            self.made.pop(line.item.id, None)
            if made is not None:
                self.made[line.item.id] = Made(made, line.entry.begins)
