"""Whom a survey asks is written to, reminded and left in peace, and it closes with its last day: by a worker, to a server that takes mails."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from domain.errors.survey import SurveyClosedAlready
from domain.program.commands import AddCoachToPool, DefineProgram, EnrolParticipant, OpenProgram
from domain.survey.commands import IssueSurvey
from domain.survey.response import ResponseBody
from domain.survey.state import SurveyState
from infra.eventstore.opening import Opener
from infra.eventstore.store import Store
from infra.mail import SmtpPost
from infra.postgres import pool
from projections.runner import Runner
from services.command.execution import Commands
from services.directory import Directory
from services.respondent.answering import Respondents
from services.survey.respondent import SURVEY
from tests.database import Database
from tests.workers.reminder.office import Clock, Office
from tests.workers.reminder.sink import Sink, running
from workers.inviting import MOST_MAILS
from workers.survey.tending import Tending

SITE = "https://people.example.org"
MORNING = datetime.now(ZoneInfo("Europe/Berlin")).replace(hour=10, minute=0)  # of today, for the database has a clock of its own
LINK = re.compile(rf"{SITE}/respondents/([A-Za-z0-9_-]+)")
NAMES = ("ada", "bo", "cy")


class House(NamedTuple):
    """A survey of a program's three clients, open for six weeks."""

    office: Office
    survey: UUID
    tending: Tending
    respondents: Respondents
    runner: Runner
    sink: Sink

    async def tend(self, **later: float) -> list[str]:
        """Whom a mail went out to, once the clock is turned."""
        self.office.clock.now += timedelta(**later)
        await self.runner.catch_up()
        before = len(self.sink.mails)
        await self.tending.tend_all(self.office.tenant)
        return sorted(str(mail["To"]).split()[0].lower() for mail in self.sink.mails[before:])

    def link(self, to: str) -> str:
        """Of the last mail to somebody."""
        mail = next(mail for mail in reversed(self.sink.mails) if str(mail["To"]).lower().startswith(to))
        found = LINK.search(str(mail.get_body(("plain",)).get_content()))  # type: ignore[union-attr]
        assert found is not None
        return found[1]


@pytest.fixture
def sink() -> Iterator[Sink]:
    with running() as sink:
        yield sink


@pytest.fixture
async def house(store: Store, database: Database, sink: Sink) -> AsyncIterator[House]:
    clock = Clock(MORNING)
    commands = Commands(store, Directory(store.pool), clock)
    office = Office(commands, clock)
    await office.open()
    last: date = MORNING.date() + timedelta(days=41)
    define = DefineProgram(name="Leading", starts_on=MORNING.date(), ends_on=last, capacity=9, sessions_per_engagement=8)
    program = (await office.does(office.manager, define)).id
    pooled = AddCoachToPool(coach_id=await office.enter("mira", "coach", None), max_engagements=3)
    for command in (pooled, OpenProgram(), *[EnrolParticipant(client_id=await office.enter(name, "client", None)) for name in NAMES]):
        await office.does(office.manager, command, program)
    survey = (await office.does(office.manager, IssueSurvey(program_id=program, closes_on=last))).id
    locks, projector = await pool(database.dsn("worker"), size=2), await pool(database.dsn("projector"), size=2)
    tending = Tending(commands, locks, SmtpPost(sink.url, "coaching@example.org"), SITE)
    runner = Runner(projector, Opener(store.vault), patience=0.0)
    yield House(office, survey, tending, Respondents(store.pool, store.vault, clock), runner, sink)
    await locks.close()
    await projector.close()


async def test_each_is_asked_once_and_reminded_weekly_until_they_answer_and_then_it_closes(house: House) -> None:
    assert await house.tend() == list(NAMES)
    assert await house.tend(days=6) == []
    await house.respondents.answer(SURVEY, house.link("ada"), ResponseBody(scores={"nps": 9}))
    assert await house.tend(days=1) == ["bo", "cy"]
    await house.respondents.answer(SURVEY, house.link("bo"), ResponseBody(scores={"nps": 2}))
    assert [await house.tend(days=7) for _ in range(3)] == [["cy"], ["cy"], []]
    assert MOST_MAILS == 4
    late = house.link("cy")
    assert await house.tend(days=14) == []
    state: SurveyState = (await house.tending.store.read(house.office.tenant, house.survey)).state(house.survey)
    assert (state.is_closed, state.reminders, sorted(one.scores["nps"] for one in state.responses)) == (True, 4, [2, 9])
    with pytest.raises(SurveyClosedAlready):
        await house.respondents.answer(SURVEY, late, ResponseBody(scores={"nps": 5}))
    assert await house.tending.answers.told(house.office.tenant, house.survey) == {}
