"""A client of Python, generated from the document, drives a firm up to its first active plan, and its types are right."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Final

import pytest
from litestar import Litestar

from tests.foreign import need
from tests.services.clients.driving import BIN, PLACES, driven, ran
from tests.services.firm import Firm

JOURNEY: Final = Path(__file__).with_name("journey.py")


@pytest.fixture
def generator() -> str:
    found = shutil.which("openapi-python-client", path=PLACES)
    need("openapi-python-client (uv tool install openapi-python-client)", found)
    return str(found)


async def test_a_generated_client_drives_a_firm_up_to_its_first_active_plan(
    generator: str, app: Litestar, firm: Firm, address: str, tmp_path: Path
) -> None:
    (tmp_path / "openapi.json").write_text(json.dumps(app.state.document()))
    said = await ran(tmp_path, generator, "generate", "--path", "openapi.json", "--output-path", "made", "--fail-on-warning")
    assert "WARNING" not in said
    made = str(tmp_path / "made")
    await ran(tmp_path, BIN / "mypy", "--strict", "--cache-dir", "cache", JOURNEY, MYPYPATH=made)
    assert await driven(firm, address, tmp_path, sys.executable, JOURNEY, PYTHONPATH=made) == "active"
