"""Reads that are noted in the log before they are answered, beside the same reads by somebody of whom nothing is noted."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import cycle
from time import perf_counter
from typing import Final
from uuid import UUID

from domain.engagement.state import EngagementState
from domain.person.commands import GrantMembership, RegisterPerson
from tests.bench.board import SMALL, asked, project
from tests.bench.coached import Coached, Office, office
from tests.bench.crowd import Do
from tests.bench.process import api
from tests.bench.row import Goal, Group, Measure, Pair, Round, Row
from tests.bench.stage import Stage
from tests.bench.wire import Wire
from tests.infra.told import new_id
from workers.founding import operator

READERS: Final = 8
AGAIN: Final = 3
"""How often each reader opens each of their plans once more."""
ROWS: Final = (
    Row(
        "access",
        f"plans read by an auditor, noted, each once and {AGAIN} times again, {READERS} at a time : by their coaches, not noted",
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


async def auditor_key(made: Office, tenant: UUID) -> str:
    """Of somebody who was never here before."""
    by = operator(tenant)
    person = (await made.commands.execute(by, RegisterPerson(name="Noor Visser", email=f"{new_id()}@audit.example"))).id
    await made.commands.execute(by, GrantMembership(role="auditor"), person)
    return (await made.keys.create(tenant, person, "auditor")).key


def shared(things: Sequence[Do]) -> list[Sequence[Do]]:
    """Among as many as read at a time."""
    return [things[place::READERS] for place in range(READERS)]


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
    async with AsyncExitStack() as stack:
        made = await stack.enter_async_context(office(stage))
        firm = await made.coached(SMALL)
        coached = await coach_keys(made, firm)
        await project(made)
        port = await stack.enter_async_context(api(made))
        wires = [await stack.enter_async_context(Wire(port, "")) for _ in range(READERS)]
        turns = list(zip(coached, cycle(wires), strict=False))
        coaches = shared([asked(wire, f"/v1/plans/{plan}", coached[plan]) for plan, wire in turns])

        async def measure() -> Round:
            """With an auditor who has not read anything yet."""
            key = await auditor_key(made, firm.tenant)
            auditor = shared([asked(wire, f"/v1/plans/{plan}", key) for plan, wire in turns])
            first = await rate(auditor)
            again = await rate([things * AGAIN for things in auditor])
            plain = await rate([things * (1 + AGAIN) for things in coaches])
            mixed = (1 + AGAIN) / (1 / first + AGAIN / again)
            return {"access": Pair(mixed, plain), "access first": Pair(first, plain)}

        yield measure


ACCESS: Final = Group("access", ROWS, noted)
