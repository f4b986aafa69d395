"""A client of Python, generated from the document, drives a firm up to its first active plan, and its types are right."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any, Final

import pytest
from litestar import Litestar

from tests.foreign import need
from tests.services.firm import Firm

JOURNEY: Final = Path(__file__).with_name("journey.py")
BIN: Final = Path(sys.executable).parent
PLACES: Final = os.pathsep.join((os.environ["PATH"], str(Path.home() / ".local/bin")))


@pytest.fixture
def generator() -> str:
    found = shutil.which("openapi-python-client", path=PLACES)
    need("openapi-python-client (uv tool install openapi-python-client)", found)
    return str(found)


async def ran(folder: Path, *command: Any, **more: str) -> str:
    """What a program said, when it succeeds; the tests' own loop goes on answering meanwhile."""
    environment = os.environ | {"PATH": f"{BIN}{os.pathsep}{PLACES}"} | more
    running = await asyncio.create_subprocess_exec(
        *map(str, command), cwd=folder, env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    output, _ = await running.communicate()
    assert running.returncode == 0, output.decode()
    return output.decode()


async def test_a_generated_client_drives_a_firm_up_to_its_first_active_plan(
    generator: str, app: Litestar, firm: Firm, address: str, tmp_path: Path
) -> None:
    (tmp_path / "openapi.json").write_text(json.dumps(app.state.document))
    said = await ran(tmp_path, generator, "generate", "--path", "openapi.json", "--output-path", "made", "--fail-on-warning")
    assert "WARNING" not in said
    made = str(tmp_path / "made")
    await ran(tmp_path, BIN / "mypy", "--strict", "--cache-dir", "cache", JOURNEY, MYPYPATH=made)
    people = (json.dumps(firm.keys), json.dumps(firm.ids))
    told = asyncio.create_task(ran(tmp_path, sys.executable, JOURNEY, address, *people, PYTHONPATH=made))
    while not told.done():
        await firm.runner.catch_up()
        await asyncio.wait([told], timeout=0.1)
    assert (await told).strip() == "active"
