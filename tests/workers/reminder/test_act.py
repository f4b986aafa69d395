"""The link in a reminder's mail: one safe command, as the person whose it is, and for nobody and nothing else."""

from __future__ import annotations

import asyncio
import base64
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from uuid import UUID

import pytest
import uvicorn
from httpx import AsyncClient

from domain.command import Command
from domain.engagement.commands import PauseEngagement
from domain.organization.commands import SuspendOrganization
from domain.person.commands import RevokeMembership
from domain.plan.commands import CommitAction, DropAction
from domain.plan.state import PlanState
from domain.session.commands import CompleteSession, ScheduleSession
from domain.session.state import SessionState
from domain.values import NIL
from infra.keys import FileKeyProvider
from infra.settings import Settings
from services.act.link import LASTS
from services.actor import OPERATOR, Actor
from services.wiring import create_app
from tests.database import Database, ask
from tests.waiting import PATIENCE_SECONDS
from tests.workers.reminder.office import Clock, Engaged, Office, instant
from tests.workers.reminder.sink import Sink
from tests.workers.reminder.test_reminding import DUE, MORNING
from workers.port import listening

Look = Callable[[], Awaitable[int]]
LINK = re.compile(r"https://coaching\.example\.org(/act/[A-Za-z0-9_-]{76})\n")
WORDS = "Call Ben about the budget"


@pytest.fixture
async def browser(database: Database, provider: FileKeyProvider, folder: Path, clock: Clock) -> AsyncIterator[AsyncClient]:
    """Of somebody who is not signed in."""
    environment = {"DATABASE_URL": database.dsn("app"), "THROUGHLINE_KEY_FILE": str(provider.path), "THROUGHLINE_DATA": str(folder)}
    app = create_app(Settings.from_env(environment), clock)
    server = uvicorn.Server(uvicorn.Config(app, lifespan="on", log_config=None, access_log=False, timeout_graceful_shutdown=1))
    with listening("127.0.0.1", 0) as bound:
        serving = asyncio.create_task(server.serve(sockets=[bound]))
        while not server.started:
            assert not serving.done(), "the server did not start"
            await asyncio.sleep(0.01)
        address = "http://{}:{}".format(*bound.getsockname())
        async with AsyncClient(base_url=address, timeout=PATIENCE_SECONDS, headers={"Accept": "text/html", "Origin": address}) as browser:
            yield browser
        server.should_exit = True
        await serving


@pytest.fixture
async def engaged(office: Office) -> Engaged:
    client = await office.enter("mira", "client", None)
    return await office.engage(client, await office.enter("amir", "coach", None))


@pytest.fixture
async def action(office: Office, engaged: Engaged) -> UUID:
    return await office.made(engaged.client, CommitAction(text=WORDS, owner=engaged.client, due_on=DUE), engaged.plan)


@pytest.fixture
async def path(office: Office, action: UUID, look: Look, sink: Sink) -> str:
    """The link of the mail that reminds of the action."""
    office.clock.now = MORNING
    assert await look() == 1
    return link_in(sink)


def text_of(mail: EmailMessage) -> str:
    return str(mail.get_body(("plain",)).get_content()).replace("\r\n", "\n")  # type: ignore[union-attr]


def link_in(sink: Sink) -> str:
    found = LINK.search(text_of(sink.mails[-1]))
    assert found is not None
    return found[1]


async def plan_of(office: Office, engaged: Engaged) -> PlanState:
    state: PlanState = (await office.commands.store.read(office.tenant, engaged.plan)).state(engaged.plan)
    return state


def count(database: Database) -> int:
    return int(ask(database.dsn("admin"), "SELECT count(*) FROM es.event")[0][0])


async def test_an_action_is_reported_from_the_mail(
    office: Office, engaged: Engaged, action: UUID, path: str, browser: AsyncClient, database: Database
) -> None:
    before = count(database)
    shown = await browser.get(path)
    assert shown.status_code == 200
    assert "An action of yours is due on <bdi>Friday, 20 February 2026</bdi>." in shown.text
    assert (WORDS in shown.text, "Mira" in shown.text) == (False, False)
    assert (shown.headers["cache-control"], shown.headers["referrer-policy"]) == ("no-store", "strict-origin")
    assert (await browser.head(path)).status_code == 200
    assert count(database) == before, "looking does nothing: programs look before people do"
    done = await browser.post(path)
    assert (done.status_code, "It is reported as done" in done.text) == (200, True)
    assert (await plan_of(office, engaged)).actions[action].completed is not None
    (meta,) = ask(database.dsn("admin"), "SELECT convert_from(meta, 'UTF8') FROM es.event ORDER BY position DESC LIMIT 1")
    assert '"channel":"email"' in meta[0]
    assert str(engaged.client) in meta[0]
    for answer in (await browser.post(path), await browser.get(path)):
        assert (answer.status_code, "There is nothing left to do" in answer.text) == (409, True)
    assert count(database) == before + 1


async def test_a_form_of_another_site_does_nothing(path: str, browser: AsyncClient, database: Database) -> None:
    before = count(database)
    assert (await browser.post(path, headers={"Origin": "https://elsewhere.example.org"})).status_code == 403
    assert count(database) == before


async def test_a_value_is_recorded_once_whatever_is_sent_at_the_same_time(
    office: Office, engaged: Engaged, look: Look, sink: Sink, browser: AsyncClient
) -> None:
    office.clock.now = instant("2026-02-23 07:00")  # 21 days after activation
    assert await look() >= 1
    path = link_in(sink)
    for wrong in ("", "many", "1.000,5", "٣", "1e9", "9" * 30):
        refused = await browser.post(path, data={"entered": wrong})
        assert (refused.status_code, "Enter a number such as <bdi>7.5</bdi>" in refused.text) == (422, True), wrong
    answers = await asyncio.gather(*(browser.post(path, data={"entered": value}) for value in ("7,5", "8", "9")))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409]
    (measured,) = (await plan_of(office, engaged)).objectives[engaged.objective].measured
    assert (str(measured.value) in {"7.5", "8", "9"}, measured.source) == (True, "self_report")


async def test_a_session_is_rated_in_the_language_of_who_rates_it(office: Office, look: Look, sink: Sink, browser: AsyncClient) -> None:
    client = await office.enter("juergen", "client", None, locale="de-at")
    engaged = await office.engage(client, await office.enter("amir", "coach", None))
    start = instant("2026-02-10 09:00")
    session = (await office.does(engaged.coach, ScheduleSession(engagement_id=engaged.engagement, starts_at=start))).id
    office.clock.now = start + timedelta(minutes=70)
    await office.does(engaged.coach, CompleteSession(minutes=60, occurred_at=start), session)
    assert await look() == 1
    assert sink.mails[-1]["Subject"] == "1 Erinnerung"
    path = link_in(sink)
    shown = await browser.get(path)
    assert '<html lang="de">' in shown.text
    assert "Sie hatten am <bdi>Dienstag, 10. Februar 2026</bdi> eine Coaching-Sitzung." in shown.text
    assert (await browser.post(path, data={"entered": "6"})).status_code == 422
    assert "Vielen Dank" in (await browser.post(path, data={"entered": "4"})).text
    state: SessionState = (await office.commands.store.read(office.tenant, session)).state(session)
    assert [one.instrument for one in state.ratings] == ["stars"]


async def test_what_was_done_or_dropped_meanwhile_is_said(
    office: Office, engaged: Engaged, action: UUID, path: str, browser: AsyncClient
) -> None:
    await office.does(engaged.client, DropAction(action_id=action, reason_code="capacity"), engaged.plan)
    answer = await browser.post(path)
    assert (answer.status_code, "There is nothing left to do" in answer.text) == (409, True)


@pytest.mark.parametrize(
    ("change", "status", "says"),
    [
        ("role", 403, "This is not yours to do any more"),
        ("suspended", 423, "Not now"),
        ("paused", 409, "This is over"),
        ("late", 410, "This link has ended"),
    ],
)
async def test_it_is_asked_again_who_may(
    change: str, status: int, says: str, office: Office, engaged: Engaged, path: str, browser: AsyncClient, database: Database
) -> None:
    """At the moment of each request: a mail lies in a mailbox for days."""
    operator = Actor(office.tenant, NIL, OPERATOR, NIL)
    match change:
        case "role":
            await office.commands.execute(operator, RevokeMembership(role="client", reason_code="other"), engaged.client)
        case "suspended":
            suspend: Command = SuspendOrganization(reason_code="other")
            await office.commands.execute(operator, suspend, office.tenant)
        case "paused":
            await office.does(engaged.coach, PauseEngagement(reason_code="absence"), engaged.engagement)
        case _:
            office.clock.now = MORNING + LASTS
    before = count(database)
    for answer in (await browser.get(path), await browser.post(path)):
        assert (answer.status_code, says in answer.text) == (status, True), answer.text
    assert count(database) == before


async def test_a_link_is_for_its_own_reminder_and_what_is_none_tells_nothing(
    office: Office, engaged: Engaged, path: str, browser: AsyncClient, look: Look, sink: Sink, database: Database
) -> None:
    """Another person's or another organization's, one made up, one half copied: the same answer as for what there never was."""
    theirs = await office.made(engaged.client, CommitAction(text="Ask Zoe", owner=engaged.coach, due_on=DUE), engaged.plan)
    office.clock.now = MORNING + timedelta(days=2)
    assert await look() == 2
    other = next(found[1] for mail in sink.mails if "amir" in str(mail["To"]) if (found := LINK.search(text_of(mail))))
    raw, foreign = (base64.urlsafe_b64decode(one.removeprefix("/act/")) for one in (path, other))
    never = UUID(int=7).bytes
    forged = (
        raw[:16] + foreign[16:32] + raw[32:],  # another's reminder, by this signature
        foreign[:16] + raw[16:32] + foreign[32:],
        never + raw[16:],  # another organization
        raw[:16] + engaged.plan.bytes + raw[32:],  # something that is no reminder
        raw[:-1] + bytes([raw[-1] ^ 1]),
        raw[:32] + bytes(25),
    )
    paths = [f"/act/{base64.urlsafe_b64encode(one).decode()}" for one in forged]
    answers = [await browser.post(one) for one in (*paths, "/act/nothing", path[:-4], path + "A")]
    answers += [await browser.get(one) for one in paths]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1, "nothing tells one from the other"
    state = await plan_of(office, engaged)
    assert all(one.is_open for one in state.actions.values())
    assert (await browser.post(other)).status_code == 200
    after = await plan_of(office, engaged)
    assert [id for id, one in after.actions.items() if not one.is_open] == [theirs]


async def test_who_tries_links_has_to_wait(browser: AsyncClient) -> None:
    answers = [(await browser.get(f"/act/{number:076}")).status_code for number in range(55)]
    assert (answers[0], answers[-1]) == (404, 429)
