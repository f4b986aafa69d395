"""How the server would find the rows of a statement: the scans of its plan that do not go by the tenant."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

import asyncpg

BY_TENANT: Final = re.compile(r"\btenant_id = ")
SCHEMAS: Final = ("es", "rm")


def scans(node: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    """Every table of the log or of a read model that a plan reads, and whether by an index on the tenant."""
    inner = list(node.get("Plans", []))
    if node.get("Schema") in SCHEMAS and "Relation Name" in node and node["Node Type"] != "ModifyTable":
        if node["Node Type"] == "Bitmap Heap Scan":
            yield f"{node['Schema']}.{node['Relation Name']}", all(map(is_bound, bitmaps(inner.pop(0))))
        else:
            yield f"{node['Schema']}.{node['Relation Name']}", is_bound(node)
    for each in inner:
        yield from scans(each)


def bitmaps(node: dict[str, Any]) -> list[dict[str, Any]]:
    if node["Node Type"] == "Bitmap Index Scan":
        return [node]
    return [index for inner in node["Plans"] for index in bitmaps(inner)]


def is_bound(node: dict[str, Any]) -> bool:
    return BY_TENANT.search(node.get("Index Cond", "")) is not None


async def explained(connection: asyncpg.Connection, text: str, values: dict[str, str]) -> list[dict[str, Any]]:
    """The plans of a statement for any values, and for such values (literals by type) as its places could be given.

    The first of them is the tenant's. Raises `InsufficientPrivilegeError` for a role that may not run it.
    """
    async with connection.transaction():
        await connection.execute(f"PREPARE asked AS {text}")
    try:
        kinds = await connection.fetchval("SELECT parameter_types::text[] FROM pg_prepared_statements WHERE name = 'asked'")
        generic, given = ", ".join(["NULL"] * len(kinds)), ", ".join(values[kind] for kind in kinds)
        async with connection.transaction():
            return [await plan(connection, mode, arguments) for mode, arguments in (("generic", generic), ("custom", given))]
    finally:
        await connection.execute("DEALLOCATE asked")


async def plan(connection: asyncpg.Connection, mode: str, arguments: str) -> dict[str, Any]:
    await connection.execute(f"SET LOCAL plan_cache_mode = force_{mode}_plan")
    answer = await connection.fetchval(f"EXPLAIN (VERBOSE, FORMAT JSON) EXECUTE asked{f'({arguments})' if arguments else ''}")
    found: dict[str, Any] = json.loads(answer)[0]["Plan"]
    return found


EXPLAIN_ALL: Final = """
LOAD 'auto_explain';
SET auto_explain.log_min_duration = 0;
SET auto_explain.log_nested_statements = on;
SET auto_explain.log_verbose = on;
SET auto_explain.log_format = json;
SET auto_explain.log_level = notice"""


class Overheard:
    """The plans of whatever is executed on a connection, the statements inside of functions too."""

    def __init__(self) -> None:
        self.plans: list[dict[str, Any]] = []

    async def listen(self, connection: asyncpg.Connection) -> None:
        await connection.execute(EXPLAIN_ALL)
        connection.add_log_listener(self.hear)

    def hear(self, connection: asyncpg.Connection, message: Any) -> None:
        _, told, text = message.message.partition("plan:\n")
        if told:
            self.plans.append(json.loads(text)["Plan"])
