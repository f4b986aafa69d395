"""Others get on while somebody works through much."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from infra.pace import paced


class Clock:
    """Each thing takes so many seconds."""

    def __init__(self, seconds: float) -> None:
        self.now = 0.0
        self.seconds = seconds

    def work(self, things: int) -> Iterator[int]:
        for number in range(things):
            self.now += self.seconds
            yield number


async def turns(monkeypatch: pytest.MonkeyPatch, seconds: float, things: int) -> int:
    """How often somebody else had their turn."""
    clock, taken = Clock(seconds), 0
    monkeypatch.setattr("infra.pace.perf_counter", lambda: clock.now)

    async def other() -> None:
        nonlocal taken
        while True:
            await asyncio.sleep(0)
            taken += 1

    task = asyncio.create_task(other())
    assert [one async for one in paced(clock.work(things))] == list(range(things))
    task.cancel()
    return taken


async def test_others_have_a_turn_after_each_slice_and_not_after_each_thing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert await turns(monkeypatch, 0.0001, 1000) == pytest.approx(100, abs=10)
    assert await turns(monkeypatch, 0.01, 50) == pytest.approx(50, abs=2)


async def test_what_is_short_is_done_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    assert await turns(monkeypatch, 0.00001, 50) == 0
