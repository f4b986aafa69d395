"""Mails: what goes over the wire, what a server answers, and what is no address."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from infra.mail import Mail, MailAway, Maildir, MailRefused, SmtpPost, message, post_for
from tests.workers.installation import free_port
from tests.workers.reminder.sink import Sink, running

SENDER = "coaching@example.org"
MAIL = Mail(
    to="mira@example.org",
    to_name="Mira Okafor",
    from_name="Northlight",
    subject="2 reminders",
    text="Plain words: Zoë – 東京.\n",
    html="<p>Zoë</p>",
    reference="0123456789abcdef",
    at=datetime(2026, 3, 20, 7, tzinfo=UTC),
)


@pytest.fixture
def sink() -> Iterator[Sink]:
    with running() as sink:
        yield sink


async def test_a_server_gets_it_whole(sink: Sink) -> None:
    await SmtpPost(sink.url, SENDER).send(MAIL)
    (mail,) = sink.mails
    assert mail["Message-ID"] == "<0123456789abcdef@example.org>"
    assert mail["Date"].datetime == MAIL.at  # type: ignore[attr-defined]
    assert (mail["From"], mail["To"]) == ("Northlight <coaching@example.org>", "Mira Okafor <mira@example.org>")
    assert mail["List-Unsubscribe"] == "<mailto:coaching@example.org?subject=unsubscribe>"
    parts = [part for part in mail.walk() if not part.is_multipart()]
    assert [(part.get_content_type(), part.get_content().strip()) for part in parts] == [  # type: ignore[attr-defined]
        ("text/plain", MAIL.text.strip()),
        ("text/html", "<p>Zoë</p>"),
    ]


@pytest.mark.parametrize(("answer", "raised"), [("550 no such person", MailRefused), ("451 come back later", MailAway)])
async def test_what_a_server_says_decides(sink: Sink, answer: str, raised: type[Exception]) -> None:
    sink.answer = answer
    with pytest.raises(raised):
        await SmtpPost(sink.url, SENDER).send(MAIL)
    assert sink.mails == []


async def test_no_server_is_a_server_that_is_away() -> None:
    with pytest.raises(MailAway):
        await SmtpPost(f"smtp://127.0.0.1:{free_port()}", SENDER).send(MAIL)


@pytest.mark.parametrize("hostile", ["Mira\r\nBcc: all@example.org", "Mira\nSubject: no", "Mira\x00\x1b[31m", "Mira\u2028\u202egpj.exe"])
def test_a_name_ends_no_header(hostile: str) -> None:
    built = message(MAIL._replace(to_name=hostile, from_name=hostile, subject=hostile), SENDER)
    read = message_from_bytes(built.as_bytes(), policy=default)
    assert set(read.keys()) == set(message(MAIL, SENDER).keys())
    for name in ("From", "To", "Subject"):
        assert "Mira" in str(read[name])
        assert not any(character in str(read[name]) for character in "\r\n\x00\x1b\u2028\u202e")
    assert read["To"].addresses[0].addr_spec == MAIL.to  # type: ignore[attr-defined]


@pytest.mark.parametrize("address", ["mira@example.org\r\nBcc: all@example.org", "mira@example.org, all@example.org", "mira", "@", ""])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(MailRefused):
        message(MAIL._replace(to=address), SENDER)


async def test_without_a_server_mails_are_kept_for_their_owner_only(tmp_path: Path) -> None:
    kept = post_for(None, tmp_path / "data" / "mailbox", SENDER)
    assert isinstance(kept, Maildir)
    assert kept.latest(10) == []
    await kept.send(MAIL)
    await kept.send(MAIL._replace(subject="later"))
    assert {mail.subject for mail in kept.latest(10)} == {"2 reminders", "later"}
    assert len(kept.latest(1)) == 1
    assert kept.latest(10)[0].text == MAIL.text
    assert (tmp_path / "data" / "mailbox").stat().st_mode & 0o077 == 0


def test_a_named_server_is_used(tmp_path: Path) -> None:
    post = post_for("smtps://me:p%40ss@mail.example.org", tmp_path, SENDER)
    assert isinstance(post, SmtpPost)
    assert post.server == {
        "hostname": "mail.example.org", "port": 465, "username": "me", "password": "p@ss", "use_tls": True, "timeout": 20.0,
    }  # fmt: skip
