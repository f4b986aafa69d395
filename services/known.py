"""That a person whom a command names is somebody of the organization, where no rule of its noun asks it.

Every other command compares whom it names with who holds a role, or with who takes part.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final
from uuid import UUID

from domain.command import Command
from domain.engagement.commands import GrantDisclosureConsent, WithdrawDisclosureConsent
from domain.errors import NotFound
from domain.person.commands import WithdrawListingConsent
from domain.plan.commands import ReviewPlan
from infra.eventstore.reading import Reading

NAMING: Final[dict[type[Command], tuple[str, ...]]] = {
    GrantDisclosureConsent: ("recipient", "person_id"),
    WithdrawDisclosureConsent: ("recipient", "person_id"),
    WithdrawListingConsent: ("coach_id",),
    ReviewPlan: ("participants",),
}
"""Command -> the way to its field that names a person, or several."""


async def require_known(reading: Reading, command: Command) -> None:
    """Raises `NotFound`. Not guarded: who is known once stays known."""
    people = dict(named(command))
    await reading.load(*people.values(), guard=False)
    for pointer, person in people.items():
        if reading.kind(person) != "person":
            raise NotFound("Nobody in this organization has that id.", pointer=pointer)


def named(command: Command) -> Iterator[tuple[str, UUID]]:
    """Each with its place."""
    way = NAMING.get(type(command), ())
    value: Any = command
    for name in way:
        value = getattr(value, name)
    pointer = "/" + "/".join(way)
    if isinstance(value, tuple):
        yield from ((f"{pointer}/{number}", person) for number, person in enumerate(value))
    elif value is not None and value is not command:
        yield pointer, value
