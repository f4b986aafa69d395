"""What is kept for good is out of the collector's sight, and garbage is not."""

from __future__ import annotations

import gc
import subprocess
import sys
import weakref

from infra import heap


class Ring:
    """Garbage that only the collector finds: it refers to itself."""

    def __init__(self) -> None:
        self.itself = self


def test_what_there_is_is_looked_through_no_more() -> None:
    """In a process of its own: what is kept by this one would be kept for all tests."""
    code = "import gc; from infra import heap; heap.keep(); print(gc.get_freeze_count() > 1_000, len(gc.get_objects()) < 100)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split() == ["True", "True"]


def test_garbage_is_not_kept() -> None:
    ring = weakref.ref(Ring())
    try:
        heap.keep()
        assert ring() is None
    finally:
        gc.unfreeze()
