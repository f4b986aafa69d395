"""The one error of the launcher."""

from __future__ import annotations


class Unstartable(Exception):
    """The embedded PostgreSQL cannot be used; the text says why, and what to do about it."""
