"""Reads that are noted in the log before they are answered, beside the same reads by somebody of whom nothing is noted."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from time import perf_counter
from typing import Final
from uuid import UUID

from domain.engagement.state import EngagementState
from tests.bench.board import SMALL, asked, project
from tests.bench.coached import Coached, Office, office
from tests.bench.crowd import Do
from tests.bench.process import api
from tests.bench.row import Goal, Group, Measure, Pair, Round, Row
from tests.bench.stage import Stage
from tests.bench.wire import Wire

READERS: Final = 8
AGAIN: Final = 3
"""How often each reader opens each of their plans once more."""
ROWS: Final = (
    Row(
        "access",
        f"plans read by the director, noted, each once and {AGAIN} times again, {READERS} at a time : by their coaches, not noted",
        "1/s",
        Goal(">=", 0.83),
    ),
    Row("access first", "the first of these readings, each of which is noted : the same", "1/s"),
)


async def coach_keys(made: Office, firm: Coached) -> dict[UUID, str]:
    """Plan -> a key of the coach who has it."""
    keys: dict[UUID, str] = {}
    for measured in firm.plans:
        reading = await made.store.read(firm.tenant, measured.plan)
        engagement: EngagementState = reading.state(reading.streams[measured.plan].engagement or measured.plan, "engagement")
        if engagement.coach_id is not None:
            keys[measured.plan] = (await made.keys.create(firm.tenant, engagement.coach_id, "coach")).key
    return keys


async def rate(people: Sequence[Sequence[Do]]) -> float:
    """Things done a second when everybody does theirs one after the other, all at the same time."""

    async def each(things: Sequence[Do]) -> None:
        for do in things:
            await do()

    began = perf_counter()
    await asyncio.gather(*(each(things) for things in people))
    return sum(map(len, people)) / (perf_counter() - began)


@asynccontextmanager
async def noted(stage: Stage) -> AsyncIterator[Measure]:
    async with office(stage) as made:
        firm = await made.coached(SMALL)
        coached = await coach_keys(made, firm)
        await project(made)

        async def measure() -> Round:
            """With a process that has noted nothing yet; what it does for the first time at all, it does for the coaches."""
            async with AsyncExitStack() as stack:
                port = await stack.enter_async_context(api(made))
                wires = [await stack.enter_async_context(Wire(port, firm.director)) for _ in range(READERS)]
                director = [
                    [asked(wire, f"/v1/plans/{plan}") for plan in list(coached)[place::READERS]] for place, wire in enumerate(wires)
                ]
                own = {key: await stack.enter_async_context(Wire(port, key)) for key in coached.values()}
                coaches = [
                    [asked(own[key], f"/v1/plans/{plan}") for plan, key in list(coached.items())[place::READERS]]
                    for place in range(READERS)
                ]
                await rate(coaches)
                first = await rate(director)
                again = await rate([things * AGAIN for things in director])
                plain = await rate([things * (AGAIN + 1) for things in coaches])
                mixed = (1 + AGAIN) / (1 / first + AGAIN / again)
                return {"access": Pair(mixed, plain), "access first": Pair(first, plain)}

        yield measure


ACCESS: Final = Group("access", ROWS, noted, warm=False)
