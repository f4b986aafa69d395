"""Answering a reminder by the link in its mail: one safe command, without signing in."""
