"""Every statement says whose rows it wants: row security is the net below, and finds no work."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from infra.sql import Statement, load
from tests.architecture.tree import PACKAGES, ROOT

ROWS = re.compile(r"\b(?:FROM|JOIN|INTO|UPDATE)\s+(?:es|rm)\.(\w+)\b(?!\s*\()")
OWN = re.compile(r"\btenant_id = \$1\b|\(tenant_id\b.*\b(?:VALUES \(|SELECT )\$1\b", re.DOTALL)
UNOWNED = {"projection"}
"""Tables that belong to no organization."""
ALL = {
    ("projections/checkpoint.sql", "behind"),
    ("projections/checkpoint.sql", "promote"),
    ("projections/rebuild.sql", "waiting"),
    ("projections/generation.sql", "followed"),
    ("workers/schedule.sql", "tenants"),
} | {
    ("workers/doctor/place.sql", "clock"),
    ("workers/doctor/behind.sql", "lag"),
    ("workers/doctor/behind.sql", "unfollowed"),
    ("workers/lag.sql", "lags"),
    ("workers/opening.sql", "tenants"),
    ("workers/opening.sql", "ends"),
    ("workers/verify/whole.sql", "tenants"),
    ("workers/cli/projections.sql", "models"),
    ("workers/cli/projections.sql", "failing"),
    ("workers/backup/taking.sql", "held"),
    ("workers/backup/restoring.sql", "last"),
    ("workers/backup/repeating.sql", "destroyed"),
    ("workers/backup/restoring.sql", "keyless"),
    ("workers/backup/restoring.sql", "revived"),
    ("workers/backup/restoring.sql", "forget_projections"),
}
"""Statements that look for work in every organization, or copy and bring back all of them: ids and positions only."""


def statements() -> Iterator[tuple[str, Statement]]:
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.sql")):
            if path.parent.name != "migrations":
                place = str(path.relative_to(ROOT))
                yield from ((place, statement) for statement in load(str(path), name="t_g1", table="rm.t_g1").statements.values())


def is_scoped(text: str) -> bool:
    return not set(ROWS.findall(text)) - UNOWNED or OWN.search(text) is not None


@pytest.mark.parametrize(("place", "statement"), list(statements()), ids=lambda one: one if isinstance(one, str) else one.name)
def test_a_statement_names_its_organization(place: str, statement: Statement) -> None:
    assert is_scoped(statement.text) != ((place, statement.name) in ALL)


def test_a_statement_without_one_is_seen() -> None:
    assert not is_scoped("SELECT doc FROM rm.t_g1 WHERE key = $1")
    assert not is_scoped("INSERT INTO es.claim (tenant_id, kind) SELECT tenant_id, kind FROM es.stream")
    assert is_scoped("SELECT doc FROM rm.t_g1 WHERE tenant_id = $1 AND key = $2")
    assert is_scoped("INSERT INTO es.claim (tenant_id, kind) VALUES ($1, $2)")
    assert is_scoped("SELECT * FROM es.load($1, $2)")
