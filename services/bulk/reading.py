"""From the bytes of a batch to its commands: each decoded as by its own route, with pointers into the whole request."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple
from uuid import UUID

import msgspec

from domain.command import Command
from domain.values import NIL
from services.actor import Actor
from services.bulk.form import Batch, BatchItem, MadeBy, Mode
from services.command.table import TABLE, Entry
from services.entry.body import MOST_FAULTS, decode
from services.errors import Fault, Unreadable
from services.problems import snake

OFFERED: Final[Mapping[str, Entry]] = {snake(entry.command.__name__): entry for entry in TABLE.values() if entry.offered}
REFERENCE: Final = re.compile(rb'\{\s*"made_by"\s*:\s*"([A-Za-z0-9_.:-]{1,64})"\s*\}')
"""In JSON a brace and a quotation mark stand side by side only where an object begins, so no text is taken for one."""


class Body(msgspec.Struct, frozen=True):
    body: msgspec.Raw


class Bodies(msgspec.Struct, frozen=True):
    """The items' bodies as they were sent: numbers keep their digits."""

    items: tuple[Body, ...]


class Line(NamedTuple):
    """One item: where it stands in the batch, and its body as it was sent. `refusal`: it cannot be read."""

    number: int
    item: BatchItem
    entry: Entry
    body: bytes
    refusal: Unreadable | None = None

    @property
    def place(self) -> str:
        return f"/items/{self.number}"

    @property
    def references(self) -> list[str]:
        """The labels of the items that it refers to."""
        of_target = [self.item.target.made_by] if isinstance(self.item.target, MadeBy) else []
        return [*of_target, *(label.decode() for label in REFERENCE.findall(self.body))]

    def command(self, made: Mapping[str, UUID]) -> Command:
        """Raises `Unreadable`."""
        try:
            return decode(self.entry.command, REFERENCE.sub(lambda found: b'"%s"' % str(made[found[1].decode()]).encode(), self.body))
        except Unreadable as error:
            raise Unreadable([fault._replace(pointer=f"{self.place}/body{fault.pointer}") for fault in error.faults]) from None

    def target(self, made: Mapping[str, UUID]) -> UUID | None:
        target = self.item.target
        return made[target.made_by] if isinstance(target, MadeBy) else target


class Sent(NamedTuple):
    """A batch that was read: every item is a command that there is, and refers to earlier ones only."""

    mode: Mode
    lines: Sequence[Line]


def read_batch(actor: Actor, body: bytes) -> Sent:
    """Raises `Unreadable` with every fault of the batch and of the items' bodies.

    In mode `each` a body that cannot be read refuses its item alone, unless the batch is refused for something else.
    """
    form = decode(Batch, body)
    bodies = msgspec.json.decode(body, type=Bodies).items
    pairs = enumerate(zip(form.items, bodies, strict=True))
    lines = [
        readable(Line(number, item, OFFERED[item.command], bytes(sent.body))) for number, (item, sent) in pairs if item.command in OFFERED
    ]
    found = [*form_faults(actor, form.items), *reference_faults(form.items, lines)]
    if found or form.mode == "all":
        found += [fault for line in lines if line.refusal is not None for fault in line.refusal.faults]
    if found:
        raise Unreadable(found[:MOST_FAULTS])
    return Sent(form.mode, lines)


def readable(line: Line) -> Line:
    """The line, with the refusal of a body that its command does not take, whatever it refers to."""
    try:
        line.command(dict.fromkeys(line.references, NIL))
    except Unreadable as refusal:
        return line._replace(refusal=refusal)
    return line


def form_faults(actor: Actor, items: Sequence[BatchItem]) -> Iterator[Fault]:
    """What is wrong with an item whatever stands in its body."""
    labels: set[str] = set()
    for number, item in enumerate(items):
        at, entry = f"/items/{number}", OFFERED.get(item.command)
        if entry is None:
            yield Fault(f"{at}/command", "unknown_command", "There is no such command: see GET /v1/commands.")
        elif entry.begins and item.target is not None:
            yield Fault(f"{at}/target", "unknown_field", "This command begins something new: leave the target out.")
        elif not entry.begins and item.target is None:
            yield Fault(f"{at}/target", "required", "This command is about something that exists: give its id.")
        if item.id in labels:
            yield Fault(f"{at}/id", "duplicate", "An earlier item has this id: give each its own.")
        if item.if_version is not None and actor.outsider:
            yield Fault(f"{at}/if_version", "invalid", "Your role is told no versions: leave it out.")
        labels |= {item.id} if item.id is not None else set()


def reference_faults(items: Sequence[BatchItem], lines: Sequence[Line]) -> Iterator[Fault]:
    """References to items that are not there, or come later."""
    numbers = {item.id: number for number, item in reversed([*enumerate(items)])}
    for line in lines:
        for label in line.references:
            if numbers.get(label, line.number) >= line.number:
                yield Fault(line.place, "unknown_reference", f"No earlier item has the id {label}.")
