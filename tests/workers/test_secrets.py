"""A key, a password and somebody's words, sent through every route and every failure: none comes out where it does not belong."""

from __future__ import annotations

import asyncio
import json
import subprocess
import urllib.request
from pathlib import Path
from uuid import uuid4

import pytest
from litestar import Litestar
from litestar.routes import HTTPRoute

from infra.eventstore.opening import Opener
from infra.eventstore.vault import Vault
from infra.keys import FileKeyProvider
from infra.postgres import pool
from infra.settings import Settings
from projections.members import MEMBERS
from projections.runner import Runner
from services.entry.credential import new_key
from services.wiring import create_app
from tests.database import Database, ask
from tests.waiting import PATIENCE_SECONDS
from tests.workers.installation import command_of, free_port, surroundings, throughline
from tests.workers.serving import Serving, serving
from workers.cli.exit import Exit

WORDS = "quetzalcoatl"
"""What somebody wrote: nobody else has this word."""
PASSWORD = "xolotlmictlan"
"""Of a database, a mail server or a broker."""
NO_DOCUMENT = f"""UPDATE rm.members_g{MEMBERS.version} SET doc = jsonb_set(doc, '{{memberships}}', '"{WORDS}"')"""
"""What is read then fails in our own code, at somebody's words."""


def everything(app: Litestar) -> list[tuple[str, str]]:
    """Every method of every path, with ids that nothing has."""
    routes = [route for route in app.routes if isinstance(route, HTTPRoute)]
    return [(method, filled(route.path)) for route in routes for method in sorted(route.methods)]


def filled(path: str) -> str:
    return "/".join(str(uuid4()) if ":uuid" in piece else "x" if "{" in piece else piece for piece in path.split("/"))


async def attacked(api: Serving, unknown: str) -> list[str]:
    """The bodies of all refusals, of requests that hold what must not come back."""
    body = json.dumps({"title": WORDS, "name": WORDS, "email": f"{WORDS}@{WORDS}.org", "text": WORDS, "note": {"text": WORDS}}).encode()
    bodies = [body, body[:-1], b"{}"]
    refused = []
    for method, path in everything(create_app(Settings.from_env({}))):
        for number, key in enumerate((api.firm.keys["admin"], api.firm.keys["coach"], unknown)):
            headers = {
                "Authorization": f"Bearer {key}",
                "Content-Type": "application/json",
                "X-Note": WORDS,
                "Cookie": f"throughline_session={unknown}",
            }
            answer = await api.firm.client.request(method, path, params={"cursor": WORDS}, content=bodies[number], headers=headers)
            if answer.status_code >= 400:
                refused.append(answer.text)
            assert answer.status_code < 500, (method, path, answer.text)
    return refused


async def test_nothing_of_a_request_comes_out_of_a_process(database: Database, provider: FileKeyProvider, home: Path) -> None:
    port, unknown = free_port(), new_key()
    told = {"THROUGHLINE_LOG": "debug", "THROUGHLINE_API_METRICS_PORT": str(port)}
    async with serving(database, provider, home, **told) as api, api.speaking():
        await api.firm.done("admin", "/v1/people", {"name": WORDS, "email": f"{WORDS}@example.org"})
        refused = await attacked(api, unknown)
        assert len(refused) > 300
        with await asyncio.to_thread(urllib.request.urlopen, f"http://127.0.0.1:{port}/metrics", timeout=PATIENCE_SECONDS) as answer:
            refused.append(answer.read().decode())
        async with await pool(database.dsn("projector"), size=1) as connections:
            await Runner(connections, Opener(Vault(provider)), patience=0.0).catch_up()
        ask(database.dsn("admin"), NO_DOCUMENT)
        broken = await api.firm.get("admin", "/v1/people")
        assert broken.status_code == 500
        refused.append(broken.text)
        ask(database.dsn("admin"), "ALTER TABLE directory.api_key RENAME TO gone")  # what is asked for now fails within
        for _ in range(2):
            failed = await api.firm.get("admin", "/v1/me")
            assert failed.status_code >= 500
            refused.append(failed.text)
        refused += command_of(api.process.pid)
        jobs = ask(database.dsn("admin"), "SELECT to_jsonb(job)::text FROM jobs.job AS job")
        api.asked_to_end()
        assert await api.ended() == 0
        said = api.said()
        assert said.count('"event": "request_refused"') > 300
        assert '"event": "request_failed"' in said
        hidden = (WORDS, unknown, *api.firm.keys.values())
        for shown in (said, *refused, *(row for (row,) in jobs)):
            assert [one for one in hidden if one in shown] == []


def run(command: str, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = surroundings(**{"THROUGHLINE_LOG": "debug", **settings})
    return subprocess.run(throughline(command), env=environment, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False)


SECRET = f"postgresql://throughline_app:{PASSWORD}@127.0.0.1:1/throughline"


@pytest.mark.parametrize(
    ("command", "settings", "code"),
    [
        ("api", {"DATABASE_URL": f"mysql://app:{PASSWORD}@db/x"}, Exit.CONFIGURATION),
        ("worker", {"BROKER_URL": f"kafka://app:{PASSWORD}@broker"}, Exit.CONFIGURATION),
        (
            "settings",
            {"DATABASE_URL": SECRET, "THROUGHLINE_KEY_FILE": "/nowhere", "THROUGHLINE_MAIL_URL": f"smtp://a:{PASSWORD}@mail"},
            Exit.CONFIGURATION,
        ),
        ("migrate", {"MIGRATION_DATABASE_URL": SECRET}, Exit.DATABASE),
        ("doctor", {"DATABASE_URL": SECRET, "WORKER_DATABASE_URL": SECRET, "THROUGHLINE_KEY_FILE": "/nowhere"}, Exit.FAILED),
        (
            "up",
            {"DATABASE_URL": SECRET, "PROJECTOR_DATABASE_URL": SECRET, "WORKER_DATABASE_URL": SECRET, "THROUGHLINE_KEY_FILE": "/nowhere"},
            None,
        ),
        ("jobs", {"DATABASE_URL": SECRET, "WORKER_DATABASE_URL": SECRET, "THROUGHLINE_KEY_FILE": "/nowhere"}, None),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_no_password_is_told_by_a_command_that_fails(command: str, settings: dict[str, str], code: Exit | None) -> None:
    ended = run(command, **settings)
    assert ended.returncode != 0
    assert code in {None, ended.returncode}, ended.stderr
    assert PASSWORD not in ended.stdout + ended.stderr


async def test_no_password_is_told_by_a_process_that_waits_for_its_database(provider: FileKeyProvider, database: Database) -> None:
    """Nor by its arguments, which every account of the machine can read."""
    waiting = surroundings(
        DATABASE_URL=SECRET,
        WORKER_DATABASE_URL=SECRET,
        THROUGHLINE_KEY_FILE=str(provider.path),
        THROUGHLINE_LOG="debug",
        THROUGHLINE_PORT=str(free_port()),
    )
    for command in ("api", "projector", "worker"):
        process = await asyncio.create_subprocess_exec(
            *throughline(command), env=waiting, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
        )
        assert process.stdout is not None
        async with asyncio.timeout(PATIENCE_SECONDS):
            first = await process.stdout.readline()
            while b"database_awaited" not in first:
                first = await process.stdout.readline()
        assert PASSWORD not in " ".join(command_of(process.pid))
        process.terminate()
        assert PASSWORD.encode() not in first + (await process.communicate())[0]
