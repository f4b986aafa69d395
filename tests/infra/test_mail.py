"""Mails: what goes over the wire, what a server answers, and what is no address."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from infra.direction import TURNING
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


class Door:
    """A server's side of a login: whom it knows, and its certificate."""

    def __init__(self, folder: Path) -> None:
        self.known = ("me", "p@ss")
        self.asked: list[tuple[str, str]] = []
        self.certificate = certificate(folder)
        self.context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self.context.load_cert_chain(self.certificate)

    def ask(self, server: Any, session: Any, envelope: Any, mechanism: str, given: Any) -> AuthResult:
        self.asked.append((given.login.decode(), given.password.decode()))
        return AuthResult(success=self.asked[-1] == self.known, handled=False)


@pytest.fixture
def door(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Door:
    """One whose certificate is trusted."""
    door = Door(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(door.certificate))
    return door


def options(door: Door, scheme: str) -> dict[str, Any]:
    """Of aiosmtpd, which takes TLS from the start for none when it asks whether there is TLS."""
    secured = {"ssl_context": door.context, "auth_require_tls": False} if scheme == "smtps" else {"tls_context": door.context}
    return {**secured, "authenticator": door.ask}


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
class TestALogin:
    async def test_goes_through_tls(self, door: Door, scheme: str) -> None:
        with running(**options(door, scheme)) as sink:
            await SmtpPost(f"{scheme}://me:p%40ss@localhost:{sink.port}", SENDER).send(MAIL)
        assert ([str(mail["Subject"]) for mail in sink.mails], door.asked) == ([MAIL.subject], [door.known])

    async def test_that_fails_is_tried_again(self, door: Door, scheme: str) -> None:
        """Whoever runs the installation will mend it: no reminder is given up for that at once."""
        with running(**options(door, scheme)) as sink, pytest.raises(MailAway, match="does not know us"):
            await SmtpPost(f"{scheme}://me:wrong@localhost:{sink.port}", SENDER).send(MAIL)

    async def test_goes_to_nobody_whose_certificate_is_not_trusted(self, door: Door, scheme: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("SSL_CERT_FILE")
        with running(**options(door, scheme)) as sink, pytest.raises(MailAway):
            await SmtpPost(f"{scheme}://me:p%40ss@localhost:{sink.port}", SENDER).send(MAIL)
        assert (door.asked, sink.mails) == ([], [])


async def test_a_password_never_goes_in_the_clear(door: Door) -> None:
    with running(authenticator=door.ask, auth_require_tls=False) as sink, pytest.raises(MailAway):
        await SmtpPost(f"smtp://me:p%40ss@localhost:{sink.port}", SENDER).send(MAIL)
    assert (door.asked, sink.mails) == ([], [])


def certificate(folder: Path) -> Path:
    """A certificate for this machine that nobody has signed but itself, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name, now = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")]), datetime.now(UTC)
    made = (
        x509.CertificateBuilder(issuer_name=name, subject_name=name, public_key=key.public_key(), serial_number=1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    path = folder / "server.pem"
    path.write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain) + made.public_bytes(pem))
    return path


@pytest.mark.parametrize(
    "hostile",
    [
        "Mira\r\nBcc: all@example.org",
        "Mira\nSubject: no",
        "Mira\x00\x1b[31m",
        "Mira\u2028\u202egpj.exe",
        "Mira =?utf-8?q?=0D=0ABcc=3A_all=40example=2Eorg?=",
        "Mira=?utf-8?b?DQpCY2M6IGFsbEBleGFtcGxlLm9yZw==?=",
        "Mira =\x00?utf-8?q?=0D=0ABcc=3A_all=40example=2Eorg?=",
    ],
)
def test_a_name_ends_no_header(hostile: str) -> None:
    built = message(MAIL._replace(to_name=hostile, from_name=hostile, subject=hostile), SENDER)
    read = message_from_bytes(built.as_bytes(), policy=default)
    assert set(read.keys()) == set(message(MAIL, SENDER).keys())
    for name in ("From", "To", "Subject"):
        assert "Mira" in str(read[name])
        assert not any(character in str(read[name]) for character in "\r\n\x00\x1b\u2028\u202e")
    assert read["To"].addresses[0].addr_spec == MAIL.to  # type: ignore[attr-defined]


def test_nothing_in_a_mail_turns_what_stands_beside_it_around() -> None:
    """Text of a right-to-left script stays as it was written."""
    turning = "".join(map(chr, TURNING))
    hostile = MAIL._replace(
        text=f"Hello {turning}Mira מירה\u200f,\n", html=f"<p>Hello {turning}Mira מירה\u200f</p>", to_name=f"{turning}Mira"
    )
    read = message_from_bytes(message(hostile, SENDER).as_bytes(), policy=default)
    plain, html = (str(part.get_content()) for part in read.walk() if not part.is_multipart())  # type: ignore[attr-defined]
    assert plain.strip() == "Hello Mira מירה\u200f,"
    assert html.strip() == "<p>Hello Mira מירה\u200f</p>"
    assert read["To"] == "Mira <mira@example.org>"


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
        "hostname": "mail.example.org", "port": 465, "username": "me", "password": "p@ss", "use_tls": True, "start_tls": None,
        "timeout": 20.0,
    }  # fmt: skip
