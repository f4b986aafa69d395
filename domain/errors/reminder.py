"""What may be refused about a reminder."""

from domain.errors import Refusal


class ReminderPlannedAlready(Refusal):
    """That reminder was planned already: go on with that one."""


class ReminderClosed(Refusal):
    """Another outcome of the reminder was recorded already: it stands."""
