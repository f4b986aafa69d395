"""Managed databases have no superuser to give: a role that may create roles is enough to migrate."""

from __future__ import annotations

import psycopg

from infra.launcher.cluster import Cluster
from infra.migrate import migrate, migrations
from tests.database import Databases


def test_a_role_that_is_no_superuser_can_migrate(cluster: Cluster, databases: Databases) -> None:
    """The server's roles are there already, from `databases`; whoever made them lets the next one have them."""
    with psycopg.connect(cluster.dsn(), autocommit=True) as admin:
        admin.execute("CREATE ROLE migrator LOGIN CREATEROLE")
        admin.execute("GRANT throughline_owner, throughline_writer TO migrator")
        admin.execute("CREATE DATABASE managed OWNER migrator")
    assert len(migrate(cluster.dsn("migrator", "managed"))) == len(migrations())
    with psycopg.connect(cluster.dsn(database="managed")) as connection:
        owners = connection.execute(
            "SELECT DISTINCT proowner::regrole::text FROM pg_proc WHERE pronamespace = 'es'::regnamespace"
        ).fetchall()
    assert {row[0] for row in owners} == {"throughline_owner", "throughline_writer"}
