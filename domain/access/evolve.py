"""How each event changes it."""

from __future__ import annotations

from typing import Final

from domain.access.events import RecordAccessed
from domain.access.state import AccessState
from domain.decider import Evolve
from domain.event import Recorded

evolve: Final[Evolve[AccessState]] = Evolve()


@evolve.on(RecordAccessed)
def accessed(state: AccessState, recorded: Recorded[RecordAccessed]) -> AccessState:
    return AccessState(readings=state.readings + 1)
