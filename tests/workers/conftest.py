"""The installation that the tests of this folder look at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.workers.installation import Installation, until


@pytest.fixture(scope="session")
def installation(folder: Path) -> Iterator[Installation]:
    """One that answers. A test that breaks something in it waits until it is mended."""
    started = Installation(folder / "installation")
    try:
        until(started.is_ready)
        yield started
    finally:
        started.end()
