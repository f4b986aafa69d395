"""The tale, told once over HTTP; every test of a journey looks at what came of it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack
from typing import NamedTuple

import pytest
from uuid_utils.compat import uuid7

from domain.organization.commands import RegisterOrganization
from domain.person.commands import RegisterPerson
from infra import postgres
from infra.eventstore.store import Store
from infra.eventstore.vault import Vault
from infra.keys import FileKeyProvider
from services.command.execution import Commands, utc_now
from services.directory import Directory
from services.entry.auth import Keys
from tests.database import Database
from tests.journeys.house import House, running
from tests.journeys.telling import Telling
from workers.demo.cast import ADMIN, FIRM
from workers.demo.tale import Tale, tell
from workers.founding import found


class Told(NamedTuple):
    """A tale with its teller, and the same tale in another organization, told by a stranger."""

    tale: Tale
    teller: Telling
    elsewhere: Tale
    stranger: Telling


@pytest.fixture(scope="session")
def house_database(make_database: Callable[[], Database]) -> Database:
    return make_database()


@pytest.fixture(scope="session")
def house(house_database: Database, provider: FileKeyProvider) -> Iterator[House]:
    with running(house_database, provider.path) as house:
        yield house


@pytest.fixture(scope="session")
async def told(house: House, house_database: Database, provider: FileKeyProvider) -> AsyncIterator[Told]:
    async with AsyncExitStack() as stack:
        pool = await postgres.pool(house_database.dsn("app"), size=2)
        stack.push_async_callback(pool.close)
        commands = Commands(Store(pool, Vault(provider)), Directory(pool))
        keys = Keys(pool, utc_now)
        name, _, zone = FIRM
        admin = RegisterPerson(name=ADMIN.name, email=ADMIN.email)
        tellers = []
        for slug in ("northlight", "southlight"):
            firm = RegisterOrganization(name=name, slug=slug, time_zone=zone)
            tellers.append(Telling(house.address, await found(commands, keys, uuid7(), firm, admin), keys))
            stack.push_async_callback(tellers[-1].http.aclose)
        here, elsewhere = tellers
        yield Told(await tell(here), here, await tell(elsewhere), elsewhere)
