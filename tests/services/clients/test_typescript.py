"""A client of TypeScript, generated from the document, drives a firm up to its first active plan, and its types are right."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Final

import pytest
from litestar import Litestar

from tests.foreign import need
from tests.services.clients.driving import driven, ran
from tests.services.firm import Firm

FOLDER: Final = Path(__file__).with_name("typescript")


@pytest.fixture
def packages() -> Path:
    found = FOLDER / "node_modules"
    need("node (Debian's npm brings it)", shutil.which("node"))
    need(f"what {FOLDER} names (npm ci, in that folder)", found.exists())
    return found


async def test_a_generated_client_drives_a_firm_up_to_its_first_active_plan(
    packages: Path, app: Litestar, firm: Firm, address: str, tmp_path: Path
) -> None:
    """With the strictest of the compiler's settings. A field with a default is one that a body may leave out."""
    (tmp_path / "openapi.json").write_text(json.dumps(app.state.document()))
    (tmp_path / "node_modules").symlink_to(packages)
    for name in ("journey.ts", "package.json", "tsconfig.json"):
        shutil.copy(FOLDER / name, tmp_path)
    tools = packages / ".bin"
    await ran(tmp_path, tools / "openapi-typescript", "openapi.json", "--output", "client.d.ts", "--default-non-nullable=false")
    await ran(tmp_path, tools / "tsc", "--project", tmp_path)
    assert await driven(firm, address, tmp_path, "node", "run/journey.js") == "active"


def test_what_is_installed_is_pinned_by_its_hash_and_by_no_address() -> None:
    lock = (FOLDER / "package-lock.json").read_text()
    pinned = {name: one for name, one in json.loads(lock)["packages"].items() if name}
    assert "://" not in lock
    assert pinned
    assert [name for name, one in pinned.items() if not one["integrity"].startswith("sha512-")] == []
