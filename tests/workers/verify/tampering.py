"""What a superuser can do to a database, row by row, with whatever care."""

from __future__ import annotations

from typing import Any, NamedTuple
from uuid import UUID

import msgspec
import psycopg

from infra.eventstore import codec
from infra.eventstore.reading import shape
from infra.eventstore.store import Store
from tests.database import Database, ask


class Stored(NamedTuple):
    """An event's place, and what is stored of it."""

    tenant: UUID
    stream: UUID
    version: int
    position: int
    type: str
    meta: bytes
    payload: bytes


class Tampering:
    def __init__(self, database: Database) -> None:
        self.database = database

    def run(self, statement: str, *values: Any) -> None:
        """As the superuser, whom row security does not bind. It has to hit something."""
        with psycopg.connect(self.database.dsn("admin"), autocommit=True) as connection:
            assert connection.execute(statement.encode(), values).rowcount > 0, statement

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        return ask(self.database.dsn("admin"), statement)

    @property
    def plan(self) -> UUID:
        """The story's longest plan."""
        ((plan,),) = self.rows("SELECT stream_id FROM es.event WHERE type LIKE 'plan.%' GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1")
        return UUID(str(plan))

    def events(self, type: str) -> list[Stored]:
        """The events of a type, in the order of the log."""
        columns = "tenant_id, stream_id, version, position, type, meta, payload"
        return [Stored(*row) for row in self.rows(f"SELECT {columns} FROM es.event WHERE type LIKE '{type}' ORDER BY tenant_id, position")]

    def event(self, type: str, number: int = 0, *, of: UUID | None = None) -> Stored:
        """The so-manieth event of a type in the log, from 0; -1 is the last."""
        return [one for one in self.events(type) if of in (None, one.stream)][number]

    def change(self, one: Stored, column: str, *, hashed: bool, **fields: Any) -> None:
        """Another value for fields of a payload, or of meta; `hashed`: with the hash that fits."""
        content = msgspec.json.decode(getattr(one, column))
        assert content.keys() >= fields.keys()
        assert any(content[name] != value for name, value in fields.items())
        self.write(one, column, msgspec.json.encode(content | fields), hashed=hashed)

    def write(self, one: Stored, column: str, content: bytes, *, hashed: bool) -> None:
        self.run(f"UPDATE es.event SET {column} = %s WHERE stream_id = %s AND version = %s", content, one.stream, one.version)
        if hashed:
            self.run(f"UPDATE es.event SET {column}_hash = sha256({column}) WHERE stream_id = %s AND version = %s", one.stream, one.version)

    def swap(self, one: Stored, other: Stored, *columns: str) -> None:
        """Lets two events exchange columns. The first steps aside, for versions and positions are unique."""
        aside = {"version": 1_000_000, "position": 1_000_000}
        begin = self.rows(f"SELECT {', '.join(columns)} FROM es.event WHERE stream_id = '{one.stream}' AND version = {one.version}")[0]
        end = self.rows(f"SELECT {', '.join(columns)} FROM es.event WHERE stream_id = '{other.stream}' AND version = {other.version}")[0]
        setting = ", ".join(f"{column} = %s" for column in columns)
        away = [aside.get(column, value) for column, value in zip(columns, begin, strict=True)]
        update = f"UPDATE es.event SET {setting} WHERE stream_id = %s AND version = %s"
        self.run(update, *away, one.stream, one.version)
        self.run(update, *begin, other.stream, other.version)
        self.run(update, *end, one.stream, 1_000_000 if "version" in columns else one.version)

    def remove(self, one: Stored) -> None:
        self.run("DELETE FROM es.event WHERE stream_id = %s AND version = %s", one.stream, one.version)


async def keep_snapshot(store: Store, plan: UUID) -> None:
    """A snapshot of the plan as it stands."""
    tenant = await store.pool.fetchval("SELECT tenant_id FROM directory.find_slug('demo')")
    reading = await store.read(tenant, plan)
    state = codec.encode_state(reading.state(plan))
    await store.pool.execute("SELECT es.keep_snapshot($1, $2, $3, $4, $5)", tenant, plan, shape("plan"), reading.version(plan), state)
