"""The sweep: what in a database's catalogue would let one organization see another, each thing named."""

from __future__ import annotations

from typing import Final

import asyncpg

from infra.sql import load
from tests.infra.row_security.allowed import DEFAULTS, DEFINERS, ROLES, SCANNED, WITHOUT_TENANT, granted

SQL: Final = load(__file__)
ARGUMENTS: Final = {
    "known": list(WITHOUT_TENANT),
    "scanned": list(SCANNED),
    "definers": list(DEFINERS),
    "roles": [f"throughline_{role}" for role in ROLES],
}
LISTS: Final = {"right", "default_right", "read_models"}  # compared with what is allowed; every other statement gives offenders


async def faults(connection: asyncpg.Connection) -> set[str]:
    """Every offender, as "check: name"."""
    found = set()
    for check, statement in SQL.statements.items():
        if check not in LISTS:
            given = {argument: ARGUMENTS[argument] for argument in statement.arguments}
            found |= {f"{check}: {row['name']}" for row in await statement.fetch(connection, **given)}
    return found | await wrong_rights(connection) | await wrong_defaults(connection)


async def wrong_rights(connection: asyncpg.Connection) -> set[str]:
    """Rights that are not listed, and listed ones that are not there."""
    there = {(row["role"], row["name"], row["right"]) for row in await SQL.right.fetch(connection)}
    wanted = granted([row["name"] for row in await SQL.read_models.fetch(connection)])
    return {f"extra right: {right}" for right in map(said, there - wanted)} | {
        f"missing right: {right}" for right in map(said, wanted - there)
    }


async def wrong_defaults(connection: asyncpg.Connection) -> set[str]:
    there = {(row["owner"], row["schema"], row["role"], row["right"]) for row in await SQL.default_right.fetch(connection)}
    return {f"default right: {owner} gives {role} {right} in {schema}" for owner, schema, role, right in there ^ DEFAULTS}


def said(right: tuple[str, str, str]) -> str:
    role, name, which = right
    return f"{role} {which} on {name}"
