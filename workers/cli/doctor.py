"""`throughline doctor`."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Final, NamedTuple

import asyncpg
import click
from msgspec import Struct

from infra import sql
from infra.eventstore.errors import Unavailable
from infra.keys import FileKeyProvider
from infra.launcher.binaries import OLDEST_MAJOR
from infra.launcher.errors import Unstartable
from infra.migrate import OtherSchema, require_version
from infra.settings import VARIABLES, Misconfigured, Settings
from projections.catalogue import PROJECTIONS
from workers.cli.exit import Exit
from workers.cli.output import Output, json_option, output_of
from workers.cli.projections import failing_at, text_of
from workers.embedded import database_url
from workers.opening import require_keys
from workers.reacting import Reacting
from workers.schema import connected

LATE_SECONDS: Final = 60  # what has been due for longer is too late
SQL: Final = sql.load(__file__)


class Finding(Struct, frozen=True):
    """What was looked at, whether it is well, and what was seen: for a fault, with its cure."""

    check: str
    ok: bool
    seen: str


class Fault(Exception):
    """Something is wrong; the text says what, and what to do about it."""


FAULTS: Final = (Fault, Misconfigured, Unavailable, Unstartable, OtherSchema, asyncpg.PostgresError)


class Looks(NamedTuple):
    """What is looked at over one connection, in order."""

    check: str
    look: Callable[[asyncpg.Connection], Awaitable[str]]


@click.command()
@json_option
@output_of
def doctor(output: Output) -> None:
    """Check the installation, and name the cure of each fault found.

    Looks at the settings, the key file, the database and its schema, the rights of the roles, how far the read models are
    behind, whether the key file opens the keys of every organization, whether a worker follows, and whether jobs are late or
    failed for good. Ends with code 1 when something is wrong. Changes nothing.
    """
    findings = asyncio.run(examine())
    lines = [f"{'ok   ' if finding.ok else 'FAULT'}  {finding.check:<9}  {finding.seen}" for finding in findings]
    healthy = all(finding.ok for finding in findings)
    output.say("\n".join(lines), healthy=healthy, findings=[{"check": f.check, "ok": f.ok, "seen": f.seen} for f in findings])
    if not healthy:
        raise click.exceptions.Exit(Exit.FAILED)


async def examine() -> list[Finding]:
    """Every check; those that cannot be made because an earlier one failed are left out."""
    try:
        settings = Settings.from_env()
    except Misconfigured as fault:
        return [Finding("settings", False, str(fault))]
    findings = [Finding("settings", True, f"data in {settings.data}"), *unknown_settings()]
    findings.append(key_file(settings))
    findings += [finding async for finding in over(settings, "app", APP)]
    if settings.projector_database_url or not settings.database_url:
        findings += [finding async for finding in over(settings, "projector", (*PROJECTOR, Looks("keys", keys_of(settings))))]
    if settings.worker_database_url or not settings.database_url:
        findings += [finding async for finding in over(settings, "worker", WORKER)]
    return findings


def unknown_settings() -> list[Finding]:
    known = {variable.name for variable in VARIABLES}
    unknown = [name for name in os.environ if name.startswith("THROUGHLINE_") and name not in known]
    return [Finding("settings", False, f"{name} is no setting: `throughline --help` lists them") for name in unknown]


def key_file(settings: Settings) -> Finding:
    try:
        FileKeyProvider(settings.key_file).check()
    except Unavailable as fault:
        return Finding("key file", False, str(fault))
    return Finding("key file", True, str(settings.key_file))


async def over(settings: Settings, role: str, looks: tuple[Looks, ...]) -> AsyncIterator[Finding]:
    """The checks of one role's connection, until one fails."""
    try:
        own = {"projector": settings.projector_database_url, "worker": settings.worker_database_url}.get(role)
        connection = await connected(own or database_url(settings, role))
    except FAULTS as fault:
        yield Finding("database", False, str(fault))
        return
    try:
        for check, look in looks:
            try:
                yield Finding(check, True, await look(connection))
            except FAULTS as fault:
                yield Finding(check, False, str(fault))
                return
    finally:
        await connection.close()


async def server(connection: asyncpg.Connection) -> str:
    row = await SQL.server.first(connection)
    if row is None or row["major"] < OLDEST_MAJOR:
        raise Fault(f"PostgreSQL {row and row['version']} is too old: move to {OLDEST_MAJOR} or newer.")
    return f"PostgreSQL {row['version']}"


async def schema(connection: asyncpg.Connection) -> str:
    await require_version(connection)
    return "this release's"


async def rights(connection: asyncpg.Connection) -> str:
    """A role that row security does not bind would show every organization to every other through the first forgotten WHERE."""
    row = await SQL.server.first(connection)
    if row is None or row["sees_everything"]:
        raise Fault(
            f"The role {row and row['role']} is a superuser or has BYPASSRLS, so row security does not bind it: "
            "name throughline_app (for the projector, throughline_projector) in DATABASE_URL, throughline_worker in WORKER_DATABASE_URL."
        )
    return f"{row['role']}, bound by row security"


async def lag(connection: asyncpg.Connection) -> str:
    names, versions = [each.name for each in PROJECTIONS], [each.version for each in PROJECTIONS]
    rows = await SQL.lag.fetch(connection, names=names, versions=versions)
    parked = [text_of(each) for each in await failing_at(connection) if each["parked"] and each["projection"] in names]
    if parked:
        raise Fault(
            f"Parked, since an event cannot be projected: {'; '.join(parked)}. The projector's log has the cause (projection_parked): "
            "mend it, then `throughline projections unpark`."
        )
    behind = [f"{row['projection']} by up to {row['events']} events in {row['tenants']} organizations" for row in rows if row["tenants"]]
    if behind and not await SQL.followers.value(connection):
        raise Fault(f"Behind, and no projector is connected: {', '.join(behind)}. Start `throughline projector`.")
    return f"behind: {', '.join(behind)}" if behind else "the read models are up to the log"


async def following(connection: asyncpg.Connection) -> str:
    """Whether somebody makes jobs of what happened and of what it is time for."""
    row = await SQL.unfollowed.first(connection, follower=Reacting.name, version=Reacting.version)
    assert row is not None  # an aggregate
    if row["parked"]:
        raise Fault(f"Parked in {row['parked']} organizations, since no jobs can be made of an event. The worker's log has the cause.")
    late = [f"{row['events']} events in {row['tenants']} organizations lead to nothing yet"] if row["tenants"] else []
    late += [f"the schedule has waited for {row['overdue']:.0f} s"] if row["overdue"] > LATE_SECONDS else []
    if late and not await SQL.workers.value(connection):
        raise Fault(f"No worker is connected: {', '.join(late)}. Start `throughline worker`.")
    return f"behind: {', '.join(late)}" if late else "the worker is up to the log and to the clock"


async def waiting(connection: asyncpg.Connection) -> str:
    """Of another broker, what has not been handed over to it."""
    row = await SQL.jobs.first(connection)
    assert row is not None  # an aggregate
    if row["dead"]:
        raise Fault(
            f"{row['dead']} failed for good: `throughline jobs list` names them, `jobs retry` does them again, `jobs drop` ends them."
        )
    if row["seconds"] > LATE_SECONDS:
        raise Fault(
            f"{row['due']} are due, the oldest for {row['seconds']:.0f} s: start more of `throughline worker`, "
            "and see the log of those that run for what holds them up."
        )
    return f"{row['due']} are due, none for long"


def keys_of(settings: Settings) -> Callable[[asyncpg.Connection], Awaitable[str]]:
    """A look at whether the key file is the one that the database was written with."""

    async def look(connection: asyncpg.Connection) -> str:
        opened = await require_keys(connection, FileKeyProvider(settings.key_file))
        return f"the key file opens those of {opened} organizations"

    return look


APP: Final = (Looks("database", server), Looks("schema", schema), Looks("rights", rights))
WORKER: Final = (Looks("rights", rights), Looks("worker", following), Looks("jobs", waiting))
PROJECTOR: Final = (Looks("rights", rights), Looks("lag", lag))
