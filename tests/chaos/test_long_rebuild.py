"""PostgreSQL is killed again and again while a read model is made anew from tens of thousands of events: the rows come out the same."""

from __future__ import annotations

import asyncio
import subprocess
from functools import partial
from typing import Any

import pytest

from tests.chaos.house import House
from tests.chaos.killer import FOLLOWED, HEADS, REBUILDING, REBUILT
from tests.projections.tables import tables
from tests.waiting import soon

EVENTS = 50_000
FIRM = ("--coaches", "48", "--clients", "700", "--months", "12")
KILLS = 6
MADE_SECONDS = 1200  # for a year of a firm, and until everybody has followed it


@pytest.mark.soak
async def test_a_rebuild_through_kills_of_the_server_gives_the_same_rows(house: House) -> None:
    assert await ended(house.start("demo", *FIRM)) == 0
    assert house.one(HEADS) >= EVENTS
    await soon(lambda: house.one(FOLLOWED) >= house.one(HEADS), MADE_SECONDS)
    before = rows(house)
    for _ in range(KILLS):
        rebuilding = house.start("rebuild", REBUILT)
        await soon(lambda: house.one(REBUILDING))
        postmaster, _ = await house.kill("postgres", kill_children=True)
        assert await ended(rebuilding) != 0
        await soon(partial(is_another, house, postmaster))
        await soon(house.is_ready)
    assert await ended(house.start("rebuild", REBUILT)) == 0
    assert rows(house) == before
    assert await ended(house.start("verify")) == 0


def is_another(house: House, postmaster: int) -> bool:
    return house.child("postgres") not in (None, postmaster)


async def ended(process: subprocess.Popen[bytes]) -> int:
    """How it ended."""
    return await asyncio.to_thread(process.wait, MADE_SECONDS)


def rows(house: House) -> dict[str, list[tuple[Any, ...]]]:
    """A digest of each read model's rows, in one order."""
    digest = "SELECT count(*), md5(string_agg(md5(t::text), '' ORDER BY t::text)) FROM rm.{} t"
    return {name: house.ask(digest.format(name)) for name in tables()}
