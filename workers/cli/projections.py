"""`throughline projections`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final
from uuid import UUID

import asyncpg
import click

from infra import sql
from infra.eventstore.outage import outages
from infra.eventstore.page import place
from infra.postgres import transaction
from infra.settings import Settings
from projections import checkpoint, generation
from projections.catalogue import PROJECTIONS
from workers.cli.output import Output, json_option, output_of
from workers.embedded import migration_url, projector_url
from workers.office import tenant_of
from workers.reacting import Reacting
from workers.schema import connected

SQL: Final = sql.load(__file__)


@click.group()
def projections() -> None:
    """Read models: how far they have followed, and those that wait for an operator."""


@asynccontextmanager
async def projecting(settings: Settings) -> AsyncIterator[asyncpg.Connection]:
    """A connection as the projector, who sees everybody's checkpoints."""
    connection = await connected(projector_url(settings))
    try:
        with outages():
            yield connection
    finally:
        await connection.close()


@projections.command("list")
@json_option
@output_of
def list_models(output: Output) -> None:
    """List the read models: generation, how many organizations they are behind in, and where one failed or is parked.

    One that is parked could not take in an event, five times over, and waits: mend the cause, then `unpark` it. A failing one
    is tried again by itself. PROJECTOR_DATABASE_URL names the role throughline_projector.
    """
    models, failing = asyncio.run(listed(Settings.from_env()))
    lines = [
        f"{each['projection']:<20} g{each['generation']} {each['state']:<9} behind in {each['behind']} organizations, "
        f"by up to {each['events']:,} events"
        for each in models
    ]
    lines += [f"{'PARKED ' if each['parked'] else 'failing'} {text_of(each)}" for each in failing]
    output.say("\n".join(lines), projections=models, failing=failing)


async def listed(settings: Settings) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    async with projecting(settings) as connection:
        return [dict(row) for row in await SQL.models.fetch(connection)], await failing_at(connection)


async def failing_at(connection: asyncpg.Connection) -> list[dict[str, Any]]:
    """Whose next page failed, as the projector sees it, and which event they stand in front of."""
    found = []
    for row in await SQL.failing.fetch(connection):
        at = await place(connection, row["tenant_id"], row["position"] + 1)
        found.append(dict(row) | {"stream": at and at.stream, "version": at and at.version, "type": at and at.type})
    return found


def text_of(failing: dict[str, Any]) -> str:
    event = f", next {failing['type']}, version {failing['version']} of {failing['stream']}" if failing["type"] else ""
    return f"{failing['projection']} of {failing['tenant_id']} after {failing['position']}: {failing['last_error']}{event}"


@projections.command()
@click.argument("name", required=False, type=click.Choice([*(each.name for each in PROJECTIONS), Reacting.name]))
@click.option("--tenant", "slug", help="Only of this organization, by its short name.")
@json_option
@output_of
def unpark(output: Output, name: str | None, slug: str | None) -> None:
    """Let what is parked try again, after its cause was mended: all of it, or the projection of that name.

    PROJECTOR_DATABASE_URL names the role throughline_projector.
    """
    done = asyncio.run(unparked(Settings.from_env(), name, slug))
    lines = [f"{projection} of {tenant} is tried again." for projection, tenant in done]
    facts = [{"projection": projection, "tenant_id": tenant} for projection, tenant in done]
    output.say("\n".join(lines) or "Nothing is parked there.", unparked=facts)


async def unparked(settings: Settings, name: str | None, slug: str | None) -> list[tuple[str, UUID]]:
    tenant = await tenant_of(settings, slug) if slug is not None else None
    async with projecting(settings) as connection:
        found = [
            row
            for row in await SQL.failing.fetch(connection)
            if row["parked"] and name in (None, row["projection"]) and tenant in (None, row["tenant_id"])
        ]
        for row in found:
            place = {name: row[name] for name in ("tenant_id", "projection", "generation")}
            async with transaction(connection, row["tenant_id"]):
                await checkpoint.SQL.unpark.execute(connection, **place)
        return [(row["projection"], row["tenant_id"]) for row in found]


@projections.command()
@json_option
@output_of
def drop(output: Output) -> None:
    """Drop the generations that only an earlier release reads, once this release's own are filled.

    Until then that release can come back; afterwards it would have to fill its read models anew. It has to be ended everywhere.
    MIGRATION_DATABASE_URL names a role that may become the owner, PROJECTOR_DATABASE_URL the role throughline_projector.
    """
    done = asyncio.run(dropped(Settings.from_env()))
    lines = [f"{each.projection} g{each.number} is dropped." for each in done]
    facts = [{"projection": each.projection, "generation": each.number} for each in done]
    output.say("\n".join(lines) or "There is no older generation whose successor is filled.", dropped=facts)


async def dropped(settings: Settings) -> list[generation.Generation]:
    dsn = migration_url(settings)
    async with projecting(settings) as connection:
        owner = await connected(dsn)
        try:
            found = await generation.older(connection)
            for each in found:
                await generation.drop(owner, connection, each)
            return found
        finally:
            await owner.close()
