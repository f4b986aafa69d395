"""Synchronous connections to PostgreSQL, shared by the threads of a worker."""

from __future__ import annotations

from collections.abc import Callable
from queue import Empty, LifoQueue
from typing import Any, Final

import psycopg
from psycopg.rows import DictRow, dict_row

from infra.postgres import LIMIT, kept_statements, limits
from infra.sql import Statement

CONNECT_SECONDS: Final = 5
SILENCE_MILLISECONDS: Final = 10_000  # without an answer on the wire, then the connection counts as lost

Connection = psycopg.Connection[DictRow]

LOST: Final = (psycopg.OperationalError, psycopg.InterfaceError)
"""What it looks like when the database cannot be reached, or the connection has ended."""


def connect(dsn: str, name: str) -> Connection:
    """A connection on which every statement is a transaction, and none runs for long. Raises `psycopg.OperationalError`."""
    made = psycopg.connect(
        dsn, autocommit=True, row_factory=dict_row, connect_timeout=CONNECT_SECONDS, tcp_user_timeout=SILENCE_MILLISECONDS,
        prepare_threshold=5 if kept_statements() else None,
        application_name=name,
    )  # fmt: skip
    try:
        psycopg.RawCursor(made).execute(LIMIT.encode(), limits())
    except BaseException:
        made.close()
        raise
    return made


def execute(connection: Connection, statement: Statement, **arguments: Any) -> list[DictRow]:
    """The statement's rows; none when it returns none. Closes the connection when it fails."""
    try:
        with psycopg.RawCursor(connection, row_factory=dict_row) as cursor:
            cursor.execute(statement.text.encode(), statement.values(arguments))
            return cursor.fetchall() if cursor.description else []
    except BaseException:
        connection.close()
        raise


class Links:
    """As many connections as there are threads that want one at the same moment. `dsn` is asked each time one is made."""

    def __init__(self, dsn: Callable[[], str], name: str) -> None:
        self.dsn = dsn
        self.name = name
        self.idle: LifoQueue[Connection] = LifoQueue()

    def connect(self) -> Connection:
        return connect(self.dsn(), self.name)

    def run(self, statement: Statement, **arguments: Any) -> list[DictRow]:
        """Runs a statement that bears being repeated: on a connection that was lost while idle, it is. Raises one of `LOST`."""
        try:
            waiting = self.idle.get_nowait()
        except Empty:
            return self.run_on(self.connect(), statement, **arguments)
        try:
            return self.run_on(waiting, statement, **arguments)
        except LOST:
            self.close()  # the others were lost with it
            return self.run_on(self.connect(), statement, **arguments)

    def run_on(self, connection: Connection, statement: Statement, **arguments: Any) -> list[DictRow]:
        rows = execute(connection, statement, **arguments)
        self.idle.put(connection)
        return rows

    def close(self) -> None:
        """Closes what is idle."""
        while True:
            try:
                self.idle.get_nowait().close()
            except Empty:
                return
