"""Turns at what there is little of: nobody takes it all, who holds least is first, and nothing is lost on the way."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest

from infra.gate import Crowded, Gate

A, B, C, D = (UUID(int=number) for number in range(4))
LONG = 30.0
TURNS = 1000  # of the event loop


class Holder:
    """Somebody who asks for a place, and holds it until told to let go."""

    def __init__(self, gate: Gate, whose: UUID, seconds: float = LONG) -> None:
        self.whose = whose
        self.held = asyncio.Event()
        self.over = asyncio.Event()
        self.task = asyncio.create_task(self.hold(gate, seconds))

    async def hold(self, gate: Gate, seconds: float) -> None:
        async with gate.place(self.whose, seconds):
            self.held.set()
            await self.over.wait()

    async def let_go(self) -> None:
        self.over.set()
        await self.task


async def holders(gate: Gate, whose: UUID, number: int) -> list[Holder]:
    """So many who have asked, whether they got a place or wait for one."""
    known = gate.waiting - gate.free
    made = [Holder(gate, whose) for _ in range(number)]
    await turned(lambda: gate.waiting - gate.free == known + number)
    return made


async def turned(condition: Callable[[], bool]) -> None:
    for _ in range(TURNS):
        if condition():
            return
        await asyncio.sleep(0)
    pytest.fail("it did not come true")


async def end(*groups: list[Holder]) -> None:
    for one in (one for group in groups for one in group):
        one.over.set()
    await asyncio.gather(*(one.task for group in groups for one in group))


async def test_one_who_wants_all_gets_half_and_whoever_comes_next_gets_a_place() -> None:
    gate = Gate(10)
    mine = await holders(gate, A, 20)
    assert (gate.held[A], gate.free, gate.waiting) == (5, 5, 15)
    others = [await holders(gate, one, 20) for one in (B, C, D)]
    assert all(gate.held[one] > 0 for one in (B, C, D))
    await end(mine, *others)
    assert (gate.free, gate.waiting, dict(gate.held)) == (10, 0, {})


@pytest.mark.parametrize(("hogs", "left"), [(1, 5), (2, 3), (4, 2), (9, 1)])
async def test_however_many_want_all_there_is_one_left(hogs: int, left: int) -> None:
    """Once each has let go of what it took while it was alone."""
    gate = Gate(10)
    groups = [await holders(gate, uuid4(), 30) for _ in range(hogs)]
    for group in groups:
        for one in [one for one in group if one.held.is_set()]:
            await one.let_go()
    assert gate.free >= 1
    assert gate.free <= left
    await end(*groups)


async def test_a_single_place_can_be_had() -> None:
    gate = Gate(1)
    first, second = await holders(gate, A, 2)
    assert (first.held.is_set(), second.held.is_set()) == (True, False)
    await first.let_go()
    await turned(second.held.is_set)
    await end([second])


async def test_who_holds_fewest_is_first_and_then_who_waited_longest() -> None:
    gate = Gate(1)
    (held,) = await holders(gate, A, 1)
    waiting = [(await holders(gate, whose, 1))[0] for whose in (B, B, B, C, A, D)]
    order = []
    for _ in waiting:
        await held.let_go()
        await turned(lambda: any(one.held.is_set() and not one.over.is_set() for one in waiting))
        held = next(one for one in waiting if one.held.is_set() and not one.over.is_set())
        order.append(held.whose)
    await held.let_go()
    assert order == [B, C, A, D, B, B]


async def test_too_many_of_one_are_refused_at_once_and_others_are_not() -> None:
    gate = Gate(4, most_waiting=3)
    mine = await holders(gate, A, 5)
    with pytest.raises(Crowded, match="3 are waiting"):
        async with gate.place(A, LONG):
            pytest.fail("no place was left")
    async with gate.place(B, LONG):
        assert gate.held[B] == 1
    assert gate.refused == 1
    await end(mine)


async def test_who_gets_none_in_time_is_refused_and_forgotten() -> None:
    gate = Gate(2)
    (held,) = await holders(gate, A, 1)
    with pytest.raises(Crowded, match="1 are held"):
        async with gate.place(A, 0.01):
            pytest.fail("no place was left")
    assert (gate.waiting, gate.free, gate.refused) == (0, 1, 1)
    await end([held])
    assert gate.free == 2


async def test_a_turn_that_comes_to_somebody_who_just_left_goes_to_the_next() -> None:
    gate = Gate(1)
    held, leaving, following = await holders(gate, A, 3)
    held.over.set()
    await held.task
    leaving.task.cancel()  # its turn has come, and it does not know yet
    await turned(following.held.is_set)
    assert leaving.task.cancelled()
    await end([following])
    assert gate.free == 1


async def test_whatever_happens_no_place_is_lost() -> None:
    rng, gate = random.Random(20261122), Gate(5, most_waiting=8)

    async def somebody(whose: UUID) -> None:
        try:
            async with gate.place(whose, rng.choice([0.001, LONG])):
                for _ in range(rng.randrange(5)):
                    await asyncio.sleep(0)
                assert 0 <= gate.free < 5
                assert sum(gate.held.values()) == 5 - gate.free
        except Crowded:
            return

    tasks = []
    for _ in range(2000):
        tasks.append(asyncio.create_task(somebody(rng.choice([A, A, A, B, C, D]))))
        if rng.random() < 0.2:
            rng.choice(tasks).cancel()
        if rng.random() < 0.5:
            await asyncio.sleep(0)
    ended = await asyncio.gather(*tasks, return_exceptions=True)
    assert {type(one) for one in ended} <= {type(None), asyncio.CancelledError}
    assert (gate.free, gate.waiting, dict(gate.held)) == (5, 0, {})
