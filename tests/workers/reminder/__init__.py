"""Reminders, from the rule to the mail."""
