"""What is noted of an access: everything."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec.structs import asdict

from domain.access.commands import AccessRecord
from domain.access.context import AccessContext
from domain.access.events import RecordAccessed
from domain.access.state import AccessState
from domain.decider import Decide
from domain.event import Event

decide: Final[Decide[AccessState, AccessContext]] = Decide()


@decide.on(AccessRecord)
def record(state: AccessState, command: AccessRecord, context: AccessContext) -> Sequence[Event]:
    return tuple(RecordAccessed(**asdict(reading)) for reading in command.readings)
