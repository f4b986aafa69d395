"""Raters are written to, reminded and left in peace: by a worker, to a server that takes mails, under a clock that is turned."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from domain.assessment.commands import CloseAssessment, DecideRaterNomination, LaunchNeedsAssessment, NominateRater
from domain.assessment.feedback import FeedbackBody
from domain.assessment.state import AssessmentState
from domain.engagement.commands import PauseEngagement
from domain.errors.answering import AlreadySubmitted
from domain.errors.assessment import AssessmentClosed
from domain.organization.commands import SetOrganizationPolicy
from infra.eventstore.opening import Opener
from infra.eventstore.store import Store
from infra.keys import FileKeyProvider
from infra.mail import MailAway, SmtpPost
from infra.postgres import pool
from projections.runner import Runner
from services.assessment.rater import RATER
from services.command.execution import Commands
from services.directory import Directory
from services.respondent.answering import Respondents
from tests.database import Database, ask
from tests.waiting import PATIENCE_SECONDS, until
from tests.workers.reminder.killing import by, start
from tests.workers.reminder.office import Clock, Office
from tests.workers.reminder.sink import Sink, running
from workers.assessment.tending import Tending
from workers.inviting import MOST_MAILS

SITE = "https://people.example.org"
BERLIN = ZoneInfo("Europe/Berlin")
MORNING = datetime.now(BERLIN).replace(hour=10, minute=0)  # of today, for the database has a clock of its own
LAST_DAY = MORNING.date() + timedelta(days=41)
LINK = re.compile(rf"{SITE}/raters/([A-Za-z0-9_-]+)")
POINTS = FeedbackBody(answers={"delegation_1": 3, "delegation_2": None, "delegation_3": 4})


class House(NamedTuple):
    """An assessment of Lena that Mira launched, without raters yet."""

    office: Office
    client: UUID
    coach: UUID
    assessment: UUID
    tending: Tending
    respondents: Respondents
    runner: Runner
    sink: Sink

    async def approve(self, name: str, group: str = "peer") -> UUID:
        command = NominateRater(name=name, email=f"{name.lower()}@corvane.example", group=group)  # type: ignore[arg-type]
        return await self.office.made(self.coach, command, self.assessment)

    async def tend(self, **later: float) -> list[str]:
        """What went out, to whom, once the clock is turned."""
        self.office.clock.now += timedelta(**later)
        await self.runner.catch_up()
        before = len(self.sink.mails)
        await self.tending.tend_all(self.office.tenant)
        return sorted(str(mail["To"]) for mail in self.sink.mails[before:])

    def link(self, to: str) -> str:
        """Of the last mail to somebody."""
        mail = next(mail for mail in reversed(self.sink.mails) if str(mail["To"]).startswith(to))
        found = LINK.search(str(mail.get_body(("plain",)).get_content()))  # type: ignore[union-attr]
        assert found is not None
        return found[1]

    async def state(self) -> AssessmentState:
        found: AssessmentState = (await self.tending.store.read(self.office.tenant, self.assessment)).state(self.assessment)
        return found


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
    client, coach = await office.enter("lena", "client", None), await office.enter("mira", "coach", None)
    engaged = await office.engage(client, coach)
    launch = LaunchNeedsAssessment(engagement_id=engaged.engagement, kind="feedback_360", competencies=("delegation",), closes_on=LAST_DAY)
    assessment = (await office.does(coach, launch)).id
    locks, projector = await pool(database.dsn("worker"), size=2), await pool(database.dsn("projector"), size=2)
    tending = Tending(commands, locks, SmtpPost(sink.url, "coaching@example.org"), SITE)
    runner = Runner(projector, Opener(store.vault), patience=0.0)
    yield House(office, client, coach, assessment, tending, Respondents(store.pool, store.vault, clock), runner, sink)
    await locks.close()
    await projector.close()


async def test_a_rater_is_asked_once_and_reminded_weekly_until_they_answer(house: House) -> None:
    for name in ("Ada", "Bo"):
        await house.approve(name)
    assert await house.tend() == ["Ada <ada@corvane.example>", "Bo <bo@corvane.example>"]
    assert await house.tend(days=6) == []
    await house.respondents.answer(RATER, house.link("Ada"), POINTS)
    assert await house.tend(hours=21) == []  # seven in the morning, a week later
    assert await house.tend(hours=1) == ["Bo <bo@corvane.example>"]
    reminders = [await house.tend(days=7) for _ in range(4)]
    assert [len(sent) for sent in reminders] == [1, 1, 0, 0]
    assert MOST_MAILS == 4


async def test_every_link_of_a_rater_opens_and_one_answer_is_all(house: House) -> None:
    await house.approve("Ada")
    await house.tend()
    first = house.link("Ada")
    await house.tend(days=7)
    second = house.link("Ada")
    assert first != second
    assert (await house.respondents.asked(RATER, first)).respondent == (await house.respondents.asked(RATER, second)).respondent
    await house.respondents.answer(RATER, second, POINTS)
    with pytest.raises(AlreadySubmitted):
        await house.respondents.answer(RATER, first, POINTS)


async def test_nobody_is_written_to_at_night_or_while_the_coaching_rests(house: House) -> None:
    await house.approve("Ada")
    assert await house.tend(hours=11) == []  # nine in the evening
    assert await house.tend(hours=10) == ["Ada <ada@corvane.example>"]
    await house.approve("Bo")
    state = await house.state()
    await house.office.does(house.coach, PauseEngagement(reason="The client is on leave for a while."), state.engagement_id)
    assert await house.tend() == []


async def test_the_link_of_a_rater_who_was_taken_back_ends(house: House) -> None:
    rater = await house.approve("Ada")
    await house.tend()
    await house.office.does(house.coach, DecideRaterNomination(rater_id=rater, approved=False), house.assessment)
    assert await house.tend() == []
    assert await house.tending.answers.told(house.office.tenant, house.assessment) == {}


async def test_it_closes_when_its_last_day_is_over_and_keeps_how_often_was_reminded(house: House) -> None:
    for name in ("Ada", "Bo"):
        await house.approve(name)
    await house.tend()
    link = house.link("Ada")
    await house.tend(days=7)
    house.office.clock.now = datetime.combine(LAST_DAY, time(23, 59), BERLIN)
    await house.tend()
    assert (await house.state()).stage == "open"
    await house.tend(minutes=1)
    state = await house.state()
    assert (state.stage, state.closed_on, state.reminders) == ("closed", LAST_DAY + timedelta(days=1), 2)
    assert await house.tending.answers.counts(house.office.tenant, [house.assessment]) == {}
    with pytest.raises(AssessmentClosed):
        await house.respondents.answer(RATER, link, POINTS)
    # somebody was faster: it stays as it is
    await house.tending.close(house.office.tenant, house.assessment, CloseAssessment(), AssessmentClosed)


async def test_what_a_server_did_not_take_is_sent_again(house: House) -> None:
    await house.approve("Ada")
    house.sink.answer = "451 4.3.0 not now"
    with pytest.raises(MailAway):
        await house.tend()
    assert await house.tending.answers.told(house.office.tenant, house.assessment) == {}
    house.sink.answer = ""
    assert await house.tend() == ["Ada <ada@corvane.example>"]


async def test_the_mail_promises_and_says_nothing_else(house: House) -> None:
    await house.approve("Ada")
    await house.tend()
    (mail,) = house.sink.mails
    assert mail["Subject"] == "Your feedback is asked for"
    for part in (mail.get_body(("plain",)), mail.get_body(("html",))):
        text = str(part.get_content())  # type: ignore[union-attr]
        for said in ("Hello", "Lena", f"{LAST_DAY.day} {LAST_DAY:%B %Y}", "at least 3 people", "shown as the manager"):
            assert said in text


async def test_the_worker_writes_as_soon_as_a_rater_is_approved(
    house: House, database: Database, provider: FileKeyProvider, sink: Sink
) -> None:
    house.office.clock.now = datetime.now(UTC)
    admin = await house.office.enter("ada", "admin", None)
    await house.office.does(
        admin, SetOrganizationPolicy(seen=0, quiet_from_hour=0, quiet_until_hour=0), house.office.tenant
    )  # this test runs at night, too
    await house.office.does(house.coach, CloseAssessment(reason="It begins anew."), house.assessment)
    engagement = (await house.state()).engagement_id
    launch = LaunchNeedsAssessment(engagement_id=engagement, kind="feedback_360")
    again = (await house.office.does(house.coach, launch)).id
    await house._replace(assessment=again).approve("Ada")
    left = "SELECT count(*) FROM jobs.job"
    worker = start(database, provider, **by(sink), THROUGHLINE_URL=SITE)
    try:
        until(lambda: [mail for mail in sink.mails if str(mail["To"]).startswith("Ada ")])
        until(lambda: ask(database.dsn("worker"), left)[0][0] == 0)
    finally:
        worker.terminate()
        assert worker.wait(PATIENCE_SECONDS) == 0
