"""The `throughline` command as a script sees it."""

from __future__ import annotations

from pathlib import Path

import pytest

from infra.settings import VARIABLES
from tests.workers.installation import Ended
from workers.cli.main import run

FOUNDED = ("--name", "Acme Coaching", "--admin-name", "Dana Whitfield", "--admin-email", "dana@acme.example")
"""What `tenant create` has to be told beside the short name."""


class Shell:
    """Commands in this process, with an environment of their own."""

    def __init__(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
        self.capsys = capsys
        self.monkeypatch = monkeypatch
        for variable in VARIABLES:
            monkeypatch.delenv(variable.name, raising=False)
        monkeypatch.setenv("THROUGHLINE_DATA", str(folder))

    def __call__(self, *arguments: str, **environment: str) -> Ended:
        for name, value in environment.items():
            self.monkeypatch.setenv(name, value)
        code = run(list(arguments))
        return Ended(code, *self.capsys.readouterr())
