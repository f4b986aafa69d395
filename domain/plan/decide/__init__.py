"""What follows from each command, or why it is refused."""

from domain.plan.decide import (
    action,
    agreement,
    change,
    comment,
    conclusion,
    exercise,
    milestone,
    objective,
    pause,
    progress,
    scale,
    several,
    strategy,
)
from domain.plan.decide.table import decide

__all__ = [
    "action",
    "agreement",
    "change",
    "comment",
    "conclusion",
    "decide",
    "exercise",
    "milestone",
    "objective",
    "pause",
    "progress",
    "scale",
    "several",
    "strategy",
]
