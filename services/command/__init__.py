"""A command on its way: the table of all, one attempt, and what every one goes through."""
