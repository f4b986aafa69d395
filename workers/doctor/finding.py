"""What comes of a look."""

from __future__ import annotations

from msgspec import Struct


class Finding(Struct, frozen=True):
    """What was looked at, whether it is well, and what was seen: for a fault, with its cure.

    `whose`: the process ("app", "projector", "worker") by whose URL it was looked at, None where it is about the installation.
    """

    check: str
    ok: bool
    seen: str
    whose: str | None = None


class Fault(Exception):
    """Something is wrong; the text says what, and what to do about it."""
