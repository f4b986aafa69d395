"""Calls of the log's functions, made from the catalogue: who may make them, and with whose ids."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

import asyncpg

from tests.infra.row_security.seed import canary, identity

FUNCTIONS: Final = """
SELECT format('es.%I', p.proname) AS name, p.oid::regprocedure::text AS signature,
       array_agg(a.name ORDER BY a.i) AS names, array_agg(format_type(a.type, NULL) ORDER BY a.i) AS types
  FROM pg_proc p
 CROSS JOIN LATERAL unnest(p.proargtypes::oid[], p.proargnames) WITH ORDINALITY AS a (type, name, i)
 WHERE p.pronamespace = 'es'::regnamespace AND a.type IS NOT NULL AND has_function_privilege($1, p.oid, 'EXECUTE')
 GROUP BY p.oid, p.proname
 ORDER BY 1"""
COLUMN: Final = {  # the column that an argument is compared with, where its name is another one
    **dict.fromkeys(("stream", "streams"), "stream_id"),
    **dict.fromkeys(("engagement", "engagements"), "engagement_id"),
    **dict.fromkeys(("subject", "subjects", "key_subjects"), "subject_id"),
    **dict.fromkeys(("realm", "realms", "key_realms"), "realm_id"),
    **dict.fromkeys(("person",), "person_id"),
    **dict.fromkeys(("rater",), "rater_id"),
    **dict.fromkeys(("answer", "waiting"), "answer_id"),
    **dict.fromkeys(("of_secret",), "hash"),
    **dict.fromkeys(("command",), "command_id"),
    **dict.fromkeys(("claim_kind", "claim_kinds", "release_kinds"), "kind"),
    **dict.fromkeys(("keys", "claim_keys", "release_keys"), "key"),
    **dict.fromkeys(("kinds", "types", "only_types"), "type"),
    **dict.fromkeys(("shapes", "form"), "shape"),
    **dict.fromkeys(("under", "old_wrapping"), "wrapping"),
    **dict.fromkeys(("tracker",), "follower"),
    **dict.fromkeys(("tracks",), "followed"),
}
LATE: Final = datetime(2100, 1, 1, tzinfo=UTC)
WHOLE: Final = {"smallint", "integer", "bigint"}
UPPER: Final = {"until", "up_to", "most", "at_version"}


class Function(NamedTuple):
    name: str
    arguments: tuple[tuple[str, str], ...]  # name and type

    def call(self, tenant: UUID, of: UUID, number: int) -> tuple[str, tuple[object, ...]]:
        """For `tenant`, with everything else that of row 1 of `of`, and this number for all that is counted."""
        places = ", ".join(f"${place}::{kind}" for place, (_, kind) in enumerate(self.arguments, start=1))
        given = tuple(tenant if name == "tenant" else value(name, kind, of, number) for name, kind in self.arguments)
        return f"SELECT * FROM {self.name}({places})", given


def value(name: str, kind: str, of: UUID, number: int) -> Any:
    if number == 0 and name.startswith("key_"):
        return None  # nothing was sealed
    if kind.endswith("[]"):
        return [value(name, kind.removesuffix("[]"), of, number)]
    column = COLUMN.get(name, name)
    if name in ("of", "claim_of", "release_of"):
        return 1  # the place of the one stream
    if kind in WHOLE:
        return max(number, 100) if name in UPPER and kind != "smallint" else number
    known = {
        "uuid": identity(of, column),
        "text": canary(of, column),
        "bytea": canary(of, column).encode(),
        "timestamp with time zone": LATE,
        "boolean": number > 0,
    }
    return known[kind]


async def functions(connection: asyncpg.Connection, role: str) -> list[Function]:
    """Every function of the log that a role may call."""
    return [
        Function(row["name"], tuple(zip(row["names"], row["types"], strict=True)))
        for row in await connection.fetch(FUNCTIONS, f"throughline_{role}")
    ]
