"""Whoever names an address for somebody else reads none of their mails by it: what an attacker with the directory's key tries, and gets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

import pytest

from domain.person.commands import ChangePersonProfile
from domain.person.state import PersonState
from infra.eventstore.opening import Opener
from infra.eventstore.store import Store
from infra.mail import SmtpPost
from services.address.changing import AddressChanges
from services.command.execution import Commands, utc_now
from services.directory import Directory
from services.entry.attempt import Attempts
from services.mail_link.link import Asked, MailLinks, new_secret
from tests.database import Database
from tests.workers.reminder.office import Clock, Office
from tests.workers.reminder.sink import Sink, running
from tests.workers.test_sign_in_mail import taken
from workers.mail_link.sending import Sending
from workers.person.moving import ask_both
from workers.person.telling import tell

SITE = "https://people.example.org"
LINK = re.compile(rf"{SITE}/address/([A-Za-z0-9_-]{{76}})\s")
OLD, NEW = "lena@example.org", "thief@evil.example"


@pytest.fixture
def sink() -> Iterator[Sink]:
    with running() as sink:
        yield sink


class House(NamedTuple):
    """An organization with a client whose address the directory's key would like to be another one."""

    office: Office
    post: SmtpPost
    sink: Sink
    lena: UUID
    machine: UUID

    async def name(self, address: str) -> int:
        """Names another address by the directory's key; returns the version that it was named in, with the mails sent."""
        named = ChangePersonProfile(seen=(await self.state()).profile_at, email=address, source="scim")
        version = (await self.office.does(self.machine, named, self.lena)).version
        await ask_both(self.office.commands, self.post, SITE, self.office.tenant, self.lena, version)
        return version

    async def state(self) -> PersonState:
        state: PersonState = (await self.office.commands.store.read(self.office.tenant, self.lena)).state(self.lena, "person")
        return state

    async def address(self) -> str:
        store = self.office.commands.store
        (email,) = await Opener(store.vault).plain(
            store.pool.of(self.office.tenant), self.office.tenant, self.lena, [(await self.state()).email]
        )
        return str(email)

    def link(self, to: str) -> str:
        """Of the last mail that went there."""
        text = [str(mail.get_body(("plain",)).get_content()) for mail in self.sink.mails if to in str(mail["To"])][-1]  # type: ignore[union-attr]
        found = LINK.search(text.replace("\r\n", "\n"))
        assert found is not None, text
        return found[1]

    async def follows(self, link: str) -> str:
        return (await AddressChanges(self.office.commands).act(link)).standing


@pytest.fixture
async def house(store: Store, sink: Sink) -> House:
    clock = Clock(datetime(2026, 3, 2, 9, tzinfo=UTC))
    office = Office(Commands(store, Directory(store.pool), clock), clock)
    await office.open()
    lena, machine = await office.enter("lena", "client", "Europe/Rome"), await office.enter("directory", "integration", None)
    return House(office, SmtpPost(sink.url, "coaching@example.org"), sink, lena, machine)


async def test_the_old_address_is_told_first_and_stops_it(house: House) -> None:
    await house.name(NEW)
    assert [str(mail["To"]) for mail in house.sink.mails] == [f"Lena <{OLD}>", NEW]
    told, asked = (str(mail.get_body(("plain",)).get_content()) for mail in house.sink.mails)  # type: ignore[union-attr]
    assert "Thursday, 5 March 2026, 10:00" in told  # three days later, in Rome
    assert "Lena" not in asked, "whose coaching it is, is nothing that a stranger reads"
    thief = house.link(NEW)
    assert await house.follows(thief) == "early"
    assert await house.follows(house.link(OLD)) == "done"
    house.office.clock.now += timedelta(days=4)
    assert await house.follows(thief) == "unknown"
    assert (await house.address(), (await house.state()).managed) == (OLD, frozenset())


async def test_links_to_sign_in_go_to_nobody_but_the_old_address(house: House, store: Store, database: Database) -> None:
    await house.name(NEW)
    house.sink.mails.clear()
    links = MailLinks(store.pool, store.vault, Attempts(store.pool, utc_now), utc_now)
    for number, address in enumerate((NEW, OLD)):
        await links.ask(Asked(f"firm-{house.office.tenant.hex[-12:]}", address, new_secret(), "/"), bytes([number]) * 32)
    sending = Sending(store.pool, store.vault, house.post, SITE)
    sent = [await sending.send(tenant, id) for tenant, id in await taken(database)]
    assert (sorted(sent), [str(mail["To"]) for mail in house.sink.mails]) == ([False, True], [f"Lena <{OLD}>"])


async def test_who_reads_the_new_address_confirms_it_once_the_time_is_over(house: House) -> None:
    first = await house.name("first@example.org")
    void = house.link("first@example.org")
    asked = await house.name("moved@example.org")
    assert await ask_both(house.office.commands, house.post, SITE, house.office.tenant, house.lena, first) == 0
    house.office.clock.now += timedelta(days=3)
    assert await house.follows(void) == "unknown", "an earlier link never confirms a later address"
    assert await house.follows(house.link("moved@example.org")) == "done"
    assert await house.address() == "moved@example.org"
    state = await house.state()
    assert (state.profile_at, state.managed) == (asked + 1, {"email"})
    reading = await house.office.commands.store.read(house.office.tenant, house.lena)
    assert reading.head is not None
    assert await tell(house.office.commands, house.post, house.office.tenant, house.lena, reading.head.position)
    assert str(house.sink.mails[-1]["To"]) == f"Lena <{OLD}>"
    assert await house.follows(house.link("moved@example.org")) == "unknown"
    assert await house.office.enter("lena", "client", None), "the old address may be another person's"


async def test_an_address_that_somebody_got_meanwhile_is_theirs(house: House) -> None:
    await house.name("moved@example.org")
    await house.office.enter("moved", "client", None)
    house.office.clock.now += timedelta(days=3)
    assert await house.follows(house.link("moved@example.org")) == "taken"
    assert await house.address() == OLD


async def test_nobody_makes_a_link_of_another_one(house: House) -> None:
    await house.name(NEW)
    house.office.clock.now += timedelta(days=3)
    link = house.link(NEW)
    for broken in (link[:-1] + ("A" if link[-1] != "A" else "B"), link[:40], "A" * 76, house.link(NEW)[::-1]):
        assert await house.follows(broken) == "unknown"
    assert await house.address() == OLD
