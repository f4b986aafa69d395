"""How long files and functions may be: it is the tail that makes a code base hard to read, so the tail is what is bounded."""

from __future__ import annotations

import ast
import math
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, parsed, sources

FILE_LIMIT, FILE_TAIL = 300, 220
FUNCTION_LIMIT, FUNCTION_TAIL = 45, 25


def file_lengths(root: Path) -> dict[str, int]:
    return {str(path.relative_to(root)): len(path.read_text().splitlines()) for path in sources(root)}


def function_lengths(root: Path) -> dict[str, int]:
    """Each function's lines from `def` to its last one, docstring included, decorators not."""
    return {
        f"{path.relative_to(root)}:{node.lineno} {node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for path in sources(root)
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def longer_than(limit: int, lengths: dict[str, int]) -> dict[str, int]:
    return {name: length for name, length in lengths.items() if length > limit}


def percentile_95(lengths: dict[str, int]) -> int:
    """The length that 95 of 100 do not exceed."""
    return sorted(lengths.values())[math.ceil(0.95 * len(lengths)) - 1]


def test_no_file_is_too_long() -> None:
    lengths = file_lengths(ROOT)
    assert longer_than(FILE_LIMIT, lengths) == {}
    assert percentile_95(lengths) <= FILE_TAIL


def test_no_function_is_too_long() -> None:
    lengths = function_lengths(ROOT)
    assert longer_than(FUNCTION_LIMIT, lengths) == {}
    assert percentile_95(lengths) <= FUNCTION_TAIL


@pytest.fixture
def planted(tmp_path: Path) -> Path:
    """A tree with one file and one function that are one line too long, and their neighbours that just fit."""
    (tmp_path / "domain").mkdir()
    (tmp_path / "domain" / "long.py").write_text("x = 1\n" * (FILE_LIMIT + 1))
    (tmp_path / "domain" / "fits.py").write_text("x = 1\n" * FILE_LIMIT)
    (tmp_path / "workers").mkdir()
    body = "    x = 1\n"
    functions = f"def fits():\n{body * (FUNCTION_LIMIT - 1)}\nclass C:\n    async def long(self):\n{('    ' + body) * FUNCTION_LIMIT}"
    (tmp_path / "workers" / "functions.py").write_text(functions)
    return tmp_path


def test_what_is_too_long_is_seen(planted: Path) -> None:
    assert longer_than(FILE_LIMIT, file_lengths(planted)) == {"domain/long.py": FILE_LIMIT + 1}
    assert longer_than(FUNCTION_LIMIT, function_lengths(planted)) == {"workers/functions.py:48 long": FUNCTION_LIMIT + 1}


def test_the_percentile_is_of_the_tail() -> None:
    assert percentile_95({str(length): length for length in range(1, 101)}) == 95
    assert percentile_95({"one": 7}) == 7
