"""The machine that a process runs on: room on its disk, and its clock."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import asyncpg

from infra import sql
from workers.doctor.finding import Fault

LEAST_BYTES: Final = 1 << 30
LEAST_PART: Final = 0.03
DIFFER_SECONDS: Final = 2.0  # between two clocks: a reminder of 08:00 is then still one of 08:00
SQL: Final = sql.load(__file__)


def disk(data: Path) -> str:
    """How much room there is where the data folder is, or will be: the embedded database, its log, the files of reports."""
    there = next(folder for folder in (data, *data.parents) if folder.exists())
    usage = shutil.disk_usage(there)
    seen = f"{usage.free / (1 << 30):.1f} GiB free of {usage.total / (1 << 30):.0f} GiB at {there}"
    if usage.free < LEAST_BYTES or usage.free < LEAST_PART * usage.total:
        raise Fault(f"{seen}: make room, or name another disk with THROUGHLINE_DATA, before writing stops.")
    return seen


async def clock(connection: asyncpg.Connection) -> str:
    """How far this machine's clock is from the server's, and whether the log has times that the server has not reached yet."""
    before = datetime.now(UTC)
    row = await SQL.clock.first(connection)
    assert row is not None  # an aggregate
    middle = before + (datetime.now(UTC) - before) / 2
    differs = (middle - row["now"]).total_seconds()
    if abs(differs) > DIFFER_SECONDS:
        raise Fault(f"This machine's clock is {differs:+.1f} s from the database server's: let both follow a time server (chrony).")
    if row["last"] is not None and (ahead := (row["last"] - row["now"]).total_seconds()) > DIFFER_SECONDS:
        raise Fault(
            f"The log's last event is {ahead:.0f} s ahead of the server's clock, which must have been set back: "
            "set it right; until then new events bear that last time."
        )
    return f"{differs:+.2f} s from the server's"
