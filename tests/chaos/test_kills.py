"""Every part is killed again and again while clients write: nothing acknowledged is lost, nothing is done twice, all goes on by itself."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from random import Random
from typing import TypeAlias

import pytest

from tests.chaos.house import House
from tests.chaos.round import KINDS, Round, Summary

SEED = int(os.environ.get("THROUGHLINE_SOAK_SEED", "20261122"))
MINUTES = float(os.environ.get("THROUGHLINE_SOAK_MINUTES", "5"))
KILLS_A_ROUND = 10
FIRMS = 2
Kills: TypeAlias = Sequence[Sequence[str]]
EACH = (("postgres",), ("api", "worker"), ("projector", "rebuild"))
ANY = (*((kind,) for kind in KINDS), *EACH[1:], ("api", "projector"))  # without the database nobody could be seen to recover


async def test_each_part_is_killed_once(house: House) -> None:
    await survive(house, 1, lambda summary: EACH if not summary.counts["rounds"] else None)


@pytest.mark.soak
async def test_parts_are_killed_for_minutes(house: House) -> None:
    """For `THROUGHLINE_SOAK_MINUTES`, in rounds with organizations of their own. Ends with `throughline verify` of all of them."""
    ends_at, random = time.monotonic() + MINUTES * 60, Random(SEED)

    def kills(_: Summary) -> Kills | None:
        return random.choices(ANY, k=KILLS_A_ROUND) if time.monotonic() < ends_at else None

    summary = await survive(house, 3, kills)
    verified = house.call("verify")
    print(f"\nseed {SEED}\n{summary}\n  {verified.output}")
    assert verified.code == 0
    assert summary.counts["committed"] > 0, "no kill came between a commit and its answer: this run said nothing of that"


async def survive(house: House, writers: int, kills: Callable[[Summary], Kills | None]) -> Summary:
    """Rounds with so many writers an organization, as long as there is a list of kills for another one."""
    summary, random = Summary(), Random(SEED)
    async with house.client() as client:
        while each := kills(summary):
            async with house.found_firms(client, FIRMS) as firms:
                wrong = await Round(house, firms, random).run(each, writers, summary)
            assert not wrong, f"seed {SEED}: {wrong[:10]}\n{summary}"
    return summary
