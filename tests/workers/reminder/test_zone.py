"""What day it is, is said by the organization's zone: half past eleven at night in London is another day in most of the world."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from typing import NamedTuple

import pytest

from domain.errors.plan import DueInPast
from domain.plan.commands import CommitAction, SetMilestone
from infra.eventstore.store import Store
from services.command.execution import Commands
from services.directory import Directory
from tests.workers.reminder.office import Clock, Engaged, Office, instant
from tests.workers.reminder.sink import Sink

Look = Callable[[], Awaitable[int]]
LATE = instant("2026-02-18 23:30")
DUE = date(2026, 2, 20)


class Place(NamedTuple):
    """A zone, the day that it is there late on the 18th in UTC, and when it is eight in the morning of the 18th."""

    zone: str
    today: date
    morning: str


PLACES = (
    Place("Pacific/Auckland", date(2026, 2, 19), "2026-02-17 19:00"),
    Place("Europe/Berlin", date(2026, 2, 19), "2026-02-18 07:00"),
    Place("Pacific/Honolulu", date(2026, 2, 18), "2026-02-18 18:00"),
)


@pytest.fixture(params=PLACES, ids=lambda place: place.zone)
def place(request: pytest.FixtureRequest) -> Place:
    found: Place = request.param
    return found


@pytest.fixture
async def office(store: Store, clock: Clock, place: Place) -> Office:
    clock.now = instant("2026-02-02 12:00")
    office = Office(Commands(store, Directory(store.pool), clock), clock)
    await office.open(place.zone)
    return office


@pytest.fixture
async def engaged(office: Office) -> Engaged:
    return await office.engage(await office.enter("mira", "client", None), await office.enter("amir", "coach", None))


async def test_due_today_is_today_there(office: Office, engaged: Engaged, place: Place) -> None:
    office.clock.now = LATE
    for days, is_past in ((-1, True), (0, False)):
        due = place.today + timedelta(days=days)
        for command in (
            CommitAction(text="Call Ben", owner=engaged.client, due_on=due),
            SetMilestone(objective_id=engaged.objective, title="Half of them", due_on=due, benchmark="6"),
        ):
            if is_past:
                with pytest.raises(DueInPast):
                    await office.does(engaged.client, command, engaged.plan)
            else:
                await office.does(engaged.client, command, engaged.plan)


async def test_a_reminder_goes_out_at_eight_of_the_day_there_and_names_that_day(
    office: Office, engaged: Engaged, place: Place, look: Look, sink: Sink
) -> None:
    await office.does(engaged.client, CommitAction(text="Call Ben", owner=engaged.client, due_on=DUE), engaged.plan)
    office.clock.now = instant(place.morning) - timedelta(minutes=15)
    assert await look() == 0
    office.clock.now = instant(place.morning)
    assert await look() == 1
    text = str(sink.mails[0].get_body(("plain",)).get_content())  # type: ignore[union-attr]
    assert "An action of yours is due on Friday, 20 February 2026." in text
