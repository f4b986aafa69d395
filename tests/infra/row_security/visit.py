"""One role, bound to one organization, tries what it likes; what it changed is compared and taken back."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

import asyncpg

from tests.infra.row_security.seed import Table


class Two(NamedTuple):
    """The superuser's connection to a database in which two organizations have rows in every table."""

    admin: asyncpg.Connection
    mine: UUID
    other: UUID
    tables: list[Table]
    before: dict[str, str]

    def shows(self, answer: str) -> bool:
        """Whether an answer holds a canary of the other, as text or in the server's form of bytes."""
        secret = f"canary-{self.other}"
        return secret in answer or secret.encode().hex() in answer


async def prints(admin: asyncpg.Connection, tenant: UUID, tables: list[Table]) -> dict[str, str]:
    """A hash of the tenant's rows, for each table."""
    one = "SELECT '{0}' AS name, md5(string_agg(t::text, '|' ORDER BY t::text)) AS print FROM {0} t WHERE tenant_id = $1"
    rows = await admin.fetch(" UNION ALL ".join(one.format(table.name) for table in tables), tenant)
    return {row["name"]: row["print"] for row in rows}


async def visit(two: Two, role: str, tenant: UUID | None, statements: dict[str, tuple[str, tuple[object, ...]]]) -> dict[str, str]:
    """What each statement answers, one after the other in one transaction: its rows, or the whole of its refusal.

    Whoever is bound to another tenant leaves the other's rows as they were.
    """
    change = two.admin.transaction()
    await change.start()
    try:
        await two.admin.execute(f"SET LOCAL ROLE throughline_{role}; SET LOCAL app.tenant_id = '{tenant or ''}'")
        answers = {name: await answer(two.admin, *statement) for name, statement in statements.items()}
        await two.admin.execute("RESET ROLE")
        assert tenant in (two.other, None) or await prints(two.admin, two.other, two.tables) == two.before
        return answers
    finally:
        await change.rollback()


async def touchable(two: Two, role: str) -> list[Table]:
    """The tables on which a role has any right. On the others it is refused whatever it does."""
    rights = await two.admin.fetch(
        """SELECT t.name FROM unnest($1::text[]) AS t (name)
            WHERE has_any_column_privilege($2, t.name, 'SELECT, INSERT, UPDATE') OR has_table_privilege($2, t.name, 'DELETE, TRUNCATE')""",
        [table.name for table in two.tables],
        f"throughline_{role}",
    )
    names = {row["name"] for row in rights}
    return [table for table in two.tables if table.name in names]


async def answer(admin: asyncpg.Connection, statement: str, arguments: tuple[object, ...]) -> str:
    try:
        async with admin.transaction():
            return repr([tuple(row) for row in await admin.fetch(statement, *arguments)])
    except asyncpg.PostgresError as refusal:
        return repr(refusal.as_dict())
