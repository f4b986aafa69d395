"""What the database's own administrator can find out of who answered what, and when, once an assessment is closed: nothing.

The attacker is a superuser who reads every table of every schema, knows every link and the moment of every answer, and looks for
what could be joined: ids, secrets, times, transactions, order. What they would still find before the closing shows that the attack
works. The write-ahead log, backups, and dead rows that no statement reads are beyond it, and named as the promise's limit.
"""

from __future__ import annotations

import base64
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID

import asyncpg
import pytest

from domain.assessment.commands import CloseAssessment, LaunchNeedsAssessment, NominateRater, ReleaseAssessmentResults
from domain.assessment.feedback import FeedbackBody
from infra.eventstore.answer import link
from infra.eventstore.opening import Opener
from infra.eventstore.store import Store
from infra.mail import SmtpPost
from infra.postgres import pool
from projections.runner import Runner
from services.assessment.rater import RATER
from services.command.execution import Commands
from services.directory import Directory
from services.respondent.answering import Respondents
from tests.database import Database
from tests.workers.reminder.office import Clock, Office
from tests.workers.reminder.sink import running
from workers.assessment.tending import Tending

TABLES: Final = """
SELECT c.oid::regclass::text AS name,
       array_agg(a.attname::text) FILTER (WHERE a.atttypid = 'timestamptz'::regtype) AS times
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
 WHERE c.relkind = 'r' AND n.nspname IN ('es', 'rm', 'jobs', 'directory', 'public')
 GROUP BY c.oid"""
SECRETS: Final = ("es.rater_token", "es.sealed_answer")


class Answered(NamedTuple):
    """What an observer knows of one answer: whose link it was, and between which moments and transactions it came."""

    rater: UUID
    link: str
    before: tuple[datetime, int]
    after: tuple[datetime, int]


class Administrator:
    """Of the database, with every right there is."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self.connection = connection

    async def moment(self) -> tuple[datetime, int]:
        row = await self.connection.fetchrow("SELECT clock_timestamp(), pg_current_xact_id()::text::bigint")
        return row[0], row[1]

    async def rows(self, where: str = "true", *values: Any) -> list[tuple[str, str]]:
        """Every row of every table, as text; what is bytes, as what it says."""
        found = []
        for table in await self.connection.fetch(TABLES):
            for row in await self.connection.fetch(f"SELECT t.* FROM {table['name']} t WHERE {where}", *values):
                found.append((table["name"], json.dumps([readable(value) for value in row], default=str)))
        return found

    async def of_transactions(self, answer: Answered) -> set[str]:
        """Tables with rows that were written by a transaction of that window."""
        return {name for name, _ in await self.rows("t.xmin::text::bigint BETWEEN $1 AND $2", answer.before[1], answer.after[1])}

    async def of_times(self, answer: Answered) -> set[str]:
        """Tables that hold a time in that window."""
        found = set()
        for table in await self.connection.fetch(TABLES):
            for column in table["times"] or ():
                asked = f"SELECT EXISTS (SELECT FROM {table['name']} t WHERE t.{column} BETWEEN $1 AND $2)"
                if await self.connection.fetchval(asked, answer.before[0], answer.after[0]):
                    found.add(table["name"])
        return found

    async def naming(self, *words: str) -> set[str]:
        """Tables with rows that hold one of the words."""
        return {name for name, text in await self.rows() if any(word in text for word in words)}


def readable(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace") + " " + value.hex()
    return [readable(each) for each in value] if isinstance(value, list) else value


class House(NamedTuple):
    office: Office
    coach: UUID
    assessment: UUID
    runner: Runner
    answered: list[Answered]
    administrator: Administrator

    async def close(self, *, release: bool = True) -> None:
        await self.office.does(self.coach, CloseAssessment(reason="All have answered whom we need."), self.assessment)
        if release:
            await self.office.does(self.coach, ReleaseAssessmentResults(), self.assessment)
        await self.runner.catch_up()


@pytest.fixture
async def house(store: Store, database: Database) -> AsyncIterator[House]:
    """Four peers were written to, and have answered one after the other."""
    clock = Clock(datetime.now(UTC).replace(hour=10))
    office = Office(Commands(store, Directory(store.pool), clock), clock)
    await office.open()
    client, coach = await office.enter("lena", "client", None), await office.enter("mira", "coach", None)
    engaged = await office.engage(client, coach)
    launch = LaunchNeedsAssessment(engagement_id=engaged.engagement, kind="feedback_360", competencies=("delegation",))
    assessment = (await office.does(coach, launch)).id
    locks, projector = await pool(database.dsn("worker"), size=2), await pool(database.dsn("projector"), size=2)
    connection = await asyncpg.connect(database.dsn("admin"))
    administrator, respondents = Administrator(connection), Respondents(store.pool, store.vault, clock)
    people = [
        await office.made(coach, NominateRater(name=f"Rater {n}", email=f"rater{n}@corvane.example", group="peer"), assessment)
        for n in range(4)
    ]
    with running() as sink:
        runner = Runner(projector, Opener(store.vault), patience=0.0)
        await runner.catch_up()
        await Tending(office.commands, locks, SmtpPost(sink.url, "coaching@example.org"), "https://x.example").tend_all(office.tenant)
    answered = []
    for number, rater in enumerate(people):
        made = await respondents.answers.invite(office.tenant, assessment, rater, clock.now + timedelta(days=365))
        assert made is not None
        before = await administrator.moment()
        body = FeedbackBody(
            answers={"delegation_1": number + 1, "delegation_2": None, "delegation_3": None},
            comments={"keep": f"The words of rater {number}."},
        )
        await respondents.answer(RATER, made.text(), body)
        answered.append(Answered(rater, made.text(), before, await administrator.moment()))
    yield House(office, coach, assessment, runner, answered, administrator)
    await connection.close()
    await locks.close()
    await projector.close()


async def test_until_it_is_closed_an_administrator_could_join_an_answer_to_its_link(house: House) -> None:
    for answer in house.answered:
        assert await house.administrator.of_transactions(answer) == set(SECRETS)


async def test_afterwards_nothing_is_of_the_transactions_or_the_times_of_answering(house: House) -> None:
    await house.close()
    for answer in house.answered:
        assert await house.administrator.of_transactions(answer) == set()
        assert await house.administrator.of_times(answer) == set()


async def test_no_link_no_secret_and_no_waiting_answer_is_left(house: House) -> None:
    ids = await house.administrator.connection.fetch("SELECT answer_id FROM es.sealed_answer")
    sealed = await house.administrator.connection.fetch("SELECT sealed FROM es.sealed_answer")
    links = [found for answer in house.answered if (found := link(answer.link)) is not None]
    words = [word for one in links for word in (one.text(), one.hash.hex(), one.secret.hex(), base64.b64encode(one.secret).decode())]
    words += [str(row[0]) for row in ids] + [row[0].decode() for row in sealed]
    assert await house.administrator.naming(*words) >= set(SECRETS)
    await house.close()
    assert await house.administrator.naming(*words) == set()
    for table in SECRETS:
        assert await house.administrator.connection.fetchval(f"SELECT count(*) FROM {table}") == 0


async def test_the_answers_in_the_log_are_nobodys_and_all_of_one_moment(house: House) -> None:
    await house.close()
    rows = await house.administrator.connection.fetch("""
        SELECT type, occurred_at, recorded_at, xmin::text, meta, payload FROM es.event
         WHERE type IN ('assessment.rater_feedback_submitted', 'assessment.assessment_closed')""")
    assert len(rows) == 5
    assert len({(row["occurred_at"], row["recorded_at"], row["xmin"], row["meta"]) for row in rows}) == 1
    assert json.loads(rows[0]["meta"])["actor"] == str(house.coach)
    for row in rows:
        payload = row["payload"].decode()
        assert not any(str(answer.rater) in payload for answer in house.answered)
        if row["type"] == "assessment.rater_feedback_submitted":
            assert set(json.loads(payload)) == {"_", "feedback", "scale_version"}


async def test_a_rater_stands_where_they_were_nominated_and_nowhere_else(house: House) -> None:
    await house.close()
    for answer in house.answered:
        found = await house.administrator.rows()
        naming = [(name, text) for name, text in found if str(answer.rater) in text]
        assert {name.split("_g")[0] for name, _ in naming} <= {"es.event", "es.subject_key", "rm.assessment_current", "rm.plan_timeline"}
        events = [text for name, text in naming if name == "es.event"]
        assert all("assessment.rater_nominat" in text for text in events)


async def test_no_words_of_one_rater_are_readable_and_those_of_all_only_once_they_are_shown(house: House) -> None:
    await house.close(release=False)
    assert await house.administrator.naming("words of rater") == set()
    await house.office.does(house.coach, ReleaseAssessmentResults(), house.assessment)
    await house.runner.catch_up()
    shown = [(name, text) for name, text in await house.administrator.rows() if "words of rater" in text]
    models = {name.split("_g")[0] for name, _ in shown}
    assert models == {"rm.assessment_current", "rm.plan_timeline", "rm.kpi_board"}  # each opened by who reads the whole report
    assert all(f"words of rater {number}" in text for _, text in shown for number in range(4))
