"""`Store.execute_all`: several attempts in one append, as an import sends them."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest

from domain.assessment.events import NeedsAssessmentLaunched, SelfAssessmentSubmitted
from domain.errors.person import PersonExists
from domain.event import Event
from domain.values import OfClient
from infra.eventstore.intent import Change, Intent
from infra.eventstore.reading import Reading
from infra.eventstore.store import Attempt
from tests.infra.told import actors, engagement, new_id, policy, record

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


async def test_attempts_of_one_append_each_decide_on_what_those_before_them_made_of_the_stream(log, tenant) -> None:
    seen = []

    async def attempt(reading: Reading) -> Intent:
        state = reading.state(tenant)
        seen.append((reading.version(tenant), state.policy.review_cadence_days))
        changed = policy(state.policy.review_cadence_days - 7, replaces=state.policy.version)
        return Intent(actors(tenant), [Change(tenant, [changed])], occurred_at=NOON, result=b"%d" % len(seen))

    done = await log.execute_all(tenant, [tenant], [attempt, attempt, attempt])
    assert seen == [(1, 30), (2, 23), (3, 16)]
    assert (done.versions, done.result) == ({tenant: 4}, b"3")
    assert (await log.read(tenant, tenant)).state(tenant).policy.review_cadence_days == 9


async def test_of_attempts_that_go_into_one_append_all_are_written_or_none(log, tenant) -> None:
    async def fails(reading: Reading) -> Intent:
        assert reading.version(tenant) == 2
        raise PersonExists

    async def attempt(reading: Reading) -> Intent:
        return Intent(actors(tenant), [Change(tenant, [policy(7)])], occurred_at=NOON)

    with pytest.raises(PersonExists):
        await log.execute_all(tenant, [tenant], [attempt, fails])
    assert (await log.read(tenant, tenant)).version(tenant) == 1


async def test_what_one_attempt_takes_and_another_of_the_same_append_gives_back_is_free_again(log, tenant) -> None:
    engaged, client = new_id(), new_id()
    await record(log, tenant, engaged, [engagement(engaged, client)], client=client)
    answered = SelfAssessmentSubmitted(engagement_id=engaged, kind="self", answers=OfClient({"focus_1": 3}), scale_version=1)

    def wants(stream: UUID, event: Event) -> Attempt:
        async def attempt(reading: Reading) -> Intent:
            return Intent(actors(client), [Change(stream, [event], engaged)], client, occurred_at=NOON)

        return attempt

    for stream in (new_id(), new_id()):
        attempts = [wants(stream, launched(stream, engaged, client)), wants(stream, answered)]
        assert (await log.execute_all(tenant, [stream, engaged], attempts)).versions[stream] == 2


def launched(assessment: UUID, engaged: UUID, client: UUID) -> NeedsAssessmentLaunched:
    return NeedsAssessmentLaunched(
        assessment_id=assessment,
        engagement_id=engaged,
        client_id=client,
        kind="self",
        instrument="icf",
        instrument_version=1,
        scale_version=1,
        language="en",
        competencies=("focus",),
        statements=(),
        rater_min_group=3,
        anonymity=None,
        licensed=None,
        opens_on=NOON.date(),
        closes_on=NOON.date(),
    )


async def test_an_append_of_more_than_500_events_is_not_even_tried(log, tenant) -> None:
    with pytest.raises(ValueError, match="at most 500"):
        await record(log, tenant, tenant, [policy(7)] * 501)
    assert (await log.read(tenant, tenant)).version(tenant) == 1


async def test_a_rehearsal_raises_what_would_be_refused_and_writes_nothing(log, tenant) -> None:
    key = await log.command_key(tenant, tenant, "rehearsed", "IMPORT", "policy", b"")
    seen = []

    async def attempt(reading: Reading) -> Intent:
        seen.append(reading.version(tenant))
        return Intent(actors(tenant), [Change(tenant, [policy(7)])], occurred_at=NOON)

    await log.rehearse(tenant, [tenant], [attempt] * 600, key)
    assert seen[-1] == 600
    assert (await log.read(tenant, tenant)).version(tenant) == 1
    await log.execute_all(tenant, [tenant], [attempt], key=key)
    del seen[:]
    await log.rehearse(tenant, [tenant], [attempt], key)
    assert seen == []
