"""Programs that a test needs and that no Python package brings: a test without them is skipped here and fails in CI."""

from __future__ import annotations

import os

import pytest


def need(what: str, found: object) -> None:
    """Ends the test when `found` is empty: as skipped, or where CI=true as failed."""
    if not found:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(f"{what} is needed by this test")
