"""That what a command names is there: the version that it has seen, whichever command it is, and a person whom no rule of its noun asks for.

Every other command compares whom it names with who holds a role, or with who takes part.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final
from uuid import UUID

from msgspec import Struct

from domain.command import Command
from domain.engagement.commands import GrantDisclosureConsent, WithdrawDisclosureConsent
from domain.errors import NotFound
from domain.person.commands import WithdrawListingConsent
from domain.plan.commands import ReviewPlan
from infra.eventstore.reading import Reading
from services.errors import Fault, Unreadable

SEEN: Final = "seen"
AHEAD: Final = "Nothing is as new as that here: send the version that you read."
NAMING: Final[dict[type[Command], tuple[str, ...]]] = {
    GrantDisclosureConsent: ("recipient", "person_id"),
    WithdrawDisclosureConsent: ("recipient", "person_id"),
    WithdrawListingConsent: ("coach_id",),
    ReviewPlan: ("participants",),
}
"""Command -> the way to its field that names a person, or several."""


def require_seen(command: Struct, version: int) -> None:
    """Raises `Unreadable` for a version that is still to come: by its time somebody may have changed what it would then replace unseen."""
    if faults := [Fault(pointer, "invalid", AHEAD) for pointer, seen in seen_by(command, "") if seen > version]:
        raise Unreadable(faults)


def seen_by(value: Any, pointer: str) -> Iterator[tuple[str, int]]:
    """Every `seen` of a command and of the bodies in it, with its place."""
    if isinstance(value, Struct):
        for name, sent_as in zip(value.__struct_fields__, value.__struct_encode_fields__, strict=True):
            inner = getattr(value, name)
            if name == SEEN:
                yield f"{pointer}/{SEEN}", inner
            else:
                yield from seen_by(inner, f"{pointer}/{sent_as}")
    elif isinstance(value, tuple):
        for number, inner in enumerate(value):
            yield from seen_by(inner, f"{pointer}/{number}")


async def require_known(reading: Reading, command: Command) -> None:
    """Raises `NotFound`. Not guarded: who is known once stays known."""
    people = dict(named(command))
    await reading.load(*people.values(), guard=False)
    for pointer, person in people.items():
        if reading.kind(person) != "person":
            raise NotFound("Nobody in this organization has that id.", pointer=pointer)


def named(command: Command) -> Iterator[tuple[str, UUID]]:
    """Each person that no rule asks for, with the place of their id."""
    way = NAMING.get(type(command))
    if way is None:
        return
    value: Any = command
    for name in way:
        value = getattr(value, name)
    pointer = "/" + "/".join(way)
    if isinstance(value, tuple):
        yield from ((f"{pointer}/{number}", person) for number, person in enumerate(value))
    elif value is not None:
        yield pointer, value
