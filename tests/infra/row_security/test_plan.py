"""The server finds an organization's rows by the organization: no statement, named or in a function, reads through the others'."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

import asyncpg
import pytest

from infra.sql import COMMENT, Statement, load
from projections.catalogue import PROJECTIONS
from tests.architecture.test_scoped import ALL
from tests.architecture.tree import PACKAGES, ROOT
from tests.database import Database
from tests.infra.row_security import allowed
from tests.infra.row_security.allowed import ROLES, SCANNED, WITHOUT_TENANT
from tests.infra.row_security.call import functions
from tests.infra.row_security.plan import Overheard, explained, scans
from tests.infra.row_security.seed import fill, literals
from tests.infra.told import new_id


class Full(NamedTuple):
    """The superuser's connection to a database with so many rows of others that reading all of a table costs more."""

    admin: asyncpg.Connection
    tenant: UUID

    async def unbound(self, role: str | None, text: str) -> set[str]:
        """The tables that a statement reads without going by the tenant, as this role or, with no help of row security, as nobody's.

        Raises `InsufficientPrivilegeError` for a role that may not run it.
        """
        change = self.admin.transaction()
        await change.start()
        try:
            if role is not None:
                await self.admin.execute(f"SET LOCAL ROLE throughline_{role}; SET LOCAL app.tenant_id = '{self.tenant}'")
            return {name for plan in await explained(self.admin, text, literals(self.tenant)) for name in loose(plan)}
        finally:
            await change.rollback()


def loose(plan: dict[str, object]) -> set[str]:
    return {name for name, is_bound in scans(plan) if not is_bound} - WITHOUT_TENANT.keys()


@pytest.fixture(scope="module")
async def full(make_database: Callable[[], Database]) -> AsyncIterator[Full]:
    admin = await asyncpg.connect(make_database().dsn("admin"))
    tenants = [new_id() for _ in range(1500)]
    await fill(admin, tenants[:150], rows=8)
    await fill(admin, tenants[150:], rows=1, only_single=True)
    await admin.execute("ANALYZE")
    yield Full(admin, tenants[100])
    await admin.close()


def statements() -> Iterator[tuple[tuple[str, str], Statement]]:
    """Every statement that has a plan, with its file and its name, on tables that there are: not what asks a cluster about its nodes."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.sql")):
            if path.parent.name == "migrations" or path.name == "citus.sql":
                continue
            some = on_read_models(path) if "{table}" in path.read_text() else load(str(path)).statements
            for name, statement in some.items():
                is_planned = COMMENT.sub("", statement.text).split(maxsplit=1)[0] in ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")
                if is_planned and "pg_dist_" not in statement.text:
                    yield (str(path.relative_to(ROOT)), name), statement


def on_read_models(path: Path) -> dict[str, Statement]:
    """The statements that several read models have, each on one that has its tables."""
    found: dict[str, Statement] = {}
    for projection in PROJECTIONS:
        for source in (projection.sql(), projection.rows()):
            if source.path == path:
                found |= {
                    name: one for name, one in source.statements.items() if projection.personal is not None or "_text" not in one.text
                }
    return found


@pytest.mark.parametrize("role", [*ROLES, None])
async def test_a_statement_goes_by_the_tenant(full: Full, role: str | None) -> None:
    planned, astray = 0, {}
    for place, statement in statements():
        try:
            unbound = await full.unbound(role, statement.text)
        except asyncpg.InsufficientPrivilegeError:
            continue
        planned += 1
        if place not in ALL and unbound:
            astray[place] = unbound
        if place in ALL and role is not None:
            assert unbound <= SCANNED.keys(), f"{place} looks for work in every organization: at ids and positions only"
    assert astray == {}
    assert planned > 5


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * FROM es.event WHERE position > $1",
        "SELECT * FROM es.event WHERE tenant_id::text = $1",
        "SELECT count(*) FROM es.stream WHERE type = $1",
        "UPDATE es.tenant_head SET position = 0 WHERE position = $1",
        "SELECT e.type FROM es.event e JOIN es.stream s USING (stream_id) WHERE e.tenant_id = $1",
        "DELETE FROM es.claim WHERE stream_id = $1",
        "SELECT (SELECT max(position) FROM es.event) FROM es.tenant_head WHERE tenant_id = $1",
    ],
)
async def test_a_statement_that_reads_through_all_is_seen(full: Full, text: str) -> None:
    assert await full.unbound(None, text)


@pytest.mark.parametrize("mode", ["force_generic_plan", "force_custom_plan"])
@pytest.mark.parametrize("role", ROLES)
async def test_the_statements_of_a_function_go_by_the_tenant(full: Full, role: str, mode: str) -> None:
    overheard = Overheard()
    await overheard.listen(full.admin)
    await full.admin.execute(f"SET plan_cache_mode = {mode}")
    called = await functions(full.admin, role)
    assert {function.name for function in called} == {name for name in allowed.FUNCTIONS[role] if name.startswith("es.")}
    for function in called:
        overheard.plans.clear()
        for number in (0, 1):
            statement, arguments = function.call(full.tenant, full.tenant, number)
            await taken_back(full.admin, f"SET LOCAL ROLE throughline_{role}", statement, *arguments)
        assert len(overheard.plans) >= 2, f"{function.name} has plans inside"
        assert {name for plan in overheard.plans for name in loose(plan)} == set(), function.name


async def taken_back(admin: asyncpg.Connection, before: str, statement: str, *arguments: object) -> None:
    """Executes a statement, whether it is refused or not."""
    change = admin.transaction()
    await change.start()
    try:
        await admin.execute(before)
        await admin.fetch(statement, *arguments)
    except asyncpg.IntegrityConstraintViolationError:
        pass  # its rows are not those of a log, and its statements have had their plans
    finally:
        await change.rollback()
