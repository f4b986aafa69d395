"""One attempt of one command: what was read for it, and what every noun's context shares."""

from __future__ import annotations

from typing import Any, NamedTuple, TypeVar
from uuid import UUID

import msgspec

from domain.command import Command
from domain.context import Context
from infra.eventstore.reading import Reading
from services.actor import Actor
from services.directory import Directory

X = TypeVar("X", bound=Context)


class Call(NamedTuple):
    """What a handler may use. `target` is the stream that the command is about; a new one, when it begins a stream.

    `entailed`: the command follows from another one, in the same append.
    """

    reading: Reading
    actor: Actor
    command: Command
    target: UUID
    shared: Context
    directory: Directory
    entailed: bool = False

    def context(self, kind: type[X], **more: Any) -> X:
        """A noun's own context: what all share, and `more`."""
        return kind(**msgspec.structs.asdict(self.shared), **more)
