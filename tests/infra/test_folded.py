"""States that are remembered: as they stand at each moment, with less to read."""

from __future__ import annotations

from collections.abc import AsyncIterator
from uuid import UUID

import asyncpg
import pytest

from domain.errors import StreamErased
from domain.organization.state import OrganizationState
from infra.eventstore.folded import Folded
from infra.eventstore.store import Store
from tests.database import Database
from tests.infra.told import new_id, person, policy, record, register


@pytest.fixture
async def owner(shared: Database) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(shared.dsn("owner"))
    yield connection
    await connection.close()


async def test_what_has_not_changed_is_not_folded_again_and_what_has_is(log: Store, tenant: UUID) -> None:
    folded = Folded(log, "organization")
    before = (await folded.states(tenant, [tenant]))[tenant]
    assert before == (await log.read(tenant, tenant)).state(tenant)
    assert (await folded.states(tenant, [tenant]))[tenant] is before
    await record(log, tenant, tenant, [policy(28)])
    after = (await folded.states(tenant, [tenant]))[tenant]
    assert after != before
    assert after == (await log.read(tenant, tenant)).state(tenant)


async def test_personal_values_are_remembered_sealed(log: Store, tenant: UUID) -> None:
    somebody, folded = new_id(), Folded(log, "person")
    await record(log, tenant, somebody, [person(somebody)])
    for _ in range(2):
        assert not (await folded.states(tenant, [somebody]))[somebody].name.is_open


async def test_what_was_erased_as_a_whole_is_not_remembered(log: Store, tenant: UUID, owner: asyncpg.Connection) -> None:
    folded = Folded(log, "organization")
    await folded.states(tenant, [tenant])
    await owner.execute("SELECT es.erase_stream($1, $2)", tenant, tenant)
    with pytest.raises(StreamErased):
        await folded.states(tenant, [tenant])


async def test_nothing_is_shown_of_another_organization(log: Store, tenant: UUID) -> None:
    elsewhere, folded = new_id(), Folded(log, "organization")
    await register(log, elsewhere)
    await folded.states(elsewhere, [elsewhere])
    assert (await folded.states(tenant, [elsewhere]))[elsewhere] == OrganizationState()


async def test_only_so_many_are_remembered_the_last_ones(log: Store, tenant: UUID) -> None:
    people, folded = [new_id() for _ in range(3)], Folded(log, "person", most=2)
    for somebody in people:
        await record(log, tenant, somebody, [person(somebody)])
        await folded.states(tenant, [somebody])
    assert list(folded.kept.kept) == [(tenant, somebody) for somebody in people[1:]]
