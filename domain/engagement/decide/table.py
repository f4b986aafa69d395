"""The table that the other files of this package fill."""

from __future__ import annotations

from typing import Final

from domain.decider import Decide
from domain.engagement.context import EngagementContext
from domain.engagement.state import EngagementState

decide: Final[Decide[EngagementState, EngagementContext]] = Decide()
