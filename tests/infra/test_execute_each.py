"""`Store.execute_each`: attempts of one append of which some are refused, and those that have no time of their own yet."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

import pytest

from domain.errors import Refusal, SubjectErased
from domain.errors.person import PersonExists
from infra.eventstore.errors import Busy
from infra.eventstore.intent import Change, Intent
from infra.eventstore.reading import Reading
from infra.eventstore.store import Attempt, Store, enough
from infra.eventstore.trial import Outcome
from tests.infra.told import actors, new_id, person, policy


class Summed:
    """A summary that remembers what it was told."""

    def __init__(self) -> None:
        self.outcomes: Sequence[Outcome] = ()

    def __call__(self, outcomes: Sequence[Outcome]) -> bytes:
        self.outcomes = outcomes
        return b"summed"

    @property
    def refused(self) -> list[type[Refusal] | None]:
        return [type(outcome.refusal) if outcome.refusal else None for outcome in self.outcomes]


def registers(tenant: UUID, email: str) -> Attempt:
    stream = new_id()

    async def attempt(reading: Reading) -> Intent:
        return Intent(actors(tenant), [Change(stream, [person(stream, email=email)])], decided_at=datetime.now(UTC))

    return attempt


async def refuses(reading: Reading) -> Intent:
    raise SubjectErased


async def test_one_that_is_refused_changes_nothing_and_the_others_go_on(log: Store, tenant: UUID) -> None:
    told = Summed()
    attempts = [registers(tenant, "a@example.org"), refuses, registers(tenant, "b@example.org"), registers(tenant, "A@example.org")]
    done = await log.execute_each(tenant, [tenant], attempts, told)
    assert told.refused == [None, SubjectErased, None, PersonExists]
    assert [outcome.events for outcome in told.outcomes] == [1, 0, 1, 0]
    assert (done.position, done.result) == (3, b"summed")


async def test_those_whose_claims_others_have_are_found_and_the_others_go_on(log: Store, tenant: UUID) -> None:
    taken = [f"{number}@example.org" for number in (1, 3)]
    await log.execute_each(tenant, [tenant], [registers(tenant, email) for email in taken], Summed())
    told = Summed()
    await log.execute_each(tenant, [tenant], [registers(tenant, f"{number}@example.org") for number in range(5)], told)
    assert told.refused == [None, PersonExists, None, PersonExists, None]


async def test_what_a_summary_raises_leaves_all_of_them_without_effect(log: Store, tenant: UUID) -> None:
    def summary(outcomes: Sequence[Outcome]) -> bytes:
        raise PersonExists

    with pytest.raises(PersonExists):
        await log.execute_each(tenant, [tenant], [registers(tenant, "c@example.org")], summary)
    head = (await log.read(tenant, tenant)).head
    assert head is not None
    assert head.position == 1


async def test_who_decides_next_sees_what_has_no_time_yet_at_the_time_of_its_decision(log: Store, tenant: UUID) -> None:
    """And it is stored with the time of its recording, which no snapshot of the fold before knew."""
    decided = datetime.now(UTC)
    times = []

    async def attempt(reading: Reading) -> Intent:
        times.append(reading.streams[tenant].events[-1]["at"] if reading.streams[tenant].events else None)
        return Intent(actors(tenant), [Change(tenant, [policy(7)])], decided_at=decided)

    done = await log.execute_each(tenant, [tenant], [attempt] * (enough(1) + 1), Summed())
    assert set(times[1:]) == {decided}
    await log.settle()
    reading = await log.read(tenant, tenant)
    assert reading.streams[tenant].snapshot is None
    assert {row["at"] for row in reading.streams[tenant].events[1:]} == {done.recorded_at}


async def test_without_a_time_of_its_decision_nobody_can_decide_next(log: Store, tenant: UUID) -> None:
    async def attempt(reading: Reading) -> Intent:
        return Intent(actors(tenant), [Change(tenant, [policy(7)])])

    with pytest.raises(ValueError, match="that of its decision"):
        await log.execute_each(tenant, [tenant], [attempt, attempt], Summed())


async def test_racing_batches_that_want_the_same_share_it_out(log: Store, tenant: UUID) -> None:
    """Each address is one person's, whichever batch had it first; a batch that never gets its turn is told to come back."""
    summaries = [Summed() for _ in range(6)]
    emails = [f"r{number}@example.org" for number in range(10)]
    calls = [log.execute_each(tenant, [tenant], [registers(tenant, email) for email in emails], told) for told in summaries]
    results = await asyncio.gather(*calls, return_exceptions=True)
    assert {type(result) for result in results if isinstance(result, BaseException)} <= {Busy}
    ended = [told for told, result in zip(summaries, results, strict=True) if not isinstance(result, BaseException)]
    assert sum(told.refused.count(None) for told in ended) == len(emails)
    reading = await log.read(tenant, tenant)
    assert reading.head is not None
    assert reading.head.position == 1 + len(emails)
