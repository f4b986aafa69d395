"""Links and answers beside the log: taken once, by who has a link, as long as the stream is as it was read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import asyncpg
import pytest

from domain.errors import SubjectErased
from infra.eventstore.answer import Answers, Count, Link, link
from infra.eventstore.append import AppendEvent, AppendStream, append
from infra.eventstore.store import Store
from infra.eventstore.vault import Holder, Vault
from infra.postgres import Pool
from tests.infra.told import new_id

SOON = datetime.now(UTC) + timedelta(days=1)


@pytest.fixture
def answers(app: Pool, vault: Vault) -> Answers:
    return Answers(app, vault)


@pytest.fixture
async def stream(connection: asyncpg.Connection, tenant: UUID) -> UUID:
    """A stream at version 1."""
    stream = new_id()
    await append(connection, tenant, [AppendStream(stream, 0)], [AppendEvent(1, "trial.noted", 1, None, b"{}", b"{}")])
    return stream


async def invited(answers: Answers, tenant: UUID, stream: UUID, rater: UUID, ends_at: datetime = SOON) -> Link:
    made = await answers.invite(tenant, stream, rater, ends_at)
    assert made is not None
    return made


def test_a_link_is_read_again_and_what_is_none_is_not() -> None:
    made = Link(uuid4(), uuid4(), bytes(25))
    assert link(made.text()) == made
    assert made.text().isascii()
    assert "=" not in made.text()
    assert [link(text) for text in ("", "x", made.text()[:-1], made.text() + "AAAA", "ä" * 76, made.text()[:-1] + "!")] == [None] * 6


async def test_an_answer_is_taken_once_by_whichever_of_a_raters_links(answers: Answers, tenant: UUID, stream: UUID) -> None:
    rater, holder = new_id(), Holder(new_id(), stream)
    first, second = await invited(answers, tenant, stream, rater), await invited(answers, tenant, stream, rater)
    assert await answers.submit(first, 1, holder, {"a": 1}) == "ok"
    assert [await answers.submit(each, 1, holder, {"a": 2}) for each in (first, second)] == ["used", "used"]
    assert await answers.invite(tenant, stream, rater, SOON) is None
    assert await answers.counts(tenant, [stream]) == {stream: Count(1, 1)}
    assert [told[1::2] for told in (await answers.told(tenant, stream)).values()] == [(2, True)]


async def test_who_has_no_link_or_an_old_one_is_told_so(answers: Answers, tenant: UUID, stream: UUID) -> None:
    rater, holder = new_id(), Holder(new_id(), stream)
    old = await invited(answers, tenant, stream, rater, datetime.now(UTC) - timedelta(seconds=1))
    ended = await invited(answers, tenant, stream, rater)
    await answers.withdraw(tenant, stream, rater, ended)
    assert await answers.submit(Link(tenant, stream, bytes(25)), 1, holder, {}) == "unknown"
    assert await answers.submit(old, 1, holder, {}) == "over"
    assert await answers.submit(ended, 1, holder, {}) == "unknown"
    assert (await answers.holds(ended), (await answers.holds(old)) is None) == (None, False)
    assert await answers.counts(tenant, [stream]) == {stream: Count(1, 0)}


async def test_a_link_opens_nothing_of_another_stream(answers: Answers, tenant: UUID, stream: UUID) -> None:
    made = await invited(answers, tenant, stream, new_id())
    for elsewhere in (made._replace(stream=tenant), made._replace(tenant=new_id())):
        assert await answers.holds(elsewhere) is None


async def test_an_answer_to_what_changed_meanwhile_is_not_taken(answers: Answers, tenant: UUID, stream: UUID) -> None:
    made = await invited(answers, tenant, stream, new_id())
    assert await answers.submit(made, 2, Holder(new_id(), stream), {}) == "conflict"
    assert await answers.submit(made, 1, Holder(new_id(), stream), {}) == "ok"


async def test_nothing_is_taken_about_a_person_who_was_erased(answers: Answers, tenant: UUID, stream: UUID, app: Pool, log: Store) -> None:
    holder = Holder(new_id(), stream)
    made = await invited(answers, tenant, stream, new_id())
    kept = Answers(app, Vault(log.vault.provider))
    await kept.vault.sealing_keys(app, tenant, [holder])
    await answers.vault.destroy(app, tenant, *holder)  # while `kept` still remembers the key
    with pytest.raises(SubjectErased):
        await kept.submit(made, 1, holder, {})
    assert await answers.counts(tenant, [stream]) == {stream: Count(1, 0)}


async def test_nobody_lists_links_or_answers(connection: asyncpg.Connection) -> None:
    for table in ("rater_token", "sealed_answer"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.fetch(f"SELECT * FROM es.{table}")
