"""All that is looked at, in order."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Final, NamedTuple, TypeVar

import asyncpg

from infra.eventstore.errors import DatabaseAway, Unavailable
from infra.keys import FileKeyProvider
from infra.launcher.errors import Unstartable
from infra.migrate import OtherSchema
from infra.settings import VARIABLES, Misconfigured, Settings
from workers.doctor.behind import following, keys_of, lag, waiting
from workers.doctor.broker import broker
from workers.doctor.connection import directory, rights_of, row_security, schema, server
from workers.doctor.finding import Fault, Finding
from workers.doctor.place import clock, disk, links
from workers.doctor.pooler import pooler
from workers.doctor.script import scripts
from workers.embedded import database_url
from workers.entrance import refused
from workers.schema import connected

FAULTS: Final = (Fault, Misconfigured, Unavailable, Unstartable, OtherSchema, asyncpg.PostgresError)

X = TypeVar("X")


class Looks(NamedTuple):
    """What is looked at over one connection, in order."""

    check: str
    look: Callable[[asyncpg.Connection], Awaitable[str]]


SETTING: Final = {"app": "DATABASE_URL", "projector": "PROJECTOR_DATABASE_URL", "worker": "WORKER_DATABASE_URL"}
WORKER: Final = (
    Looks("clock", clock),
    Looks("rights", rights_of("throughline_worker")),
    Looks("worker", following),
    Looks("jobs", waiting),
)
PROJECTOR: Final = (Looks("rights", rights_of("throughline_projector")), Looks("lag", lag))


def app(settings: Settings) -> tuple[Looks, ...]:
    """DATABASE_URL names the projector where a projector is all that runs."""
    roles = ["throughline_app"] if settings.projector_database_url else ["throughline_app", "throughline_projector"]
    return (
        Looks("database", server),
        Looks("schema", schema),
        Looks("clock", clock),
        Looks("rights", rights_of(*roles)),
        Looks("row security", row_security),
        Looks("directory", directory),
    )


async def examine() -> list[Finding]:
    """Every check; those that cannot be made because an earlier one failed are left out."""
    try:
        settings = Settings.from_env()
    except Misconfigured as fault:
        return [Finding("settings", False, str(fault))]
    findings = [Finding("settings", True, f"data in {settings.data}"), *unknown_settings()]
    findings.append(key_file(settings))
    findings.append(await asyncio.to_thread(found, "disk", disk, settings.data))
    findings.append(found("links", links, settings))
    findings.append(Finding("fonts", True, await asyncio.to_thread(scripts)))
    if settings.broker_url:
        findings.append(await asyncio.to_thread(found, "broker", broker, settings.broker_url))
    findings += [finding async for finding in over(settings, "app", app(settings))]
    if settings.projector_database_url or not settings.database_url:
        findings += [finding async for finding in over(settings, "projector", (*PROJECTOR, Looks("keys", keys_of(settings))))]
    if settings.worker_database_url or not settings.database_url:
        findings += [finding async for finding in over(settings, "worker", WORKER)]
    return findings


def unknown_settings() -> list[Finding]:
    known = {variable.name for variable in VARIABLES} | {variable.of_file for variable in VARIABLES if variable.secret}
    unknown = [name for name in os.environ if name.startswith("THROUGHLINE_") and name not in known]
    return [Finding("settings", False, f"{name} is no setting: `throughline settings` lists them") for name in unknown]


def found(check: str, look: Callable[[X], str], at: X) -> Finding:
    try:
        return Finding(check, True, look(at))
    except Fault as fault:
        return Finding(check, False, str(fault))


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
        dsn = own or database_url(settings, role)
        connection = await connected(dsn)
    except (asyncpg.PostgresError, asyncpg.InterfaceError, DatabaseAway) as fault:
        yield Finding("database", False, refused(SETTING[role], fault), role)
        return
    except FAULTS as fault:
        yield Finding("database", False, str(fault), role)
        return
    try:
        for check, look in (Looks("pooler", between(dsn)), *looks):
            try:
                yield Finding(check, True, await look(connection), role)
            except FAULTS as fault:
                yield Finding(check, False, str(fault), role)
                return
    finally:
        await connection.close()


def between(dsn: str) -> Callable[[asyncpg.Connection], Awaitable[str]]:
    """A look at what is between us and the server, by connections of its own."""
    return lambda connection: pooler(dsn)
