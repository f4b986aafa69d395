"""Statements of SQL from the `.sql` file beside a module, called by name with keywords.

    -- record_score(tenant_id, client_id, score) --
    -- One row a client; a repeated event changes nothing.
    INSERT INTO ... VALUES ($1, $2, $3) ON CONFLICT ...

A head without arguments, `-- scope --`, names a piece that several statements below it have in common: `{scope}` in them becomes it.

`SQL = load(__file__)`, then `await SQL.record_score.execute(connection, tenant_id=..., client_id=..., score=...)`.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterable, Sequence
from pathlib import Path
from typing import Any, Final

import asyncpg

HEADER: Final = re.compile(r"^-- (\w+)(?:\(([\w, \n]*)\))? --$", re.MULTILINE)
PIECE: Final = re.compile(r"\{(\w+)\}")
PLACE: Final = re.compile(r"\$(\d+)")
COMMENT: Final = re.compile(r"--[^\n]*")


class Statement:
    """One statement; its arguments are given by name, in the order that its header lists them for `$1`, `$2`, ..."""

    def __init__(self, name: str, arguments: Sequence[str], text: str) -> None:
        self.name = name
        self.arguments = tuple(arguments)
        self.text = text
        places = {int(place) for place in PLACE.findall(COMMENT.sub("", text))}
        if places != set(range(1, len(self.arguments) + 1)):
            raise ValueError(f"{name} lists {len(self.arguments)} arguments, and its text uses the places {sorted(places)}")

    def values(self, given: dict[str, Any]) -> list[Any]:
        """The arguments in order. Raises `TypeError` for a missing or unknown one, as a function call does."""
        if given.keys() != set(self.arguments):
            raise TypeError(f"{self.name}({', '.join(self.arguments)}) was called with ({', '.join(given)})")
        return [given[name] for name in self.arguments]

    async def fetch(self, connection: asyncpg.Connection, **arguments: Any) -> list[asyncpg.Record]:
        """Every row."""
        rows: list[asyncpg.Record] = await connection.fetch(self.text, *self.values(arguments))
        return rows

    async def first(self, connection: asyncpg.Connection, **arguments: Any) -> asyncpg.Record | None:
        """The first row, or None."""
        return await connection.fetchrow(self.text, *self.values(arguments))

    async def value(self, connection: asyncpg.Connection, **arguments: Any) -> Any:
        """The first column of the first row, or None."""
        return await connection.fetchval(self.text, *self.values(arguments))

    def cursor(self, connection: asyncpg.Connection, *, prefetch: int, **arguments: Any) -> AsyncIterable[asyncpg.Record]:
        """The rows one by one, `prefetch` a round trip, so that their number costs no memory. Inside a transaction only."""
        rows: AsyncIterable[asyncpg.Record] = connection.cursor(self.text, *self.values(arguments), prefetch=prefetch)
        return rows

    async def execute(self, connection: asyncpg.Connection, **arguments: Any) -> str:
        """The server's word for what was done, such as "INSERT 0 1". Without arguments the text may hold several statements."""
        done: str = await connection.execute(self.text, *self.values(arguments))
        return done


class Statements:
    """The statements of one file, as attributes."""

    def __init__(self, path: Path, statements: dict[str, Statement]) -> None:
        self.path = path
        self.statements = statements

    def __getattr__(self, name: str) -> Statement:
        try:
            return self.statements[name]
        except KeyError:
            raise AttributeError(f"{self.path.name} has no statement {name}: it has {', '.join(self.statements)}") from None


def load(module: str, **names: str) -> Statements:
    """The statements beside a module (`load(__file__)`); `{board}` in them becomes `names["board"]`, for tables whose name varies.

    Raises `ValueError` for text that belongs to no statement, a name used twice, or places that the arguments do not match.
    """
    path = Path(module).with_suffix(".sql")
    before, *parts = HEADER.split(path.read_text(encoding="utf-8"))
    if COMMENT.sub("", before).strip():
        raise ValueError(f"{path}: text before the first `-- name(arguments) --`")
    statements: dict[str, Statement] = {}
    for name, arguments, body in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        if name in statements or name in names:
            raise ValueError(f"{path}: {name} stands there twice")
        text = PIECE.sub(lambda piece: names.get(piece[1], piece[0]), body.strip())
        if arguments is None:
            names[name] = text
        else:
            statements[name] = Statement(name, re.findall(r"\w+", arguments), text)
    return Statements(path, statements)
