"""Command line, supervisor, demo."""
