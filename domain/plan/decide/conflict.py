"""Whether what a command replaces is still what its sender read."""

from __future__ import annotations

from typing import Any

from domain.errors import VersionConflict
from domain.plan.state import Touch


def require_current(current: Any, read: Any, touch: Touch, pointer: str = "/from") -> None:
    """For dates, numbers and codes: `read` is the value that the sender wants replaced."""
    if read != current:
        raise VersionConflict(pointer=pointer, current=current, changed_by=touch.by, changed_at=touch.version)


def require_seen(touch: Touch, seen: int, pointer: str = "/seen") -> None:
    """For texts: `seen` is the stream version at which the sender read. The text itself is not shown in the refusal."""
    if touch.version > seen:
        raise VersionConflict(pointer=pointer, current=None, changed_by=touch.by, changed_at=touch.version)
