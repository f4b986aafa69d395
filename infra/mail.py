"""Mail: one message to one person, handed to a server, or kept in a folder where there is none.

Whoever hands over the same message again gives it the same id, by which a mailbox knows that it has it.
"""

from __future__ import annotations

import asyncio
import mailbox
from collections.abc import Sequence
from datetime import datetime
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, default
from email.utils import format_datetime
from pathlib import Path
from typing import Final, NamedTuple, Protocol
from urllib.parse import unquote, urlsplit

import aiosmtplib

from infra.direction import TURNING, unturned

SECONDS: Final = 20.0  # for a conversation with the server
HIDDEN: Final = dict.fromkeys([*range(0x20), 0x7F, *range(0x80, 0xA0), 0x2028, 0x2029, *TURNING], " ")
"""What ends a line, or makes one look like another: blanks in a header."""
FOR_GOOD: Final = range(500, 600)


class MailAway(Exception):
    """The server could not be reached, or asks to be tried later."""


class MailRefused(Exception):
    """The server will never take this message, or the address is none."""


class Mail(NamedTuple):
    """A message with a plain and an HTML part. `reference` makes its id, with the domain that it is sent from."""

    to: str
    to_name: str
    from_name: str
    subject: str
    text: str
    html: str
    reference: str
    at: datetime


class Post(Protocol):
    """What takes messages. Raises `MailAway` or `MailRefused`."""

    async def send(self, mail: Mail) -> None: ...


def message(mail: Mail, sender: str) -> EmailMessage:
    """As it goes over the wire. Raises `MailRefused` when the address is none."""
    built = EmailMessage(policy=SMTP)
    built["From"] = address(mail.from_name, sender)
    built["To"] = address(mail.to_name, mail.to)
    built["Subject"] = plain(mail.subject)
    built["Date"] = format_datetime(mail.at)
    built["Message-ID"] = f"<{mail.reference}@{sender.rpartition('@')[2]}>"
    built["List-Unsubscribe"] = f"<mailto:{sender}?subject=unsubscribe>"
    built["Auto-Submitted"] = "auto-generated"
    built.set_content(unturned(mail.text), cte="quoted-printable")
    built.add_alternative(unturned(mail.html), subtype="html", cte="quoted-printable")
    return built


def plain(words: str) -> str:
    """Words for a header: on one line, and with nothing that the library would take for an encoded word, which may hold another."""
    return " ".join(words.translate(HIDDEN).replace("=?", "= ?").split())


def address(name: str, where: str) -> Address:
    if where != plain(where):
        raise MailRefused("an address with a line break or a blank")
    try:
        return Address(plain(name), addr_spec=where)
    except (ValueError, IndexError, MessageError):  # what the standard library says of half of an address
        raise MailRefused("not an address") from None


class SmtpPost:
    """A server, by `smtp://user:password@host:587` or `smtps://...` (TLS from the start).

    The first begins with STARTTLS where the server offers it. A password goes only where it does: whoever stands between could
    leave the offer out.
    """

    def __init__(self, url: str, sender: str) -> None:
        parts = urlsplit(url)
        tls = parts.scheme == "smtps"
        self.sender = sender
        self.server = {
            "hostname": parts.hostname,
            "port": parts.port or (465 if tls else 587),
            "username": unquote(parts.username) if parts.username else None,
            "password": unquote(parts.password) if parts.password else None,
            "use_tls": tls,
            "start_tls": True if parts.password and not tls else None,
            "timeout": SECONDS,
        }

    async def send(self, mail: Mail) -> None:
        built = message(mail, self.sender)
        try:
            await aiosmtplib.send(built, sender=self.sender, recipients=[mail.to], **self.server)  # type: ignore[arg-type]
        except aiosmtplib.SMTPRecipientsRefused as error:
            raise told(error.recipients[0].code) from None
        except aiosmtplib.SMTPAuthenticationError as error:
            raise MailAway(f"the server does not know us ({error.code})") from None
        except aiosmtplib.SMTPResponseException as error:
            raise told(error.code) from None
        except aiosmtplib.SMTPNotSupported:  # such as an address in another script
            raise MailRefused("the server does not support it") from None
        except (aiosmtplib.SMTPException, OSError) as error:
            raise MailAway(type(error).__name__) from None


def told(code: int) -> MailAway | MailRefused:
    """By the server's number; its words may hold the address. What is no number of a mail server's comes from something in its place."""
    return MailRefused(str(code)) if code in FOR_GOOD else MailAway(str(code))


class Kept(NamedTuple):
    """A message that was kept, as a reader sees it."""

    to: str
    subject: str
    at: str
    text: str


class Maildir:
    """A folder in the form of Maildir, for those who try things out: nothing leaves the machine."""

    def __init__(self, folder: Path, sender: str) -> None:
        self.folder = folder
        self.sender = sender

    async def send(self, mail: Mail) -> None:
        await asyncio.to_thread(self.keep, message(mail, self.sender))

    def keep(self, built: EmailMessage) -> None:
        self.folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        mailbox.Maildir(self.folder).add(built.as_bytes())

    def latest(self, most: int) -> Sequence[Kept]:
        """The last messages, the latest first."""
        new = self.folder / "new"
        files = sorted(new.iterdir(), key=lambda file: file.stat().st_mtime, reverse=True)[:most] if new.is_dir() else []
        return [read(file.read_bytes()) for file in files]


def read(stored: bytes) -> Kept:
    found = message_from_bytes(stored, policy=default)
    body = found.get_body(("plain",))
    text = body.get_content().replace("\r\n", "\n") if body is not None else ""
    return Kept(in_words(stored, "To"), in_words(stored, "Subject"), in_words(stored, "Date"), text)


def in_words(stored: bytes, header: str) -> str:
    """A header with its encoded words decoded (RFC 2047). The newer reader of the library leaves a blank in a name that took two of them."""
    return str(make_header(decode_header(message_from_bytes(stored)[header])))


def post_for(url: str | None, folder: Path, sender: str) -> Post:
    """The server when one is named, else the folder."""
    return SmtpPost(url, sender) if url else Maildir(folder, sender)
