"""Who may import whom: each contract of `pyproject.toml` holds, and a violation of each, planted in a copy, is caught."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.architecture.tree import PACKAGES, ROOT, parsed, sources

# Contract -> the file that gets a line it must not have, that line, and what the tool has to say about it.
PLANTS = {
    "Imports go down": ("infra/postgres.py", "import services.door", "infra.postgres -> services.door"),
    "The domain does no input and output, and reads no clock": ("domain/rules.py", "import time", "domain.rules -> time"),
    "Aggregates know nothing of each other": (
        "domain/plan/context.py",
        "import domain.assessment.state",
        "domain.plan.context -> domain.assessment.state",
    ),
    "Features know nothing of each other, nor of the pages": (
        "services/program/handlers.py",
        "import services.person.handlers",
        "services.program.handlers -> services.person.handlers",
    ),
    "Handlers do not know that they are called over HTTP": (
        "services/person/handlers.py",
        "import litestar",
        "services.person.handlers -> litestar",
    ),
    "Routes reach no database by themselves": ("services/plan/routes.py", "import asyncpg", "services.plan.routes -> asyncpg"),
    "Read models know nothing of each other": (
        "projections/members.py",
        "import projections.kpi_board",
        "projections.members -> projections.kpi_board",
    ),
    "Projections have no effects": ("projections/runner.py", "import smtplib", "projections.runner -> smtplib"),
    "Only a command's execution and the wirings hold the log's writer": (
        "services/plan/handlers.py",
        "import infra.eventstore.store",
        "services.plan.handlers -> infra.eventstore.store",
    ),
    "Only the bridge knows the library": ("infra/eventstore/feed.py", "import eventsourcing", "infra.eventstore.feed -> eventsourcing"),
}

DOMAIN_MAY_IMPORT = {"domain", "msgspec", *sys.stdlib_module_names}


def lint(root: Path) -> tuple[dict[str, str], str]:
    """Contract -> KEPT or BROKEN, and all that the tool said."""
    tool = Path(sys.executable).parent / "lint-imports"
    environment = os.environ | {"PYTHONPATH": str(root), "COLUMNS": "500", "NO_COLOR": "1"}
    done = subprocess.run([tool, "--no-cache"], cwd=root, env=environment, capture_output=True, text=True, timeout=120)
    return dict(re.findall(r"^(.+?) (KEPT|BROKEN)\b", done.stdout, re.MULTILINE)), done.stdout + done.stderr


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, str], str]:
    """What the tool says of a copy of the tree with every violation in it."""
    copy = tmp_path_factory.mktemp("planted")
    for package in PACKAGES:
        shutil.copytree(ROOT / package, copy / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", copy)
    for file, line, _ in PLANTS.values():
        with (copy / file).open("a") as source:
            source.write(f"\n{line}\n")
    return lint(copy)


def test_every_contract_holds() -> None:
    verdicts, said = lint(ROOT)
    assert set(verdicts.values()) == {"KEPT"}, said


def test_every_contract_has_its_planted_violation() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    assert {contract["name"] for contract in settings["contracts"]} == set(PLANTS)


@pytest.mark.parametrize("contract", PLANTS)
def test_a_planted_violation_is_caught(contract: str, planted: tuple[dict[str, str], str]) -> None:
    verdicts, said = planted
    assert verdicts.get(contract) == "BROKEN", said
    section = said.split("Broken contracts", 1)[1].split(f"\n{contract}\n", 1)[1]
    assert PLANTS[contract][2] in section, section


def outside_imports(path: Path) -> set[str]:
    """The top-level packages that a file imports."""
    names: set[str] = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").split(".")[0])
    return names


def test_the_domain_needs_only_the_standard_library_and_msgspec() -> None:
    for path in sources(ROOT, "domain"):
        assert outside_imports(path) <= DOMAIN_MAY_IMPORT, path


# Calls that ask the machine for the time or for a new id; these have to come with the context.
ASKING = re.compile(r"\b(now|utcnow|today|uuid1|uuid4|uuid7|open|print|input)$")


def asking(source: ast.AST) -> list[str]:
    """The calls in a source that ask the machine for what a context should bring."""
    calls = [ast.unparse(node.func) for node in ast.walk(source) if isinstance(node, ast.Call)]
    return [call for call in calls if ASKING.search(call)]


def test_the_domain_asks_nobody_for_the_time_or_an_id() -> None:
    for path in sources(ROOT, "domain"):
        assert asking(parsed(path)) == [], path


@pytest.mark.parametrize("line", ["datetime.now(UTC)", "date.today()", "uuid.uuid4()", "open('x')"])
def test_asking_is_seen(line: str) -> None:
    assert len(asking(ast.parse(line))) == 1


def test_an_import_from_outside_is_seen(tmp_path: Path) -> None:
    source = tmp_path / "planted.py"
    source.write_text("import asyncpg.pool\nfrom litestar import get\nimport json\n")
    assert outside_imports(source) - DOMAIN_MAY_IMPORT == {"asyncpg", "litestar"}
