"""The reminder: one thing that one person is to be reminded of once, and what came of it."""
