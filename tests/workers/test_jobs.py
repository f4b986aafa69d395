"""`throughline jobs`: dead letters seen, retried and dropped by whoever runs the installation."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from dramatiq import Message

from infra.broker.link import Links
from infra.broker.table import Table
from tests.database import Database
from workers.cli.exit import Exit
from workers.cli.main import run


class Shell:
    """Calls `throughline jobs` on a test's database."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys

    def __call__(self, *arguments: str) -> tuple[int, Any]:
        """The exit code, and what was said as JSON."""
        code = run(["jobs", *arguments, "--json"])
        said = self.capsys.readouterr()
        return code, json.loads(said.out or said.err)

    def text(self, *arguments: str) -> str:
        run(["jobs", *arguments])
        return self.capsys.readouterr().out


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, database: Database) -> Shell:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("WORKER_DATABASE_URL", database.dsn("worker"))
    return Shell(capsys)


@pytest.fixture
def table(database: Database) -> Iterator[Table]:
    table = Table(Links(lambda: database.dsn("worker"), "throughline test"))
    yield table
    table.links.close()


@pytest.fixture
def dead(table: Table) -> list[UUID]:
    """Two jobs that failed for good, and one that waits."""
    messages = [Message(queue_name="default", actor_name="mail.send", args=(number,), kwargs={}, options={}) for number in range(3)]
    for message in messages[:2]:
        table.bury(message, "ConnectionRefusedError")
    table.put(messages[2])
    return [UUID(message.message_id) for message in messages[:2]]


class TestList:
    def test_shows_what_failed_of_which_cause(self, shell: Shell, dead: list[UUID]) -> None:
        code, said = shell("list")
        assert code == Exit.OK
        assert {job["id"] for job in said["jobs"]} == {str(id) for id in dead}
        assert (said["jobs"][0]["actor"], said["jobs"][0]["arguments"], said["jobs"][0]["error"]) == (
            "mail.send",
            [1],
            "ConnectionRefusedError",
        )

    def test_can_be_limited_to_the_latest(self, shell: Shell, dead: list[UUID]) -> None:
        assert [job["id"] for job in shell("list", "--most", "1")[1]["jobs"]] == [str(dead[1])]

    def test_is_a_line_each_for_people(self, shell: Shell, dead: list[UUID]) -> None:
        assert shell.text("list").count("mail.send(") == 2

    def test_of_none_says_so(self, shell: Shell) -> None:
        assert shell.text("list") == "No job failed for good.\n"


class TestStatus:
    def test_counts_by_queue_and_state(self, shell: Shell, dead: list[UUID]) -> None:
        code, said = shell("status")
        assert code == Exit.OK
        assert {(queue["queue"], queue["state"], queue["jobs"]) for queue in said["queues"]} == {
            ("default", "dead", 2),
            ("default", "ready", 1),
        }


class TestRetry:
    def test_brings_back_what_was_named(self, shell: Shell, dead: list[UUID], table: Table) -> None:
        assert shell("retry", str(dead[0])) == (Exit.OK, {"retried": [str(dead[0])], "missing": []})
        assert [letter.id for letter in table.dead()] == [dead[1]]
        assert {(depth.state, depth.jobs) for depth in table.depths()} == {("ready", 2), ("dead", 1)}

    def test_brings_back_everything(self, shell: Shell, dead: list[UUID], table: Table) -> None:
        assert shell("retry", "--all")[0] == Exit.OK
        assert table.dead() == []

    def test_says_what_is_not_there_and_does_the_rest(self, shell: Shell, dead: list[UUID], table: Table) -> None:
        stranger = str(uuid4())
        assert shell("retry", stranger, str(dead[0])) == (Exit.REFUSED, {"retried": [str(dead[0])], "missing": [stranger]})

    @pytest.mark.parametrize("arguments", [[], ["--all", str(uuid4())]])
    def test_wants_to_know_what(self, shell: Shell, arguments: list[str]) -> None:
        assert shell("retry", *arguments)[0] == Exit.USAGE


class TestDrop:
    def test_deletes_what_was_named_and_nothing_else(self, shell: Shell, dead: list[UUID], table: Table) -> None:
        assert shell("drop", str(dead[0]))[0] == Exit.OK
        assert [letter.id for letter in table.dead()] == [dead[1]]

    def test_leaves_what_did_not_fail(self, shell: Shell, table: Table) -> None:
        waiting = Message(queue_name="default", actor_name="mail.send", args=(), kwargs={}, options={})
        table.put(waiting)
        assert shell("drop", waiting.message_id)[0] == Exit.REFUSED
        assert [depth.state for depth in table.depths()] == ["ready"]


def test_a_database_that_is_away_is_told_by_the_exit_code(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKER_DATABASE_URL", "postgresql://throughline_worker@/x?host=/nowhere")
    assert shell("status")[0] == Exit.DATABASE


def test_a_database_of_ones_own_needs_the_workers_role(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WORKER_DATABASE_URL")
    monkeypatch.setenv("DATABASE_URL", "postgresql://throughline_app@/x?host=/nowhere")
    monkeypatch.setenv("THROUGHLINE_KEY_FILE", "/nowhere")
    code, said = shell("status")
    assert (code, "WORKER_DATABASE_URL" in said["message"]) == (Exit.CONFIGURATION, True)
