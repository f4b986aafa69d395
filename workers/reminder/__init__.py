"""Reminders: what is due, when that is where somebody is, and the mail that says so."""
