"""The mails that people sign in by: from a worker's process to a server that takes mails, whatever happens in between."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import NamedTuple
from uuid import UUID

import pytest
from uuid_utils.compat import uuid7

from domain.glossary import Role
from domain.organization.commands import RegisterOrganization
from domain.person.commands import GrantMembership, RegisterPerson
from domain.values import NIL
from infra.eventstore.store import Store
from infra.keys import FileKeyProvider
from infra.mail import MailAway, SmtpPost
from infra.postgres import Pool, pool
from services.actor import OPERATOR, Actor
from services.command.execution import Commands, utc_now
from services.directory import Directory
from services.entry.attempt import Attempts
from services.mail_link.link import Asked, Link, MailLinks, new_secret
from tests.database import Database, ask
from tests.waiting import PATIENCE_SECONDS, until
from tests.workers.reminder.killing import by, start
from tests.workers.reminder.sink import Sink, running
from workers.mail_link.pickup import Pickup
from workers.mail_link.sending import Sending

SITE = "https://people.example.org"
LINK = re.compile(rf"{SITE}/sign-in/link/([0-9a-f-]{{36}})/([A-Za-z0-9_-]{{32}})\s")
SENDER = "coaching@example.org"
LEFT = "SELECT count(*) FROM jobs.job"


class Firm(NamedTuple):
    """An organization in which people ask for links, each in a browser of their own."""

    tenant: UUID
    commands: Commands
    links: MailLinks

    async def enter(self, name: str, role: Role | None) -> UUID:
        who = Actor(self.tenant, NIL, OPERATOR, NIL)
        made = await self.commands.execute(who, RegisterPerson(name=name.title(), email=f"{name}@example.org"))
        if role is not None:
            await self.commands.execute(who, GrantMembership(role=role), made.id)
        return made.id

    async def ask(self, name: str, slug: str = "northlight") -> str:
        """Returns what its browser's cookie holds. Each comes from a network of its own."""
        browser = new_secret()
        await self.links.ask(Asked(slug, f" {name.upper()}@example.org", browser, "/"), uuid7().bytes * 2)
        return browser


@pytest.fixture
async def firm(store: Store) -> Firm:
    tenant, directory = uuid7(), Directory(store.pool)
    commands = Commands(store, directory)
    registration = RegisterOrganization(name="Northlight", slug="northlight", time_zone="Europe/Berlin")
    await commands.execute(Actor(tenant, NIL, OPERATOR, NIL), registration)
    return Firm(tenant, commands, MailLinks(store.pool, store.vault, Attempts(store.pool, utc_now), utc_now))


@pytest.fixture
def sink() -> Iterator[Sink]:
    with running() as sink:
        yield sink


@pytest.fixture
def sending(store: Store, sink: Sink) -> Sending:
    return Sending(store.pool, store.vault, SmtpPost(sink.url, SENDER), SITE)


async def taken(database: Database) -> list[tuple[UUID, UUID]]:
    """What a worker's pickup makes jobs of, as they stand in the table: (tenant, link)."""
    connections: Pool = await pool(database.dsn("worker"), size=2)
    await Pickup(connections).round()
    await connections.close()
    messages = [json.loads(message) for (message,) in ask(database.dsn("worker"), "SELECT message FROM jobs.job")]
    ask(database.dsn("worker"), "DELETE FROM jobs.job")
    return [(UUID(message["args"][0]), UUID(message["args"][1])) for message in messages]


def links_in(sink: Sink) -> list[Link]:
    """The link in each mail, the same in its plain and its HTML part."""
    found = []
    for mail in sink.mails:
        parts = [str(part.get_content()) for part in mail.walk() if not part.is_multipart()]  # type: ignore[attr-defined]
        (link,) = LINK.findall(parts[0])
        assert f"{SITE}/sign-in/link/{link[0]}/{link[1]}" in parts[1]
        found.append(Link(UUID(link[0]), link[1]))
    return found


async def test_a_worker_mails_a_link_that_opens(firm: Firm, database: Database, provider: FileKeyProvider, sink: Sink) -> None:
    mira = await firm.enter("mira", "coach")
    browser = await firm.ask("mira")
    worker = start(database, provider, **by(sink), THROUGHLINE_URL=SITE)
    try:
        until(lambda: sink.mails)
    finally:
        worker.terminate()
        assert worker.wait(PATIENCE_SECONDS) == 0
    (mail,) = sink.mails
    assert (mail["To"], mail["Subject"]) == ("Mira <mira@example.org>", "Your link to sign in")
    (link,) = links_in(sink)
    assert mail["Message-ID"] == f"<{link.id.hex}@example.org>"
    followed = await firm.links.look(link, browser)
    assert followed is not None
    assert (followed.person.id, followed.is_same_browser) == (mira, True)


async def test_a_worker_that_is_killed_sends_one_mail_more_and_both_links_are_good(
    firm: Firm, database: Database, provider: FileKeyProvider, sink: Sink
) -> None:
    await firm.enter("mira", "coach")
    browser = await firm.ask("mira")
    first = start(database, provider, **by(sink), THROUGHLINE_URL=SITE)
    sink.heard = first.kill  # the mail is there, and its sender is never told so
    first.wait(PATIENCE_SECONDS)
    sink.heard = lambda: None
    ask(database.dsn("admin"), "UPDATE jobs.job SET available_at = now()")
    second = start(database, provider, **by(sink), THROUGHLINE_URL=SITE)
    try:
        until(lambda: ask(database.dsn("worker"), LEFT)[0][0] == 0)
    finally:
        second.terminate()
        second.wait(PATIENCE_SECONDS)
    assert len(sink.mails) == 2
    assert len(set(sink.ids())) == 1
    before, after = links_in(sink)
    assert before != after
    for link in (before, after):
        assert await firm.links.look(link, browser) is not None
    assert await firm.links.use(before, browser)
    assert not await firm.links.use(after, browser)


async def test_a_server_that_is_away_is_asked_again(firm: Firm, database: Database, sending: Sending, sink: Sink) -> None:
    await firm.enter("mira", "coach")
    await firm.ask("mira")
    (job,) = await taken(database)
    sink.answer = "451 later"
    with pytest.raises(MailAway):
        await sending.send(*job)
    sink.answer = "550 never"
    assert not await sending.send(*job)
    sink.answer = ""
    assert await sending.send(*job)


async def test_nobody_gets_a_mail_who_is_not_there_or_has_no_role(firm: Firm, database: Database, sending: Sending, sink: Sink) -> None:
    """In another organization, either. What was asked for nowhere is no job at all."""
    await firm.enter("mira", None)
    for name, slug in (("mira", "northlight"), ("nobody", "northlight"), ("mira", "elsewhere")):
        await firm.ask(name, slug)
    jobs = await taken(database)
    assert len(jobs) == 2
    assert [await sending.send(*job) for job in jobs] == [False] * 2
    assert sink.mails == []


async def test_who_was_erased_gets_no_mail_and_their_link_opens_nothing(
    firm: Firm, database: Database, sending: Sending, sink: Sink, store: Store
) -> None:
    mira = await firm.enter("mira", "coach")
    browser = await firm.ask("mira")
    jobs = await taken(database)
    assert await sending.send(*jobs[0])
    await store.vault.destroy(store.pool.of(firm.tenant), firm.tenant, mira, None)
    assert not await sending.send(*jobs[0])
    (link,) = links_in(sink)
    assert await firm.links.look(link, browser) is None


async def test_an_organization_that_ended_lets_nobody_in(
    firm: Firm, database: Database, sending: Sending, sink: Sink, store: Store
) -> None:
    await firm.enter("mira", "coach")
    browser = await firm.ask("mira")
    jobs = await taken(database)
    assert await sending.send(*jobs[0])
    ask(database.dsn("owner"), "SELECT * FROM es.end_tenant('northlight')")
    store.vault.forget(firm.tenant)
    assert not await sending.send(*jobs[0])
    (link,) = links_in(sink)
    assert await firm.links.look(link, browser) is None
    await firm.ask("mira")  # as for a name that nobody ever had
    assert await taken(database) == []


async def test_what_ended_a_day_ago_is_forgotten(firm: Firm, database: Database) -> None:
    await firm.ask("nobody")
    await firm.ask("nobody")
    kept = "UPDATE directory.mail_link SET ends_at = now() - interval '25 hours' WHERE id = (SELECT max(id::text)::uuid FROM directory.mail_link)"
    ask(database.dsn("admin"), kept)
    ask(database.dsn("admin"), "UPDATE directory.attempt SET at = now() - interval '25 hours', until_at = now()")
    assert ask(database.dsn("worker"), "SELECT directory.forget_mail_links(), directory.forget_attempts()")[0][0] == 1
    assert ask(database.dsn("admin"), "SELECT count(*) FROM directory.mail_link") == [(1,)]
    assert ask(database.dsn("admin"), "SELECT count(*) FROM directory.attempt") == [(0,)]
