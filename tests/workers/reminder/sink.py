"""A mail server that takes what it is given, and says what that was."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

from tests.workers.installation import free_port


class Sink:
    """`answer` is what the server says to the next recipients, such as "550 no"; empty: it takes the mail.

    `heard` is called with a mail that is here, before its sender is told so.
    """

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.mails: list[EmailMessage] = []
        self.answer = ""
        self.heard: Callable[[], None] = lambda: None
        self.port = free_port()

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if self.answer:
            return self.answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        with self.lock:
            self.mails.append(message_from_bytes(envelope.content, policy=default))  # type: ignore[arg-type]
        self.heard()
        return "250 OK"

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def ids(self) -> list[str]:
        with self.lock:
            return [str(mail["Message-ID"]) for mail in self.mails]

    def about(self, subject: str) -> list[EmailMessage]:
        """Those with these words in their subject: people are told of a plan that waits for them, too."""
        with self.lock:
            return [mail for mail in self.mails if subject in str(mail["Subject"])]

    def reminders(self) -> list[str]:
        return [str(mail["Message-ID"]) for mail in self.about("reminder")]


class Listening(Controller):
    """One that leaves no connection open when it stops: found as garbage, it would fail whichever test runs then."""

    def factory(self) -> SMTP:
        made = super().factory()
        self.connections.append(made)
        return made

    def __init__(self, *arguments: Any, **options: Any) -> None:
        self.connections: list[SMTP] = []
        super().__init__(*arguments, **options)

    async def hang_up(self) -> None:
        for one in self.connections:
            if one.transport is not None:
                one.transport.abort()
        await asyncio.sleep(0)  # what closes the sockets is called in the next round of the loop


@contextmanager
def running(**options: Any) -> Iterator[Sink]:
    """One that listens; `options` are aiosmtpd's, such as a TLS context or who may log in."""
    sink = Sink()
    controller = Listening(sink, hostname="127.0.0.1", port=sink.port, **options)
    controller.start()
    try:
        yield sink
    finally:
        asyncio.run_coroutine_threadsafe(controller.hang_up(), controller.loop).result()
        controller.stop()
