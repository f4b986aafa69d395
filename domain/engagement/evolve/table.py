"""The table that the other files of this package fill."""

from __future__ import annotations

from typing import Final

from domain.decider import Evolve
from domain.engagement.state import EngagementState

evolve: Final[Evolve[EngagementState]] = Evolve()
