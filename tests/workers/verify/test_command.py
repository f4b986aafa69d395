"""`throughline verify` as a script sees it."""

from __future__ import annotations

import json

import pytest

from infra.keys import FileKeyProvider
from tests.database import Database
from tests.workers.verify.tampering import Tampering
from workers.cli.exit import Exit
from workers.cli.main import run
from workers.verify.difference import KINDS


@pytest.fixture
def environment(told: Database, provider: FileKeyProvider, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setenv("DATABASE_URL", told.dsn("app"))
    monkeypatch.setenv("WORKER_DATABASE_URL", told.dsn("worker"))
    monkeypatch.setenv("THROUGHLINE_KEY_FILE", str(provider.path))
    return monkeypatch


@pytest.mark.usefixtures("environment")
class TestACommand:
    def test_that_finds_nothing_ends_with_0(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(["verify", "--tenant", "demo", "--processes", "1"]) == Exit.OK
        assert "Everything is as the log implies." in capsys.readouterr().out

    def test_that_finds_something_ends_with_a_code_of_its_own(self, tampering: Tampering, capsys: pytest.CaptureFixture[str]) -> None:
        one = tampering.event("plan.progress_measured")
        tampering.change(one, "payload", hashed=False, value="77")
        assert run(["verify", "--json", "--processes", "1"]) == Exit.DIFFERENT
        said = json.loads(capsys.readouterr().out)
        first = said["differences"][0]
        assert (said["whole"], first["kind"], first["position"]) == (False, "payload_hash", one.position)
        assert said["counts"]["payload_hash"] == 1
        assert run(["verify", "--processes", "1"]) == Exit.DIFFERENT
        assert f"payload_hash: tenant {one.tenant}, stream {one.stream}, version {one.version}" in capsys.readouterr().out

    def test_for_nobody_is_refused(self) -> None:
        assert run(["verify", "--tenant", "nobody"]) == Exit.REFUSED

    def test_without_the_role_that_lists_organizations_says_so(
        self, environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        environment.delenv("WORKER_DATABASE_URL")
        assert run(["verify"]) == Exit.CONFIGURATION
        assert "WORKER_DATABASE_URL" in capsys.readouterr().err

    def test_without_the_keys_does_not_begin(self, environment: pytest.MonkeyPatch) -> None:
        environment.setenv("THROUGHLINE_KEY_FILE", "/nowhere/kek")
        assert run(["verify"]) == Exit.CONFIGURATION


def test_the_help_names_every_kind_and_what_cannot_be_seen(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["verify", "--help"]) == Exit.OK
    said = capsys.readouterr().out
    assert all(f"  {kind} " in said for kind in KINDS)
    assert "It cannot see an event whose payload and hash were changed together" in said
