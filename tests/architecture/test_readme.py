"""What the README sends a reader to is there: files, targets of make, commands, and addresses of the API."""

from __future__ import annotations

import re
from collections.abc import Callable

import click
import pytest

from infra.settings import Settings
from services.wiring import create_app
from tests.architecture.tree import ROOT
from workers.cli.main import throughline

README = (ROOT / "README.md").read_text()
PATHS = sorted(set(re.findall(r"`((?:domain|infra|projections|services|workers|tests)/[\w/.]+)`", README)))
TARGETS = sorted(set(re.findall(r"\bmake ([a-z]+)(?=[ `\n;])", "\n".join(re.findall(r"`+[^`]+`+", README)))))
COMMANDS = sorted(set(re.findall(r"throughline (?!--)([a-z]+(?: create)?)[` ]", README)))
ADDRESSES = sorted(set(re.findall(r"\$at(/v1/[\w/$-]+)|`(?:GET|POST) (/v1/[\w/{}-]+)`", README)))


@pytest.mark.parametrize("path", PATHS)
def test_a_file_is_there(path: str) -> None:
    found = [ROOT / path, ROOT / f"{path}.py"]
    assert any(one.exists() for one in found)


@pytest.mark.parametrize("target", TARGETS)
def test_a_target_of_make_is_there(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(), re.MULTILINE)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_is_there(command: str) -> None:
    found: click.Command | None = throughline
    for word in command.split():
        assert isinstance(found, click.Group)
        found = found.get_command(click.Context(found), word)
    assert found is not None


@pytest.fixture(scope="module")
def answers() -> Callable[[str], bool]:
    templates = create_app(Settings.from_env({})).state.document()["paths"]
    return lambda path: re.sub(r"\$\w+", "{id}", path) in templates


def test_the_addresses_are_there(answers: Callable[[str], bool]) -> None:
    assert [path for pair in ADDRESSES for path in pair if path and not answers(path)] == []
    assert not answers("/v1/plan/$plan")


def test_each_kind_was_found() -> None:
    assert min(len(PATHS), len(TARGETS), len(COMMANDS), len(ADDRESSES)) >= 5
