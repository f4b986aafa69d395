"""Throws away the files of reports whose time is over, and files that no report names.

A report says first that its file is gone, and then the file goes: whatever crashes between the two leaves a file that no
report names. Such a file also is what a worker leaves that was killed before it could note what it had made. It goes once
it is too old to be of a report that is being made, and everything that was noted up to that moment has been read.
"""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import structlog

from domain.errors import StreamErased
from domain.report.commands import DiscardReport
from domain.report.state import ReportState
from infra.blobs import Blobs
from infra.eventstore.outage import outages
from infra.settings import Settings
from projections import current
from projections.current import CURRENT, Current
from projections.snapshot import NotCaughtUp, Scope, snapshot
from services.actor import worker
from workers.broker import actor
from workers.desk import Desk, desk

MAKING: Final = timedelta(days=1)
"""Longer than between the writing of a file and its event: a worker has two minutes for both."""
ALL: Final = 1_000_000
log = structlog.get_logger()


@actor(actor_name="report.sweep")
async def sweep_reports(tenant: str) -> None:
    """Files of reports, kept for as many days as the settings say."""
    at = desk()
    kept = timedelta(days=Settings.from_env().report_days)
    discarded, removed = await sweep(at, at.files.blobs, UUID(tenant), kept)
    log.info("reports_swept", tenant_id=tenant, discarded=discarded, removed=removed)


async def sweep(at: Desk, blobs: Blobs, tenant: UUID, kept: timedelta) -> tuple[int, int]:
    """How many reports lost their file, and how many files went. Raises `NotCaughtUp` and `Unavailable`."""
    now = at.commands.clock()
    old = await asyncio.to_thread(blobs.older, tenant, now - MAKING)  # before what is named is read: later files stay
    reports = await all_of(at, tenant)
    over = [one for one in reports if is_over(one, now - kept)]
    for report in over:
        await discard(at, tenant, report)
    named = {one.file.blob_key for one in reports if one.file is not None and one not in over}
    gone = [key for key in old if key not in named]
    for key in gone:
        await asyncio.to_thread(blobs.delete, tenant, key)
    return len(over), len(gone)


def is_over(report: ReportState, before: datetime) -> bool:
    return report.file is not None and report.generated_at is not None and report.generated_at < before


async def discard(at: Desk, tenant: UUID, report: ReportState) -> None:
    """Of a report that was erased meanwhile nothing is left to note."""
    try:
        await at.commands.execute(worker(tenant), DiscardReport(), report.id)
    except StreamErased:
        log.info("report_not_discarded", tenant_id=str(tenant), report_id=str(report.id), reason="erased")


async def all_of(at: Desk, tenant: UUID) -> list[ReportState]:
    """Every report as of a moment that is not before this one: what lags behind is no list of what is named."""
    head = (await at.commands.store.read(tenant, tenant)).head
    with outages():
        async with snapshot(at.connections, tenant) as rows:
            if head is None or rows.position(CURRENT["report"]) < head.position:
                raise NotCaughtUp
            found: list[Current[ReportState]] = await current.reports(rows, Scope(), reader=None, beyond=None, limit=ALL)
    return [one.state for one in found]
