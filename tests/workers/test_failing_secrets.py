"""What fails outside of a request, with a password, a link and somebody's words in it: a mail, a job, a broker. None of it is told."""

from __future__ import annotations

import asyncio
import io
import logging
import subprocess
import sys
import tempfile
import threading
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import structlog
from aiosmtpd.smtp import AuthResult
from uuid_utils.compat import uuid7

from domain.plan.commands import AcknowledgeWin
from domain.report.commands import RequestReport
from infra.eventstore.opening import Opener
from infra.eventstore.store import Store
from infra.keys import FileKeyProvider
from infra.logging import configure
from infra.mail import Mail, MailAway, MailRefused, SmtpPost
from infra.postgres import pool
from projections.runner import Runner
from services.command.execution import Commands, utc_now
from services.directory import Directory
from services.entry.attempt import Attempts
from services.mail_link.link import Asked, MailLinks, new_secret
from tests.database import Database, ask
from tests.infra.test_mail import Door
from tests.waiting import PATIENCE_SECONDS, until
from tests.workers.installation import command_of, free_port, surroundings, throughline
from tests.workers.reminder.office import Clock, Office
from tests.workers.reminder.sink import running
from tests.workers.test_secrets import PASSWORD, WORDS

LINK = "https://people.example.org/sign-in/link/0/tepeyollotl"
ADDRESS = f"{WORDS}@example.org"
MAIL = Mail(
    to=ADDRESS,
    to_name=WORDS,
    from_name="Northlight",
    subject=WORDS,
    text=LINK,
    html=f"<p>{LINK}</p>",
    reference="0123456789abcdef",
    at=datetime(2026, 3, 20, 7, tzinfo=UTC),
)
SENDER = "coaching@example.org"
JOBS = "SELECT to_jsonb(job)::text || convert_from(job.message, 'UTF8') FROM jobs.job AS job"
TITLES = "SELECT application_name || ' ' || query FROM pg_stat_activity"
END_LEASES = "UPDATE jobs.job SET available_at = now() WHERE state <> 'dead'"


@pytest.fixture
def output(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What the log says, without the mail server's own, which is in the same process."""
    monkeypatch.setattr(logging.getLogger("mail.log"), "disabled", True)
    root = logging.getLogger()
    handlers, level, hooks = root.handlers[:], root.level, (sys.excepthook, threading.excepthook)
    stream = io.StringIO()
    configure("worker", "debug", stream)
    yield stream
    root.handlers[:], root.level = handlers, level
    sys.excepthook, threading.excepthook = hooks
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()


async def refused(post: SmtpPost) -> Exception:
    """Why the mail was not taken, and it is logged as dramatiq logs the failure of a job."""
    try:
        await post.send(MAIL)
    except (MailAway, MailRefused) as error:
        logging.getLogger("dramatiq.worker").error("Failed to process message", exc_info=True)
        return error
    raise AssertionError("the mail was taken")


class TestAMailThatIsNotTaken:
    @pytest.fixture(autouse=True)
    def silent(self, output: io.StringIO) -> Iterator[None]:
        yield
        said = output.getvalue()
        assert '"exc_type": "Mail' in said
        assert [one for one in (WORDS, PASSWORD, LINK) if one in said] == []

    @pytest.mark.parametrize(("answer", "raised"), [("451", MailAway), ("421", MailAway), ("550", MailRefused)])
    async def test_because_the_server_says_so(self, answer: str, raised: type[Exception]) -> None:
        with running() as sink:
            sink.answer = f"{answer} <{ADDRESS}> is not wanted, {WORDS}"
            error = await refused(SmtpPost(sink.url, SENDER))
        assert (type(error), str(error)) == (raised, answer)

    @pytest.mark.parametrize("greeting", [b"", b"220 here\r\n", b"not of this protocol\r\n"])
    async def test_because_the_connection_is_closed(self, greeting: bytes) -> None:
        async def close(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(greeting)
            writer.close()

        async with await asyncio.start_server(close, "127.0.0.1", 0) as server:
            port = server.sockets[0].getsockname()[1]
            assert type(await refused(SmtpPost(f"smtp://{WORDS}:{PASSWORD}@127.0.0.1:{port}", SENDER))) is MailAway

    async def test_because_nobody_answers_in_time(self) -> None:
        def wait(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            waiting.append(writer)

        waiting: list[asyncio.StreamWriter] = []
        async with await asyncio.start_server(wait, "127.0.0.1", 0) as server:
            post = SmtpPost(f"smtp://127.0.0.1:{server.sockets[0].getsockname()[1]}", SENDER)
            post.server["timeout"] = 0.1
            assert type(await refused(post)) is MailAway
            for writer in waiting:
                writer.close()

    @pytest.mark.parametrize("scheme", ["smtp", "smtps"])
    async def test_because_its_certificate_is_nobody_s(self, scheme: str, tmp_path: Path) -> None:
        door = Door(tmp_path)
        secured: dict[str, Any] = {"ssl_context": door.context} if scheme == "smtps" else {"tls_context": door.context}
        with running(**secured) as sink:
            assert type(await refused(SmtpPost(f"{scheme}://{WORDS}:{PASSWORD}@localhost:{sink.port}", SENDER))) is MailAway

    async def test_because_it_does_not_know_us(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        door = Door(tmp_path)
        monkeypatch.setenv("SSL_CERT_FILE", str(door.certificate))

        def ask(server: Any, session: Any, envelope: Any, mechanism: str, given: Any) -> AuthResult:
            return AuthResult(success=False, handled=False, message=f"535 {given.login.decode()} {given.password.decode()}")

        with running(tls_context=door.context, authenticator=ask) as sink:
            assert type(await refused(SmtpPost(f"smtp://{WORDS}:{PASSWORD}@localhost:{sink.port}", SENDER))) is MailAway


def with_password(dsn: str) -> str:
    """A database on a socket asks for none, and takes one."""
    return dsn.replace("@", f":{PASSWORD}@", 1)


class Telling:
    """A worker that says all it can."""

    def __init__(self, database: Database, provider: FileKeyProvider, home: Path, **more: str) -> None:
        self.port = free_port()
        urls = {"DATABASE_URL": with_password(database.dsn("app")), "WORKER_DATABASE_URL": with_password(database.dsn("worker"))}
        files = {"THROUGHLINE_KEY_FILE": str(provider.path), "THROUGHLINE_DATA": str(home), "THROUGHLINE_LOG": "debug"}
        environment = surroundings(**urls, **files, THROUGHLINE_METRICS_PORT=str(self.port), **more)
        self.output = tempfile.TemporaryFile()  # noqa: SIM115 - closed when the process has ended
        self.process = subprocess.Popen(throughline("worker"), env=environment, stdout=self.output, stderr=subprocess.STDOUT)

    def said(self) -> str:
        self.output.seek(0)
        return self.output.read().decode()

    def metrics(self) -> str:
        assert self.process.poll() is None, self.said()
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/metrics", timeout=5) as answer:
                return str(answer.read().decode())
        except OSError:
            return ""

    def ran(self, actor: str, outcome: str) -> None:
        """Waits until a job of the actor's has ended so."""
        until(lambda: f'throughline_job_runs_total{{actor="{actor}",outcome="{outcome}"}}' in self.metrics())


@pytest.fixture
def start(database: Database, provider: FileKeyProvider, home: Path) -> Iterator[Callable[..., Telling]]:
    runs: list[Telling] = []

    def start(**more: str) -> Telling:
        runs.append(Telling(database, provider, home, **more))
        return runs[-1]

    yield start
    for run in runs:
        run.process.kill()
        run.process.wait()
        run.output.close()


async def asked_for(database: Database, store: Store) -> None:
    """Somebody's report, and a link for them to sign in by."""
    office = Office(Commands(store, Directory(store.pool)), Clock(utc_now()))
    await office.open()
    client, coach = await office.enter(WORDS, "client", None), await office.enter("coach", "coach", None)
    engaged = await office.engage(client, coach)
    await office.does(coach, AcknowledgeWin(what=WORDS), engaged.plan)
    report = RequestReport(template="client_progress", subject_id=engaged.engagement, recipients=(client,), format="json")
    await office.does(client, report)
    async with await pool(database.dsn("projector"), size=2) as connections:
        await Runner(connections, Opener(store.vault), patience=0.0).catch_up()
    links = MailLinks(store.pool, store.vault, Attempts(store.pool, utc_now), utc_now)
    await links.ask(Asked(f"firm-{office.tenant.hex[-12:]}", ADDRESS, new_secret(), "/"), uuid7().bytes * 2)


async def test_no_job_that_fails_tells_what_it_was_about(
    database: Database, store: Store, start: Callable[..., Telling], home: Path
) -> None:
    """A report that cannot be kept, and a mail that is first put off and then refused."""
    await asked_for(database, store)
    home.mkdir()  # noqa: ASYNC240 - nothing else is going on
    (home / "blobs").write_text("no folder")
    with running() as sink:
        sink.answer = f"451 <{ADDRESS}> is not wanted, {WORDS}"
        worker = start(THROUGHLINE_MAIL_URL=sink.url, THROUGHLINE_MAIL_FROM=SENDER)
        worker.ran("report.make", "failed")
        worker.ran("mail_link.send", "failed")
        shown = [text for statement in (JOBS, TITLES) for (text,) in ask(database.dsn("admin"), statement)]
        assert any("report.make" in text for text in shown)
        sink.answer = f"550 <{ADDRESS}> is not wanted, {WORDS}"
        ask(database.dsn("admin"), END_LEASES)
        worker.ran("mail_link.send", "done")
    shown += [*command_of(worker.process.pid), worker.metrics()]
    worker.process.terminate()
    assert worker.process.wait(PATIENCE_SECONDS) == 0
    said = worker.said()
    assert '"exc_type": "MailAway"' in said
    assert '"event": "mail_link_refused"' in said
    assert '"exc_type": "FileExistsError"' in said
    for text in (said, *shown):
        assert [one for one in (WORDS, PASSWORD, "/sign-in/link/") if one in text.lower()] == []


def test_a_broker_that_is_down_is_awaited_without_its_password(start: Callable[..., Telling]) -> None:
    at = f"{WORDS}:{PASSWORD}@127.0.0.1:{free_port()}/0"
    for worker in [start(BROKER_URL=f"{scheme}://{at}") for scheme in ("redis", "amqp")]:
        until(lambda worker=worker: '"level": "error"' in worker.said() or '"relay_interrupted"' in worker.said())  # type: ignore[misc]
        for text in (worker.said(), worker.metrics(), *command_of(worker.process.pid)):
            assert [one for one in (WORDS, PASSWORD) if one in text] == []
