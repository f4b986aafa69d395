"""Telling the other side at once what was booked, moved or called off, and what waits for their answer."""
