"""The installation that is killed, and a seed that is printed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.chaos.house import House
from tests.waiting import until


@pytest.fixture
def house(home: Path) -> Iterator[House]:
    """One that answers."""
    started = House(home)
    try:
        until(started.is_ready)
        yield started
    finally:
        started.end()
