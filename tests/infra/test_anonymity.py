"""The store's own check of anonymous answers: they come with what closes their stream, at its time, all of them, and with no id."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from domain.anonymity import Traceable
from domain.assessment.events import AssessmentClosed, RaterFeedbackSubmitted
from domain.assessment.feedback import Feedback
from domain.errors.assessment import OneAtATime
from domain.event import Event
from domain.values import OfNobody
from infra.eventstore.answer import Answers, Link, guarded, waiting
from infra.eventstore.errors import Busy
from infra.eventstore.intent import Change, Intent
from infra.eventstore.reading import Reading
from infra.eventstore.store import Done, Store
from infra.eventstore.vault import Holder
from infra.postgres import Pool
from tests.infra.told import actors, new_id, organization

SOON = datetime.now(UTC) + timedelta(days=1)
CLIENT = new_id()


def said(**changes: Any) -> RaterFeedbackSubmitted:
    feedback = {"group": "peer", "answers": {"delegation_1": 3}, "comments": {"keep": str(uuid4())}} | changes
    return RaterFeedbackSubmitted(feedback=OfNobody(Feedback(**feedback)), scale_version=1)


def closed(stream: UUID) -> AssessmentClosed:
    return AssessmentClosed(
        engagement_id=stream,
        kind="feedback_360",
        closed_on=SOON.date(),
        early=False,
        answered=0,
        groups=(),
        reminders=0,
        reason_code=None,
        reason=None,
    )


async def recorded(log: Store, tenant: UUID, stream: UUID, *events: Event, read: bool = True, at: datetime | None = None) -> Done:
    async def attempt(reading: Reading) -> Intent:
        if read:
            await waiting(reading, stream)
        return Intent(actors(CLIENT), [Change(stream, events)], client=CLIENT, occurred_at=at)

    return await log.execute(tenant, [stream], attempt)


@pytest.fixture
def answers(app: Pool, log: Store) -> Answers:
    return Answers(app, log.vault)


async def link_of(answers: Answers, tenant: UUID, stream: UUID) -> Link:
    made = await answers.invite(tenant, stream, new_id(), SOON)
    assert made is not None
    return made


@pytest.fixture
async def stream(log: Store, tenant: UUID) -> UUID:
    """One at version 1: that it is of another noun matters to nobody here."""
    stream = new_id()
    await recorded(log, tenant, stream, organization(tenant), read=False)
    return stream


@pytest.mark.parametrize(
    "traceable",
    [
        said(answers={str(uuid4()): 3}),
        said(answers={"delegation_1": uuid4()}),
        said(group=str(uuid4())),
        said(comments={str(uuid4()): "x"}),
    ],
)
async def test_an_id_in_an_answer_is_never_stored(log: Store, tenant: UUID, stream: UUID, traceable: Event) -> None:
    with pytest.raises(Traceable):
        await recorded(log, tenant, stream, traceable, closed(stream))
    assert (await log.read(tenant, stream)).version(stream) == 1


async def test_answers_come_with_what_closes_them_and_at_its_time(log: Store, tenant: UUID, stream: UUID) -> None:
    with pytest.raises(Traceable):
        await recorded(log, tenant, stream, said())
    with pytest.raises(Traceable):
        await recorded(log, tenant, stream, said(), closed(stream), at=SOON)
    with pytest.raises(Traceable):
        await recorded(log, tenant, stream, said(), closed(stream), read=False)
    await recorded(log, tenant, stream, said(), closed(stream))


async def test_closing_takes_all_that_waits_and_leaves_nothing(
    log: Store, tenant: UUID, stream: UUID, answers: Answers, admin: asyncpg.Connection
) -> None:
    other = new_id()
    await recorded(log, tenant, other, organization(tenant), read=False)
    for each in (stream, other):
        await answers.submit(await link_of(answers, tenant, each), 1, Holder(CLIENT, each), {"group": "peer"})
        await link_of(answers, tenant, each)
    await recorded(log, tenant, stream, said(), closed(stream))
    for table in ("rater_token", "sealed_answer"):
        rows = await admin.fetch(f"SELECT DISTINCT stream_id FROM es.{table} WHERE tenant_id = $1", tenant)
        assert [row[0] for row in rows] == [other]


async def test_what_closes_knows_every_answer_that_was_taken(log: Store, tenant: UUID, stream: UUID, answers: Answers) -> None:
    """Whichever comes first: an answer that was told to be taken is among those that the closing read."""
    links = [await link_of(answers, tenant, stream) for _ in range(6)]
    seen: list[Sequence[Any]] = []

    async def attempt(reading: Reading) -> Intent:
        seen.append(await waiting(reading, stream))
        return Intent(actors(CLIENT), [Change(stream, [closed(stream)])], client=CLIENT)

    async def closing() -> None:
        for _ in range(20):
            try:
                await log.execute(tenant, [stream], attempt)
            except Busy:
                continue
            return

    _, *outcomes = await asyncio.gather(closing(), *(answers.submit(one, 1, Holder(CLIENT, stream), {"n": 1}) for one in links))
    assert set(outcomes) <= {"ok", "unknown", "conflict"}
    assert len(seen[-1]) == outcomes.count("ok")
    assert await answers.counts(tenant, [stream]) == {}


async def test_what_reads_that_nobody_answered_yet_is_right_or_tries_again(
    log: Store, tenant: UUID, stream: UUID, answers: Answers
) -> None:
    link = await link_of(answers, tenant, stream)
    read: list[int] = []

    async def attempt(reading: Reading) -> Intent:
        read.append(len(await guarded(reading, stream)))
        if len(read) == 1:
            assert await answers.submit(link, 1, Holder(CLIENT, stream), {}) == "ok"
        return Intent(actors(CLIENT), [Change(stream, [organization(tenant)])])

    await log.execute(tenant, [stream], attempt)
    assert read == [0, 1]
    assert (await answers.counts(tenant, [stream]))[stream].answered == 1


async def test_two_streams_are_not_closed_in_one_append(log: Store, tenant: UUID, stream: UUID) -> None:
    other = new_id()
    await recorded(log, tenant, other, organization(tenant), read=False)

    def closing(one: UUID) -> Any:
        async def attempt(reading: Reading) -> Intent:
            await waiting(reading, one)
            return Intent(actors(CLIENT), [Change(one, [closed(one)])], client=CLIENT, decided_at=SOON)

        return attempt

    with pytest.raises(OneAtATime):
        await log.execute_all(tenant, [stream, other], [closing(stream), closing(other)])


async def test_no_answer_about_an_erased_person_is_opened(log: Store, tenant: UUID, stream: UUID, answers: Answers) -> None:
    await answers.submit(await link_of(answers, tenant, stream), 1, Holder(CLIENT, stream), {})
    await log.vault.destroy(log.pool, tenant, CLIENT, stream)
    reading = await log.read(tenant, stream)
    assert await waiting(reading, stream) == []
    assert reading.waiting is not None
    assert len(reading.waiting.ids) == 1
