"""What comes of a look."""

from __future__ import annotations

from msgspec import Struct


class Finding(Struct, frozen=True):
    """What was looked at, whether it is well, and what was seen: for a fault, with its cure."""

    check: str
    ok: bool
    seen: str


class Fault(Exception):
    """Something is wrong; the text says what, and what to do about it."""
