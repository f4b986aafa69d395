"""What changed in a plan between two moments: not event by event, but thing by thing, from what it was to what it is."""

from domain.plan.difference.trace import TRACED
from domain.plan.difference.whole import differences

__all__ = ["TRACED", "differences"]
