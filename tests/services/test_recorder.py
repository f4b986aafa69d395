"""What is shown of people is noted before it is shown."""

from __future__ import annotations

import asyncio
from uuid import UUID

import pytest
from litestar import Litestar
from msgspec.structs import replace

from domain.access.commands import ReadingBody
from domain.access.events import RecordAccessed
from domain.errors import NotFound
from domain.values import NIL
from infra.eventstore.feed import feed
from infra.postgres import tenant_transaction
from services.actor import Actor
from services.reading.recorder import SAME_EMERGENCY_SECONDS, SAME_LIST_SECONDS, SAME_SECONDS, Recorder
from tests.infra.told import new_id
from tests.services.firm import Firm

CLASSES = frozenset({"names", "progress"})


class Clock:
    """Seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


class Door:
    """A recorder of the application's log, and what it has noted of one organization."""

    def __init__(self, app: Litestar, firm: Firm) -> None:
        self.app = app
        self.tenant = firm.tenant
        self.clock = Clock()
        self.recorder = Recorder(app.state.commands.execute, self.clock)

    def actor(self, role: str = "sponsor", person: UUID | None = None) -> Actor:
        return Actor(self.tenant, person or new_id(), role, NIL)  # type: ignore[arg-type]

    async def noted(self) -> list[RecordAccessed]:
        async with tenant_transaction(self.app.state.reads.connections, self.tenant) as connection:
            return [fed.event for fed in await feed(connection, self.tenant, 0, 10_000) if isinstance(fed.event, RecordAccessed)]

    async def streams(self) -> int:
        async with tenant_transaction(self.app.state.reads.connections, self.tenant) as connection:
            found = await connection.fetchval("SELECT count(*) FROM es.stream WHERE tenant_id = $1 AND type = 'access'", self.tenant)
        return int(found)


@pytest.fixture
def door(app: Litestar, firm: Firm) -> Door:
    return Door(app, firm)


async def test_a_reading_is_in_the_log_when_the_wait_ends(door: Door) -> None:
    sponsor, client, plan = door.actor(), new_id(), new_id()
    await door.recorder.note(sponsor, "read_plan", [client, None, client], CLASSES, plan)
    assert await door.noted() == [
        RecordAccessed(
            reader_id=sponsor.person_id,
            role="sponsor",
            action="read_plan",
            record_id=plan,
            subject_id=client,
            classes=("names", "progress"),
            purpose="role",
        )
    ]


async def test_many_at_a_time_share_an_append(door: Door) -> None:
    clients = [new_id() for _ in range(60)]
    await asyncio.gather(*(door.recorder.note(door.actor(), "read_plan", [client], CLASSES) for client in clients))
    assert {event.subject_id for event in await door.noted()} == {*clients}
    assert await door.streams() == 1


async def test_the_same_again_is_noted_once_in_a_quarter_of_an_hour(door: Door) -> None:
    sponsor, client, plan = door.actor(), new_id(), new_id()
    for seconds, times in ((0, 1), (SAME_SECONDS - 1, 1), (SAME_SECONDS, 2)):
        door.clock.seconds = seconds
        await door.recorder.note(sponsor, "read_plan", [client], CLASSES, plan)
        assert len(await door.noted()) == times
    await door.recorder.note(sponsor, "read_plan", [client], {*CLASSES, "attainment"}, plan)
    assert len(await door.noted()) == 3


async def test_a_list_again_is_noted_once_a_day_and_whom_it_has_gained_at_once(door: Door) -> None:
    director, first, second = door.actor("program_manager"), new_id(), new_id()
    for seconds, shown, noted in ((0, [first], 1), (SAME_SECONDS, [first, second], 2), (SAME_LIST_SECONDS, [first], 3)):
        door.clock.seconds = seconds
        await door.recorder.note(director, "list_plans", shown, CLASSES)
        assert len(await door.noted()) == noted


@pytest.mark.parametrize("role", ["client", "coach", "worker", "operator"])
async def test_nothing_is_noted_of_the_parties_and_of_who_sees_no_content(door: Door, role: str) -> None:
    await door.recorder.note(door.actor(role), "read_plan", [new_id()], CLASSES)
    assert await door.noted() == []


async def test_nothing_is_noted_of_what_somebody_reads_of_themselves(door: Door) -> None:
    admin = door.actor("admin")
    await door.recorder.note(admin, "read_person", [admin.person_id], CLASSES)
    await door.recorder.note(admin, "list_people", [], CLASSES)
    assert await door.noted() == []


async def test_who_waits_for_what_cannot_be_noted_is_told_so(door: Door) -> None:
    nowhere = door.actor()._replace(tenant=new_id())
    for _ in range(2):
        with pytest.raises(NotFound):
            await door.recorder.note(nowhere, "read_plan", [new_id()], CLASSES)
    assert not door.recorder.writing


async def test_what_is_too_much_is_forgotten_by_who_has_most(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory stays bounded, and a big organization does not make a small one's readings be noted again."""
    monkeypatch.setattr("services.reading.recorder.REMEMBERED", 5)
    small, big = new_id(), door.tenant
    reading = ReadingBody(
        reader_id=new_id(), role="sponsor", action="list_plans", record_id=None, subject_id=new_id(), classes=(), purpose="role"
    )
    readings = [replace(reading, subject_id=new_id()) for _ in range(9)]
    for tenant, one in [(small, reading), *((big, each) for each in readings)]:
        door.recorder.remember(tenant, one)
    assert door.recorder.is_recent(small, reading)
    assert [door.recorder.is_recent(big, each) for each in readings] == [False] * 5 + [True] * 4


async def test_a_reading_in_an_emergency_is_another_one_each_minute(door: Door) -> None:
    manager, client, plan = door.actor("program_manager"), new_id(), new_id()
    await door.recorder.note(manager, "read_plan", [client], {"words"}, plan)
    for seconds, times in ((0, 1), (SAME_EMERGENCY_SECONDS - 1, 1), (SAME_EMERGENCY_SECONDS, 2)):
        door.clock.seconds = seconds
        await door.recorder.note(manager, "read_plan", [client], {"words"}, plan, "emergency")
        assert [event.purpose for event in await door.noted()] == ["role", *["emergency"] * times]
