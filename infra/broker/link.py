"""Synchronous connections to PostgreSQL, shared by the threads of a worker."""

from __future__ import annotations

from collections.abc import Callable
from queue import Empty, LifoQueue
from typing import Any, Final

import psycopg
from psycopg.abc import RV, PQGen
from psycopg.rows import DictRow, dict_row

from infra.postgres import LIMIT, kept_statements, limits
from infra.sql import Statement

CONNECT_SECONDS: Final = 5
LOOK_SECONDS: Final = 0.1  # how soon a thread that waits for an answer sees that it is interrupted
SILENCE_SECONDS: Final = 10  # without an answer, then the connection counts as lost

LOST: Final = (psycopg.OperationalError, psycopg.InterfaceError, psycopg.errors.ReadOnlySqlTransaction)
"""What it looks like when the database cannot be reached, the connection has ended, or nothing can be changed at the moment."""


class Connection(psycopg.Connection[DictRow]):
    """One that does not wait for ever for an answer: a network that loses everything tells nobody."""

    def wait(self, gen: PQGen[RV], interval: float = LOOK_SECONDS, timeout: float | None = SILENCE_SECONDS) -> RV:
        return super().wait(gen, interval, timeout)


def connect(dsn: str, name: str) -> Connection:
    """A connection on which every statement is a transaction, and none runs for long. Raises `psycopg.OperationalError`."""
    made = Connection.connect(
        dsn, autocommit=True, row_factory=dict_row, connect_timeout=CONNECT_SECONDS, tcp_user_timeout=SILENCE_SECONDS * 1000,
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
