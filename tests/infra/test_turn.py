"""Who wants the same claim waits for who found it free, and then finds out what became of it; never for one who waits for them."""

from __future__ import annotations

import asyncio
from uuid import UUID

from infra.eventstore.turn import Turn, Turns

TENANT, STREAM = UUID(int=1), UUID(int=2)
HOUR, NEXT = b"hour", b"next hour"


class Claims:
    """What is taken, and how often somebody looked."""

    def __init__(self) -> None:
        self.taken: dict[bytes, UUID] = {}
        self.looks = 0

    async def search(self) -> dict[bytes, UUID]:
        self.looks += 1
        return dict(self.taken)


def waiting(turn: Turn, claims: Claims, *keys: bytes) -> asyncio.Task[object]:
    return asyncio.ensure_future(turn.held("time", keys, claims.search))


async def until_stuck(task: asyncio.Task[object]) -> None:
    """Lets everything go on that can: nothing here waits for anything but the others."""
    for _ in range(10):
        await asyncio.sleep(0)
    assert not task.done()


async def test_the_next_finds_what_the_first_took() -> None:
    turns, claims = Turns(), Claims()
    async with turns.of(TENANT) as first:
        assert await first.held("time", [HOUR], claims.search) == {}
        later = [waiting(Turn(turns, TENANT), claims, HOUR, NEXT) for _ in range(3)]
        for task in later:
            await until_stuck(task)
        claims.taken = {HOUR: STREAM, NEXT: STREAM}
    assert await asyncio.gather(*later) == [claims.taken] * 3
    assert claims.looks == 4
    assert turns.under_way == {}


async def test_what_the_first_did_not_take_after_all_the_next_one_may() -> None:
    turns, claims = Turns(), Claims()
    second, third = Turn(turns, TENANT), Turn(turns, TENANT)
    async with turns.of(TENANT) as first:
        await first.held("time", [HOUR], claims.search)
        tasks = [waiting(second, claims, HOUR), waiting(third, claims, HOUR)]
        await until_stuck(tasks[0])
    assert await tasks[0] == {}
    await until_stuck(tasks[1])
    second.end()
    assert await tasks[1] == {}
    third.end()
    assert turns.under_way == {}


async def test_two_who_look_at_the_same_moment_do_not_both_go_on() -> None:
    turns, claims = Turns(), Claims()
    both = [Turn(turns, TENANT) for _ in range(2)]
    tasks = [waiting(turn, claims, HOUR) for turn in both]
    await until_stuck(tasks[1])
    assert tasks[0].done()
    claims.taken[HOUR] = STREAM
    both[0].end()
    assert await tasks[1] == {HOUR: STREAM}


async def test_who_is_about_to_take_something_waits_for_nobody() -> None:
    turns, claims = Turns(), Claims()
    first, second = Turn(turns, TENANT), Turn(turns, TENANT)
    await first.held("time", [HOUR], claims.search)
    await second.held("time", [NEXT], claims.search)
    assert await first.held("time", [NEXT], claims.search) == {}
    assert await second.held("time", [HOUR], claims.search) == {}
    first.end()
    second.end()
    assert turns.under_way == {}


async def test_others_and_other_things_are_not_waited_for() -> None:
    turns, claims = Turns(), Claims()
    async with turns.of(TENANT) as first:
        await first.held("time", [HOUR], claims.search)
        for tenant, kind, key in ((UUID(int=9), "time", HOUR), (TENANT, "place", HOUR), (TENANT, "time", NEXT)):
            async with turns.of(tenant) as other:
                assert await other.held(kind, [key], claims.search) == {}
