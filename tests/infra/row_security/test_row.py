"""What one organization can see of another's rows, and do to them, as each role: nothing. Every table, from the catalogue."""

from __future__ import annotations

from typing import Final
from uuid import UUID

import pytest

from tests.infra.row_security.allowed import ROLES, SCANNED
from tests.infra.row_security.seed import Table
from tests.infra.row_security.visit import Two, touchable, visit

SCANNERS: Final = {"projector", "worker"}
SCANNABLE: Final = {
    "es.tenant_head": {"tenant_id", "position", "recorded_at"},
    "es.checkpoint": {"tenant_id", "projection", "generation", "position", "failures", "retry_at", "last_error", "rebuilt_at", "unknown"},
}
"""All that is seen of every organization: where logs and followers stand, and the class of the last error."""


def reads(table: Table, other: UUID) -> dict[str, tuple[str, tuple[object, ...]]]:
    name = table.name
    statements = {
        "rows": f"SELECT * FROM {name}",
        "rows of the other": f"SELECT * FROM {name} WHERE tenant_id = '{other}'",
        "as text": f"SELECT t::text FROM {name} t",
        "count": f"SELECT 'canary-' || tenant_id, count(*) FROM {name} WHERE tenant_id = '{other}' GROUP BY 1",
        "join": f"SELECT o.* FROM {name} o JOIN {name} m ON o.tenant_id <> m.tenant_id",
        "aggregate": f"SELECT max(t::text), min(t::text) FROM {name} t",
        "error of a cast": f"SELECT count(*) FROM {name} t WHERE tenant_id = '{other}' AND to_jsonb(t)::text::int = 1",
        **{f"column {column.name}": f"SELECT {column.name} FROM {name}" for column in table.columns},
    }
    return {what: (statement, ()) for what, statement in statements.items()}


def writes(table: Table, mine: UUID, other: UUID) -> dict[str, tuple[str, tuple[object, ...]]]:
    name, second = table.name, table.columns[1].name
    keys = ", ".join(column.name for column in table.columns if column.is_key)
    present = table.insert(rows="1")
    as_other = {
        "insert": table.insert(rows="9"),
        "insert over the key": f"{present} ON CONFLICT DO NOTHING RETURNING *",
        "upsert": f"{present} ON CONFLICT ({keys}) DO UPDATE SET {second} = excluded.{second} RETURNING *",
    }
    statements = {
        "update": f"UPDATE {name} SET {second} = {second} WHERE tenant_id = '{other}' RETURNING *",
        "update all": f"UPDATE {name} SET {second} = {second} RETURNING *",
        "move to the other": f"UPDATE {name} SET tenant_id = '{other}' RETURNING *",
        "move from the other": f"UPDATE {name} SET tenant_id = '{mine}' WHERE tenant_id = '{other}' RETURNING *",
        "lock": f"SELECT * FROM {name} WHERE tenant_id = '{other}' FOR UPDATE",
        "delete": f"DELETE FROM {name} WHERE tenant_id = '{other}' RETURNING *",
        "delete all": f"DELETE FROM {name} RETURNING *",
        "truncate": f"TRUNCATE {name}",
    }
    return {what: (statement, ([other],)) for what, statement in as_other.items()} | {
        what: (statement, ()) for what, statement in statements.items()
    }


@pytest.mark.parametrize("role", ROLES)
async def test_nothing_of_the_other_is_seen_or_changed(two: Two, role: str) -> None:
    seen = {}
    for table in await touchable(two, role):
        answers = await visit(two, role, two.mine, reads(table, two.other) | writes(table, two.mine, two.other))
        seen[table.name] = {what for what, answer in answers.items() if two.shows(answer)}
        for what in ("insert", "insert over the key", "upsert", "truncate"):
            assert "'sqlstate': '42501'" in answers[what], (table.name, what, answers[what])
    assert {name for name, some in seen.items() if some} == (set(SCANNED) if role in SCANNERS else set())
    assert all(seen.get(table.name, set()) <= reads(table, two.other).keys() for table in two.tables)


@pytest.mark.parametrize("role", ROLES)
async def test_a_table_without_a_right_is_closed(two: Two, role: str) -> None:
    open_to = {table.name for table in await touchable(two, role)}
    asked: dict[str, tuple[str, tuple[object, ...]]] = {
        table.name: (f"SELECT FROM {table.name}", ()) for table in two.tables if table.name not in open_to
    }
    assert all("'sqlstate': '42501'" in answer for answer in (await visit(two, role, two.mine, asked)).values())


@pytest.mark.parametrize(("role", "fewest"), [("app", 30), ("projector", 25), ("worker", 3), ("bridge", 5)])
async def test_the_sweep_finds_what_a_role_may_see(two: Two, role: str, fewest: int) -> None:
    shown = set()
    for table in await touchable(two, role):
        answers = await visit(two, role, two.other, reads(table, two.other))
        if any(two.shows(answer) for answer in answers.values()):
            shown.add(table.name)
    assert len(shown) >= fewest


async def test_who_looks_for_work_sees_positions_and_no_content(two: Two) -> None:
    columns = {table.name: {column.name for column in table.columns} for table in two.tables if table.name in SCANNED}
    assert columns.keys() == SCANNED.keys()
    assert all(columns[name] <= SCANNABLE[name] for name in columns)


@pytest.mark.parametrize("role", ROLES)
async def test_without_a_tenant_there_are_no_rows(two: Two, role: str) -> None:
    for table in await touchable(two, role):
        if role in SCANNERS and table.name in SCANNED:
            continue
        answers = await visit(two, role, None, reads(table, two.other))
        assert not any("canary" in answer or b"canary".hex() in answer for answer in answers.values()), table.name


@pytest.mark.parametrize(
    ("table", "weakened"),
    [
        ("es.snapshot", "ALTER POLICY tenant ON es.snapshot USING (true)"),
        ("es.event", "ALTER TABLE es.event DISABLE ROW LEVEL SECURITY"),
        ("es.claim", "CREATE POLICY open ON es.claim FOR SELECT USING (true)"),
        ("es.stream", "ALTER TABLE es.stream OWNER TO throughline_app; ALTER TABLE es.stream NO FORCE ROW LEVEL SECURITY"),
    ],
)
async def test_the_sweep_sees_a_table_that_lost_its_guard(two: Two, table: str, weakened: str) -> None:
    change = two.admin.transaction()
    await change.start()
    try:
        await two.admin.execute(weakened)
        (one,) = [each for each in two.tables if each.name == table]
        answers = await visit(two, "app", two.mine, reads(one, two.other))
        assert two.shows(answers["rows of the other"])
    finally:
        await change.rollback()


@pytest.mark.parametrize(
    "opened", ["ALTER POLICY tenant ON es.snapshot USING (true) WITH CHECK (true)", "GRANT TRUNCATE ON es.snapshot TO throughline_app"]
)
async def test_the_sweep_sees_a_row_that_was_changed(two: Two, opened: str) -> None:
    change = two.admin.transaction()
    await change.start()
    try:
        await two.admin.execute(opened)
        (one,) = [each for each in two.tables if each.name == "es.snapshot"]
        with pytest.raises(AssertionError):
            await visit(two, "app", two.mine, writes(one, two.mine, two.other))
    finally:
        await change.rollback()
