"""Statements from a file, by name."""

from __future__ import annotations

from pathlib import Path

import asyncpg
import pytest

from infra.sql import Statements, load
from tests.database import Database

GOOD = """\
-- The file's own comment.
-- total(first, second) --
-- Adds up; $3 in a comment is no place.
SELECT $1::int + $2::int

-- tables() --
CREATE TABLE {board} (n int);
INSERT INTO {board} VALUES (1), (2);

-- large --
n >= $1

-- rows(least) --
SELECT n FROM {board} WHERE {large} ORDER BY n
"""


def loaded(folder: Path, text: str, **names: str) -> Statements:
    (folder / "board.sql").write_text(text)
    return load(str(folder / "board.py"), **names)


async def test_a_statement_is_called_with_keywords_in_any_order(tmp_path: Path, database: Database) -> None:
    statements = loaded(tmp_path, GOOD, board="public.board_g2")
    connection = await asyncpg.connect(database.dsn("admin"))
    try:
        assert await statements.total.value(connection, second=1, first=41) == 42
        await statements.tables.execute(connection)
        assert [row["n"] for row in await statements.rows.fetch(connection, least=1)] == [1, 2]
        assert await statements.rows.first(connection, least=3) is None
        assert await connection.fetchval("SELECT to_regclass('public.board_g2') IS NOT NULL")
    finally:
        await connection.close()


@pytest.mark.parametrize("given", [{}, {"first": 1}, {"first": 1, "second": 2, "third": 3}, {"first": 1, "secnd": 2}])
def test_missing_and_unknown_arguments_are_refused_before_the_server_is_asked(tmp_path: Path, given: dict[str, int]) -> None:
    with pytest.raises(TypeError, match=r"total\(first, second\)"):
        loaded(tmp_path, GOOD).total.values(given)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("-- a(x) --\nSELECT 1", "lists 1 arguments"),
        ("-- a(x) --\nSELECT $1, $2", "uses the places"),
        ("-- a(x, y) --\nSELECT $1, $3", "uses the places"),
        ("-- a() --\nSELECT 1\n-- a() --\nSELECT 2", "twice"),
        ("-- a --\n1\n-- a --\n2", "twice"),
        ("SELECT 0;\n-- a() --\nSELECT 1", "text before"),
    ],
)
def test_a_file_that_does_not_fit_together_is_refused_when_it_is_loaded(tmp_path: Path, text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        loaded(tmp_path, text)


def test_an_unknown_name_is_told_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(AttributeError, match="no statement sum: it has total, tables, rows"):
        _ = loaded(tmp_path, GOOD).sum
