"""A due date that passes is noted once, by nobody's person: in the organization's zone, and whoever races with it."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from uuid import UUID

import pytest

from domain.plan.commands import AdjustMilestone, ReachMilestone, SetMilestone
from infra.keys import FileKeyProvider
from projections.milestones_due import Waiting
from projections.runner import Runner
from services.command.execution import utc_now
from tests.database import Database, ask
from tests.waiting import until
from tests.workers.reminder.killing import look, start, table
from tests.workers.reminder.office import Engaged, Office, instant
from workers.milestone import miss, passed

DUE = date(2026, 2, 20)
MIDNIGHT = instant("2026-02-20 23:00")  # in Berlin, where the organization is
STANDING = "SELECT count(*) FROM jobs.job"


@pytest.fixture
async def engaged(office: Office) -> Engaged:
    return await office.engage(await office.enter("mira", "client", None), await office.enter("amir", "coach", "America/New_York"))


async def set_milestone(office: Office, engaged: Engaged) -> UUID:
    milestone = SetMilestone(objective_id=engaged.objective, title="Half way", due_on=DUE)
    return await office.made(engaged.coach, milestone, engaged.plan)


async def judge(office: Office, runner: Runner) -> list[Waiting]:
    """Does at the clock's time what the worker does then; returns what it looked at."""
    await runner.catch_up()
    found = await passed(office.commands, office.tenant)
    for each in found:
        await miss(office.commands, office.tenant, each)
    return found


def verdicts(database: Database, milestone: UUID) -> list[str]:
    rows = ask(
        database.dsn("admin"),
        "SELECT type FROM es.event WHERE type IN ('plan.milestone_missed', 'plan.milestone_reached')"
        f" AND convert_from(payload, 'UTF8')::jsonb ->> 'milestone_id' = '{milestone}' ORDER BY position",
    )
    return [row[0].removeprefix("plan.milestone_") for row in rows]


async def test_the_day_ends_where_the_organization_is(office: Office, engaged: Engaged, runner: Runner, database: Database) -> None:
    milestone = await set_milestone(office, engaged)
    office.clock.now = MIDNIGHT - timedelta(seconds=1)
    assert await judge(office, runner) == []
    office.clock.now = MIDNIGHT
    assert await judge(office, runner) == [Waiting(engaged.plan, milestone, DUE)]
    assert verdicts(database, milestone) == ["missed"]
    assert await judge(office, runner) == []


async def test_another_due_date_is_another_verdict(office: Office, engaged: Engaged, runner: Runner, database: Database) -> None:
    milestone = await set_milestone(office, engaged)
    office.clock.now = MIDNIGHT
    await judge(office, runner)
    later = DUE + timedelta(days=7)
    move = AdjustMilestone(milestone_id=milestone, from_=DUE, to=later, reason_code="capacity")
    await office.does(engaged.coach, move, engaged.plan)
    assert await judge(office, runner) == []
    office.clock.now = MIDNIGHT + timedelta(days=7)
    await judge(office, runner)
    assert verdicts(database, milestone) == ["missed", "missed"]


async def test_whoever_reached_it_before_the_verdict_is_right(office: Office, engaged: Engaged, runner: Runner, database: Database) -> None:
    """The read model does not know it yet; the plan does."""
    milestone = await set_milestone(office, engaged)
    office.clock.now = MIDNIGHT
    await runner.catch_up()
    (waiting,) = await passed(office.commands, office.tenant)
    await office.does(engaged.client, ReachMilestone(milestone_id=milestone), engaged.plan)
    await miss(office.commands, office.tenant, waiting)
    assert verdicts(database, milestone) == ["reached"]


async def test_rivals_come_to_one_verdict(office: Office, engaged: Engaged, runner: Runner, database: Database) -> None:
    milestones = [await set_milestone(office, engaged) for _ in range(6)]
    office.clock.now = MIDNIGHT
    await runner.catch_up()
    found = await passed(office.commands, office.tenant)
    assert {each.milestone for each in found} == set(milestones)
    for each in found:
        reaching = office.does(engaged.client, ReachMilestone(milestone_id=each.milestone), engaged.plan)
        await asyncio.gather(*(miss(office.commands, office.tenant, each) for _ in range(2)), reaching)
    assert all(verdicts(database, id) in (["reached"], ["missed", "reached"]) for id in milestones)


async def test_a_worker_notes_what_passed_while_the_client_reaches_some(
    office: Office, engaged: Engaged, runner: Runner, database: Database, provider: FileKeyProvider
) -> None:
    milestones = [await set_milestone(office, engaged) for _ in range(6)]
    reached, late = milestones[:3], milestones[3:]
    await runner.catch_up()
    jobs = table(database)
    for _ in range(3):  # the same job, delivered by whatever goes wrong
        look(jobs, office.tenant, "milestone.miss")
    worker = start(database, provider)
    try:
        until(lambda: ask(database.dsn("worker"), STANDING) != [(3,)] or any(verdicts(database, id) for id in milestones))
        office.commands.clock = utc_now
        for id in reached:
            await office.does(engaged.client, ReachMilestone(milestone_id=id), engaged.plan)
        until(lambda: ask(database.dsn("worker"), STANDING) == [(0,)])
    finally:
        worker.terminate()
        worker.wait()
        jobs.links.close()
    assert all(verdicts(database, id) in (["reached"], ["missed", "reached"]) for id in reached)
    assert all(verdicts(database, id) == ["missed"] for id in late)
