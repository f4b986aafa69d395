"""The page of the mails that were kept: on this machine, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from httpx import ASGITransport, AsyncClient
from litestar import Litestar
from msgspec.structs import replace

from infra.mail import Mail, Maildir
from infra.settings import Settings
from services.pages.mailbox import MAILBOX, mailbox_of
from tests.services.test_pages import BROWSER, read

AT = datetime(2026, 3, 20, 7, tzinfo=UTC)
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def kept(app: Litestar, tmp_path: Path) -> Iterator[Maildir]:
    """The application with a mailbox of its own."""
    before, app.state.mailbox = app.state.mailbox, Maildir(tmp_path / "mailbox", "throughline@localhost")
    yield app.state.mailbox
    app.state.mailbox = before


def mail(subject: str) -> Mail:
    return Mail("mira@example.org", "Mira", "Northlight", subject, HOSTILE, "<p>Hello</p>", "0" * 32, AT)


async def test_it_is_empty_before_the_first_mail(client: AsyncClient, kept: Maildir) -> None:
    assert "No mail was kept here yet." in read(await client.get(MAILBOX, headers=BROWSER)).words


async def test_it_shows_what_was_kept(client: AsyncClient, kept: Maildir) -> None:
    await kept.send(mail("2 reminders"))
    answer = await client.get(MAILBOX, headers=BROWSER)
    shown = read(answer).words
    assert "2 reminders" in shown
    assert "Mira <mira@example.org>" in shown
    assert HOSTILE in shown
    assert "<script>" not in answer.text


@pytest.mark.parametrize(
    "header",
    [{"Host": "evil.example.org"}, {"X-Forwarded-For": "127.0.0.1"}, {"X-Forwarded-Proto": "https"}, {"Forwarded": "for=127.0.0.1"}],
)
async def test_nobody_sees_it_through_a_proxy_or_under_another_name(client: AsyncClient, kept: Maildir, header: dict[str, str]) -> None:
    assert (await client.get(MAILBOX, headers=BROWSER | header)).status_code == 404


async def test_nobody_sees_it_from_another_machine(app: Litestar, client: AsyncClient, kept: Maildir) -> None:
    from_afar = ASGITransport(app, client=("192.0.2.7", 4711))
    async with AsyncClient(transport=from_afar, base_url="http://127.0.0.1") as stranger:
        assert (await stranger.get(MAILBOX, headers=BROWSER)).status_code == 404


async def test_what_a_proxy_says_is_no_address(app: Litestar, kept: Maildir) -> None:
    """The server hands on as the client's address whatever a proxy on this machine claims."""
    async with AsyncClient(transport=ASGITransport(app, client=("unknown", 0)), base_url="http://127.0.0.1") as behind:
        assert (await behind.get(MAILBOX, headers=BROWSER | {"X-Forwarded-For": "unknown"})).status_code == 404


def test_there_is_none_where_mails_are_sent_or_others_are_answered(settings: Settings) -> None:
    assert mailbox_of(settings) is not None
    assert mailbox_of(replace(settings, host="0.0.0.0")) is None
    assert mailbox_of(replace(settings, mail_url="smtp://mail.example.org")) is None


async def test_an_address_in_a_mail_can_be_followed_and_nothing_else(client: AsyncClient, kept: Maildir) -> None:
    await kept.send(mail("A link")._replace(text='See http://127.0.0.1/plans"><b>x</b> and javascript:alert(1)'))
    page = read(await client.get(MAILBOX, headers=BROWSER))
    assert "http://127.0.0.1/plans" in page.addresses
    assert not any(address.startswith("javascript") for address in page.addresses)
    assert "<b>x</b>" in page.words
