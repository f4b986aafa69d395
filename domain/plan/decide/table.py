"""The table that the other files of this package fill."""

from __future__ import annotations

from typing import Final

from domain.decider import Decide
from domain.plan.context import PlanContext
from domain.plan.state import PlanState

decide: Final[Decide[PlanState, PlanContext]] = Decide()
