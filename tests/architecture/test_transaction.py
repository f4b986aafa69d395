"""Nothing is appended inside a transaction: it would hold the tenant's lock until the end of that, and could be taken back after it said ok."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.test_sql import statements
from tests.architecture.tree import PACKAGES, ROOT, parsed, sources

OPENERS = {"transaction", "tenant_transaction", "moment", "snapshot", "caught_up"}
EXECUTORS = {"store", "commands", "recorder"}
CALLERS = {"infra/eventstore/append.py", "infra/eventstore/bridge/recorder.sql"}
"""Who calls the functions that append: the first one refuses to inside a transaction, the second is the library's."""


def name_of(node: ast.expr) -> str:
    """The last word of what is called or asked: `store` of `self.store`."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def appends(tree: ast.Module) -> Iterator[int]:
    """The line of everything inside a transaction that appends."""
    for block in ast.walk(tree):
        if isinstance(block, ast.AsyncWith | ast.With) and any(opens(item.context_expr) for item in block.items):
            for statement in block.body:
                yield from (node.lineno for node in ast.walk(statement) if isinstance(node, ast.Call) and is_append(node.func))


def opens(context: ast.expr) -> bool:
    return any(isinstance(node, ast.Call) and name_of(node.func) in OPENERS for node in ast.walk(context))


def is_append(called: ast.expr) -> bool:
    match called:
        case ast.Name(id="append") | ast.Attribute(attr="execute_all"):
            return True
        case ast.Attribute(attr="execute", value=value):
            return name_of(value) in EXECUTORS
    return False


def test_nothing_is_appended_inside_a_transaction() -> None:
    assert [f"{path.relative_to(ROOT)}:{line}" for path in sources() for line in appends(parsed(path))] == []


def test_only_the_store_calls_the_functions_that_append() -> None:
    files = [path for package in PACKAGES for pattern in ("*.sql", "*.py") for path in sorted((ROOT / package).rglob(pattern))]
    called = {
        str(path.relative_to(ROOT))
        for path in files
        if path.parent.name != "migrations" and any("append(" in one and "FROM es." in one for one in statements(path))
    }
    assert called == CALLERS


@pytest.mark.parametrize(
    "planted",
    [
        "async with tenant_transaction(pool, tenant) as connection:\n        await self.store.execute(tenant, [], decide)",
        "async with transaction(connection, tenant):\n        if late:\n            await append(connection, tenant, [], [])",
        "async with pool.acquire() as connection, connection.transaction():\n        await commands.execute(actor, command)",
        "with connection.transaction():\n        await store.execute_all(tenant, [], attempts)",
    ],
)
def test_an_append_inside_a_transaction_is_seen(planted: str) -> None:
    assert list(appends(ast.parse(f"async def planted():\n    {planted}"))) != []


@pytest.mark.parametrize(
    "fine",
    [
        "async with tenant_transaction(pool, tenant) as connection:\n        rows.append(await SQL.some.fetch(connection))\n    await store.execute(tenant)",
        "async with transaction(connection, tenant):\n        await SQL.put.execute(connection)",
        "async with pool.acquire() as connection:\n        await append(connection, tenant, [], [])",
    ],
)
def test_an_append_outside_of_one_is_not_seen(fine: str) -> None:
    assert list(appends(ast.parse(f"async def fine():\n    {fine}"))) == []
