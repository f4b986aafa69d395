"""How events become dated facts: one function an event, the same facts whatever the size of the batches they came in."""

from projections.kpi.follow import agreement, assessment, engagement, item, objective, progress, session
from projections.kpi.follow.table import follow

__all__ = ["agreement", "assessment", "engagement", "follow", "item", "objective", "progress", "session"]
