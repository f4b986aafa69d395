"""The business: events, commands, and the rules between them. No clock, no input or output."""
