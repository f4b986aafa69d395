"""The session: one coaching conversation, from the time that is booked for it to what was made of it."""
