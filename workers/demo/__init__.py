"""The demo: a coaching plan's whole life, told in commands."""
