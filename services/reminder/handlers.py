"""What deciding about a reminder needs beside its own stream: whether somebody was faster."""

from __future__ import annotations

from domain.claims import REMINDER, reminder
from domain.reminder.commands import PlanReminder
from domain.reminder.context import ReminderContext
from services.command.call import Call


async def reminder_context(call: Call) -> ReminderContext:
    """When another takes the claim between this look and the append, the command is tried again, and finds it taken."""
    if not isinstance(call.command, PlanReminder):
        return call.context(ReminderContext)
    free = await call.reading.free_claim(REMINDER, [reminder(call.command.key)])
    return call.context(ReminderContext, is_claimed=free is None)
