"""The log and the read models spread over the nodes of a Citus cluster, each organization's rows and functions on one of them.

The schema is the same as on one PostgreSQL, but that no table forces row security on its owner: a table that does can never be
moved to another node. Nobody can log in as the owner. What is about the installation and not about an organization stays on the
coordinator, where every process connects: the directory, the jobs, the list of migrations.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

import asyncpg

from infra.eventstore.errors import Unavailable
from infra.sql import load

SQL: Final = load(__file__)
EVERYWHERE: Final = ("es.projection",)
"""Tables without an organization that statements join with those of one: a copy on each node."""
LOCAL: Final = ("drop_rows",)
"""Functions of one organization that also look into the directory: they run on the coordinator, as the owner."""


class Wanted(NamedTuple):
    """A setting of every node: what it has to be like, and what to do where it is not."""

    setting: str
    fits: Callable[[str], bool]
    cure: str


WANTED: Final = (
    Wanted(
        "output_plugin_libraries",
        lambda value: {"citus", "citus_pgoutput"} <= {name.strip() for name in value.split(",")},
        "set it to 'pgoutput, test_decoding, citus, citus_pgoutput' and reload, else no organization can be moved to another node",
    ),
    Wanted(
        "citus.enable_statistics_collection",
        lambda value: value == "off",
        "set it to off and reload, for it reports about the cluster to its makers",
    ),
)
"""A server that does not have a setting has nothing to be set."""


class NoCluster(Exception):
    """The database is not, or not well enough, that of a Citus cluster's coordinator; the text says what cures it."""


class NodesUntold(Unavailable):
    """The nodes of the database are not told whose rows may be seen, so they show none: run `throughline migrate --citus`, start again."""


async def require_cluster(connection: asyncpg.Connection) -> None:
    """Raises `NoCluster` unless this is the database of a coordinator whose nodes are set as they have to be."""
    if not await SQL.has_extension.value(connection):
        raise NoCluster(
            "This database has no Citus: on every node put citus first in shared_preload_libraries, restart, and run CREATE EXTENSION "
            "citus in a database of this name; then on the coordinator SELECT citus_set_coordinator_host(host, port), and "
            "citus_add_node(host, port) for each worker."
        )
    if not await SQL.is_coordinator.value(connection):
        raise NoCluster("This node is not the coordinator of its cluster: name the coordinator in MIGRATION_DATABASE_URL.")
    for wanted in WANTED:
        for row in await SQL.on_every_node.fetch(connection, setting=wanted.setting):
            if not row["success"]:
                raise NoCluster(f"Node {row['node']} cannot be asked for its settings ({row['value']}): start it, or take it out.")
            if row["value"] is not None and not wanted.fits(row["value"]):
                raise NoCluster(f"{wanted.setting} on node {row['node']} is {row['value']!r}: {wanted.cure}.")


async def is_distributed(connection: asyncpg.Connection) -> bool:
    """Whether the log of this database is spread already, so that whatever is made has to be spread, too."""
    return bool(await SQL.has_extension.value(connection) and await SQL.is_distributed.value(connection))


async def distribute(connection: asyncpg.Connection) -> list[str]:
    """Spreads every table and function that is not yet, and returns their names. May be broken off and begun again.

    The connection may change them all. Rows that were there before are moved.
    """
    await SQL.free.execute(connection)
    done = [await spread(connection, row["name"]) for row in await SQL.tables.fetch(connection)]
    for name in EVERYWHERE:
        if not await SQL.is_spread.value(connection, name=name):
            await SQL.put_everywhere.execute(connection, name=name)
            done.append(name)
    for row in await SQL.functions.fetch(connection, local=LOCAL):
        await SQL.send.execute(connection, name=row["name"])
        done.append(row["name"])
    await SQL.tell.execute(connection)
    return done


async def spread(connection: asyncpg.Connection, name: str) -> str:
    """A table, with the rows that it has; what is left of those on the coordinator's disk is removed, erased words among it."""
    statement = SQL.spread if name == "es.tenant_head" else SQL.spread_beside
    await statement.execute(connection, name=name)
    if await SQL.has_rows_beside.value(connection, name=name):
        await SQL.drop_rows_beside.execute(connection, name=name)
    return name


async def require_propagation(connection: asyncpg.Connection) -> None:
    """Raises `NodesUntold` where the nodes would not learn whose rows the session may see. On one PostgreSQL there is nothing to tell."""
    if await SQL.propagation.value(connection) not in (None, "local"):
        raise NodesUntold
