"""Reminders, which only the workers plan and send."""
