"""How events become the facts of reminders: one function an event."""

from projections.reminder.follow import assessment, engagement, evaluation, plan, reminder, session
from projections.reminder.follow.table import follow

__all__ = ["assessment", "engagement", "evaluation", "follow", "plan", "reminder", "session"]
