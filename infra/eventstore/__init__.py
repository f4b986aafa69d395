"""The log: append, load, feed, and the sealing of what is personal. Nothing else writes or reads events."""
