"""The actor that makes a report: a plain one, because wording and drawing block its thread."""

from __future__ import annotations

from typing import Final
from uuid import UUID

import structlog

from domain.errors import StreamErased, SubjectErased
from services.execution import utc_now
from workers.broker import actor
from workers.desk import desk, wait
from workers.report.making import Making
from workers.report.writing import written

TIME_LIMIT: Final = 120_000  # milliseconds
log = structlog.get_logger()


@actor(actor_name="report.make", time_limit=TIME_LIMIT)
def make_report(tenant: str, stream: str, version: int, position: int) -> None:
    """Makes what was asked for at that position. About somebody who was erased since, nothing is made."""
    at = desk()
    making = Making(at.connections, at.commands, at.files, utc_now)
    try:
        gathered = wait(making.gather(UUID(tenant), UUID(stream), position))
        if gathered is not None:
            wait(making.keep(UUID(tenant), gathered, written(gathered.report, gathered.content, gathered.charts)))
    except (StreamErased, SubjectErased):
        log.info("report_not_made", tenant_id=tenant, report_id=stream, reason="erased")
    else:
        log.info("report_made", tenant_id=tenant, report_id=stream)
