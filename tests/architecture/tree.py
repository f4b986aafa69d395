"""The source tree as the tests of this folder see it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("services", "domain", "projections", "workers", "infra")


def sources(root: Path = ROOT, *packages: str) -> Iterator[Path]:
    """Every Python file of the product, or of some of its packages."""
    for package in packages or PACKAGES:
        yield from sorted((root / package).rglob("*.py"))


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), filename=str(path))
