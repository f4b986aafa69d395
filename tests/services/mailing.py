"""Links to sign in by, asked for in a browser, with a box in place of the server that takes the mails."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from httpx import AsyncClient, Response
from litestar import Litestar

from infra.mail import Mail
from tests.database import Database, ask
from tests.services.firm import Firm
from tests.waiting import PATIENCE_SECONDS
from workers.mail_link.sending import Sending

SITE = "https://people.example.org"
LINK = re.compile(rf"{re.escape(SITE)}(/sign-in/link/[0-9a-f-]{{36}}/[A-Za-z0-9_-]{{32}})\n")
TAKE = "SELECT id, tenant_id FROM directory.take_mail_links(100)"
WAITING = "SELECT count(*) FROM directory.mail_link WHERE taken_at IS NULL"


class Mailing:
    """Does what a worker does, when a test wants it. `clock` may be turned."""

    def __init__(self, app: Litestar, house: Database) -> None:
        self.house = house
        self.mails: list[Mail] = []
        self.clock = lambda: datetime.now(UTC)
        self.sending = Sending(app.state.reads.connections, app.state.reads.store.vault, self, SITE, lambda: self.clock())

    async def send(self, mail: Mail) -> None:
        """Takes a mail, as a server does."""
        self.mails.append(mail)

    async def work(self) -> int:
        """Sends what waits; returns how many mails that makes."""
        return sum([await self.sending.send(tenant, id) for id, tenant in ask(self.house.dsn("worker"), TAKE)])

    async def link(self, browser: AsyncClient, firm: Firm, who: str, **fields: str) -> str:
        """The path in the mail that somebody gets who asks for it in the browser."""
        answer = await asked(browser, slug_of(firm), f"{who}@example.org", **fields)
        assert answer.status_code == 200
        assert await self.work() == 1
        return self.path

    @property
    def path(self) -> str:
        """The link in the last mail, as a path."""
        found = LINK.search(self.mails[-1].text)
        assert found is not None
        return found[1]

    def change(self, statement: str) -> None:
        """As nobody but the superuser may."""
        ask(self.house.dsn("admin"), statement)


@asynccontextmanager
async def browsing(address: str, **headers: str) -> AsyncIterator[AsyncClient]:
    """A browser with cookies of its own, which says where its forms stand."""
    own = {"Accept": "text/html", "Origin": address}
    async with AsyncClient(base_url=address, timeout=PATIENCE_SECONDS, headers=own | headers) as browser:
        yield browser


def slug_of(firm: Firm) -> str:
    return f"firm-{firm.tenant.hex[-12:]}"


async def asked(browser: AsyncClient, slug: str, address: str, **fields: Any) -> Response:
    return await browser.post("/sign-in/link", data={"organization": slug, "address": address, **fields})
