"""`throughline settings`: every setting with where it is said, and no secret."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from infra.settings import VARIABLES
from tests.workers.command import Commands
from workers.cli.exit import Exit

SECRET = "hunter2"


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Commands:
    for variable in VARIABLES:
        for name in (variable.name, variable.of_file):
            monkeypatch.delenv(name, raising=False)
    return Commands(monkeypatch, capsys, tmp_path / "kek", tmp_path)


def test_each_is_listed_and_no_secret_is_shown(call: Commands, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    kept = tmp_path / "dsn"
    kept.write_text(f"postgresql://throughline_app:{SECRET}@db/throughline")
    monkeypatch.setenv("DATABASE_URL_FILE", str(kept))
    monkeypatch.setenv("THROUGHLINE_MAIL_URL", f"smtp://app:{SECRET}@mail")
    monkeypatch.setenv("THROUGHLINE_MAIL_FROM", "coaching@example.org")
    code, text = call("settings")
    told = json.loads(call("settings", "--json")[1])
    listed = {one["name"]: one for one in told["settings"]}
    assert (code, set(listed)) == (Exit.OK, {variable.name for variable in VARIABLES})
    assert [(listed[name]["value"], listed[name]["source"]) for name in ("DATABASE_URL", "THROUGHLINE_MAIL_URL", "THROUGHLINE_PORT")] == [
        ("***", str(kept)),
        ("***", "environment"),
        (8080, "default"),
    ]
    assert all(variable.meaning in text for variable in VARIABLES)
    assert SECRET not in text + json.dumps(told)


def test_what_is_wrong_is_named(call: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THROUGHLINE_PORT", "x")
    monkeypatch.setenv("DATABASE_URL", f"mysql://app:{SECRET}@db/x")
    code, said = call("settings")
    assert (code, "THROUGHLINE_PORT" in said, "DATABASE_URL" in said, SECRET in said) == (Exit.CONFIGURATION, True, True, False)
