"""The machine that a process runs on: room on its disk, and its clock."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import asyncpg

from infra import sql
from infra.settings import Settings
from workers.doctor.finding import Fault

LEAST_BYTES: Final = 1 << 30
LEAST_PART: Final = 0.03
DIFFER_SECONDS: Final = 2.0  # between two clocks: a reminder of 08:00 is then still one of 08:00
EVERYWHERE: Final = {"0.0.0.0", "::"}  # noqa: S104 - not listened to here, but warned of
OURSELVES: Final = {"localhost", "127.0.0.1", "::1"}
SQL: Final = sql.load(__file__)


def disk(data: Path) -> str:
    """How much room there is where the data folder is, or will be: the embedded database, its log, the files of reports."""
    there = next(folder for folder in (data, *data.parents) if folder.exists())
    usage = shutil.disk_usage(there)
    seen = f"{usage.free / (1 << 30):.1f} GiB free of {usage.total / (1 << 30):.0f} GiB at {there}"
    if usage.free < LEAST_BYTES or usage.free < LEAST_PART * usage.total:
        raise Fault(f"{seen}: make room, or name another disk with THROUGHLINE_DATA, before writing stops.")
    return seen


def links(settings: Settings) -> str:
    """Where the links in mails lead: people sign in by them, in the browser in which they were at that same address."""
    parts = urlsplit(settings.address)
    if parts.hostname in EVERYWHERE:
        raise Fault(f"Links in mails would lead to {settings.address}, where nobody is: name what people type in THROUGHLINE_URL.")
    is_here = parts.hostname in OURSELVES
    if is_here and settings.mail_url is not None:
        raise Fault(f"Mails are sent, and their links lead to {settings.address}, this machine alone: set THROUGHLINE_URL.")
    if not is_here and parts.scheme != "https":
        raise Fault(f"{settings.address} is no https address, so everyone on the way can sign in, too: mend THROUGHLINE_URL.")
    return f"those in mails lead to {settings.address}"


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
