"""One item of a batch as an attempt, and what is kept of it for a repetition of the request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from uuid_utils.compat import uuid7

from domain.errors import Refusal
from domain.plan.smart.verdict import Unmet
from infra.eventstore.errors import LogAltered
from infra.eventstore.reading import Reading
from infra.eventstore.store import Intent
from infra.eventstore.trial import Outcome
from services.actor import Actor
from services.answers import plain
from services.bulk.reading import Line
from services.command.execution import Attempt, Result
from services.command.identity import IDS, Ids
from services.directory import Directory
from services.errors import LogUnreadable, NothingMade
from services.problems import STATUS, code_of, detail_of


class Made(NamedTuple):
    """What an item makes. `is_begun`: it is a stream of its own, of which the log can tell whether it is there."""

    id: UUID
    is_begun: bool


class Kept(msgspec.Struct, frozen=True, kw_only=True, tag="done"):
    """An item that was done. `after` are the events of the same append that follow its own, so its position needs no place."""

    id: UUID
    item_id: UUID | None
    version: int
    after: int
    warnings: tuple[Unmet, ...] = ()


class KeptRefusal(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag="refused"):
    """An item that was refused. `detail` is a sentence of ours, `facts` are ids, dates, numbers and codes: no text of anybody's."""

    code: str
    status: int
    detail: str
    pointer: str
    facts: dict[str, Any] = {}


class ItemAttempt(Attempt):
    """An item as an attempt, in the light of what earlier items make."""

    def __init__(self, line: Line, actor: Actor, now: datetime, directory: Directory, made: Mapping[str, Made], correlation: UUID) -> None:
        known = {label: one.id for label, one in made.items()}
        ids = Ids(lambda place: correlation if place == IDS - 1 else uuid7())
        super().__init__(actor, line.command(known), line.target(known), line.item.if_version, now, directory, ids)
        self.line = line
        self.needed = [made[label].id for label in line.references if made[label].is_begun]

    @property
    def made(self) -> Made:
        """What it makes, if it does: under the first of its ids."""
        return Made(self.ids[0], self.entry.begins)

    def streams(self) -> Sequence[UUID]:
        return [*super().streams(), *self.needed]

    async def decide(self, reading: Reading) -> Intent:
        """Raises a `Refusal`, whose pointer leads into the whole request."""
        try:
            if not all(reading.exists(stream) for stream in self.needed):
                raise NothingMade
            return await super().decide(reading)
        except LogAltered as error:
            raise LogUnreadable.of(error) from error


def kept_of(lines: Sequence[Line], actor: Actor, outcomes: Sequence[Outcome]) -> list[Kept | KeptRefusal]:
    """What is kept of items that went into one append."""
    total = sum(outcome.events for outcome in outcomes)
    found: list[Kept | KeptRefusal] = []
    for line, outcome in zip(lines, outcomes, strict=True):
        total -= outcome.events
        if outcome.refusal is not None:
            found.append(kept_refusal(line, actor, outcome.refusal))
        else:
            result = msgspec.json.decode(outcome.result, type=Result)
            found.append(Kept(id=result.id, item_id=result.item_id, version=result.version, after=total, warnings=result.warnings))
    return found


def kept_refusal(line: Line, actor: Actor, refusal: Refusal) -> KeptRefusal:
    kind = type(refusal)
    return KeptRefusal(
        code=code_of(kind),
        status=STATUS[kind],
        detail=detail_of(refusal),
        pointer=pointer_of(line, refusal),
        facts={} if actor.outsider else msgspec.json.decode(msgspec.json.encode(refusal.facts, enc_hook=plain)),
    )


def pointer_of(line: Line, refusal: Refusal) -> str:
    """Of the field at fault, where the refusal names one, else of the item."""
    return line.place if refusal.pointer is None else f"{line.place}/body{refusal.pointer}"
