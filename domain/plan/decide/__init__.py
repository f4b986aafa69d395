"""What follows from each command, or why it is refused."""

from domain.plan.decide import agreement, change, conclusion, milestone, objective, progress, scale, strategy
from domain.plan.decide.table import decide

__all__ = ["agreement", "change", "conclusion", "decide", "milestone", "objective", "progress", "scale", "strategy"]
