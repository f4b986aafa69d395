"""People and current states as services read them: names joined when read, lists cut to what somebody may see."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import asyncpg

from infra.eventstore.store import Store
from projections.kpi.objective import progress
from projections.kpi_board import KPI_BOARD, facts
from projections.runner import Runner
from projections.snapshot import Scope, snapshot
from tests.infra.told import new_id, register
from tests.projections.history import measured
from tests.projections.reading import Reader
from tests.projections.story import MILESTONE, NEW_TITLE, OBJECTIVE, act, tell

ELSEWHERE = UUID(int=7)


async def test_a_person_has_a_name_and_roles(store: Store, tenant: UUID, runner: Runner, reader: Reader) -> None:
    story = await tell(store, tenant)
    await runner.catch_up()
    people = await reader.people(tenant)
    assert people.keys() == {story.client, story.coach}
    name = people[story.client].name
    assert name is not None
    assert name.plain() == "Mira Okafor"
    assert [membership.role for membership in people[story.client].memberships] == ["client"]
    assert (await reader.people(tenant, [story.coach])).keys() == {story.coach}


async def test_a_plan_stands_as_its_events_left_it(store: Store, tenant: UUID, runner: Runner, reader: Reader) -> None:
    story = await tell(store, tenant)
    await runner.catch_up()
    plan = await reader.plan(tenant, story.plan)
    assert plan is not None
    folded = (await store.read(tenant, story.plan)).state(story.plan)
    assert (plan.engagement_id, plan.client_id, plan.version) == (story.engagement, story.client, 10)
    assert plan.state.objectives[OBJECTIVE].terms.title.plain() == NEW_TITLE
    assert plan.state.milestones[MILESTONE].title.plain() == "Half of the team convinced"
    without = await reader.plan(tenant, story.plan, words=False)
    assert without is not None
    assert without.state == folded


async def test_an_id_of_another_noun_or_organization_is_nothing(store: Store, tenant: UUID, runner: Runner, reader: Reader) -> None:
    story = await tell(store, tenant)
    other = new_id()
    await register(store, other)
    await runner.catch_up()
    assert await reader.plan(tenant, story.engagement) is None
    assert await reader.plan(other, story.plan) is None
    assert await reader.people(other) == {}


async def test_a_list_holds_what_lies_in_the_scope(store: Store, tenant: UUID, runner: Runner, reader: Reader) -> None:
    first, second = await tell(store, tenant), await tell(store, tenant)
    await runner.catch_up()
    for noun, mine, everything in (
        ("engagement", first.engagement, {first.engagement, second.engagement}),
        ("plan", first.plan, {first.plan, second.plan}),
    ):
        assert {row.id for row in await reader.listed(tenant, noun, Scope())} == everything
        assert [row.id for row in await reader.listed(tenant, noun, Scope(client_id=first.client))] == [mine]
        assert [row.id for row in await reader.listed(tenant, noun, Scope(coach_id=first.coach))] == [mine]
        assert await reader.listed(tenant, noun, Scope(sponsor_id=first.coach)) == []
        assert await reader.listed(tenant, noun, Scope(program_ids=frozenset({ELSEWHERE}))) == []
        assert await reader.listed(tenant, noun, Scope(client_id=first.client, coach_id=second.coach)) == []


async def test_a_list_goes_on_after_the_last_one_seen(store: Store, tenant: UUID, runner: Runner, reader: Reader) -> None:
    told = [await tell(store, tenant) for _ in range(3)]
    await runner.catch_up()
    for noun in ("engagement", "plan"):
        ids = [row.id for row in await reader.listed(tenant, noun, Scope())]
        page = await reader.listed(tenant, noun, Scope(), limit=2)
        assert [row.id for row in page] == ids[:2]
        assert [row.id for row in await reader.listed(tenant, noun, Scope(), after=page[-1].id)] == ids[2:]
    assert len(told) == 3


async def test_the_boards_facts_are_those_of_the_scope_and_name_their_position(
    store: Store, tenant: UUID, runner: Runner, app_pool: asyncpg.Pool
) -> None:
    story, other = await tell(store, tenant), await tell(store, tenant)
    await runner.catch_up()
    position = await act(store, tenant, other, other.client, measured(80, "2026-04-02"))
    await runner.catch_up()
    async with snapshot(app_pool, tenant) as rows:
        (found,) = await facts(rows, Scope(client_id=other.client))
        everything = await facts(rows, Scope())
        assert rows.position(KPI_BOARD) == position
    assert {each.engagement_id for each in everything} == {story.engagement, other.engagement}
    assert (found.milestones[MILESTONE].original, found.milestones[MILESTONE].current) == (date(2026, 3, 20), date(2026, 4, 3))
    assert progress(found.objectives[OBJECTIVE], date(2026, 4, 2)) == 1
