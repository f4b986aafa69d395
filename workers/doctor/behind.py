"""Who is behind: the read models, the worker, its jobs. And whether the key file is the one that all was written with."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

import asyncpg

from infra import sql
from infra.keys import FileKeyProvider
from infra.settings import Settings
from projections.catalogue import PROJECTIONS
from workers.cli.projections import failing_at, text_of
from workers.doctor.finding import Fault
from workers.opening import require_keys
from workers.reacting import Reacting

LATE_SECONDS: Final = 60  # what has been due for longer is too late
SQL: Final = sql.load(__file__)


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
    return f"{row['due']} are due, the oldest for {row['seconds']:.0f} s" if row["due"] else "none is due"


def keys_of(settings: Settings) -> Callable[[asyncpg.Connection], Awaitable[str]]:
    """A look at whether the key file is the one that the database was written with."""

    async def look(connection: asyncpg.Connection) -> str:
        opened = await require_keys(connection, FileKeyProvider(settings.key_file))
        return f"the key file opens those of {opened} organizations"

    return look
