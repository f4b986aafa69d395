"""The actor that makes a report: a plain one, because wording and drawing block its thread."""

from __future__ import annotations

from typing import Final
from uuid import UUID

import structlog

from domain.errors import StreamErased, SubjectErased
from services.command.execution import utc_now
from workers.broker import POOLS, actor
from workers.desk import desk, wait
from workers.report.making import Making
from workers.report.turn import Turn

QUEUE: Final = "report"  # of their own: whoever asks for hundreds keeps no other kind of job waiting
PRIORITY: Final = 10  # after everything that a worker holds beside them, whose priority is 0: of its threads they get what is left
TIME_LIMIT: Final = 120_000  # milliseconds
log = structlog.get_logger()


@actor(actor_name="report.make", queue_name=QUEUE, priority=PRIORITY, time_limit=TIME_LIMIT)
def make_report(tenant: str, stream: str, version: int, position: int) -> None:
    """Makes what was asked for at that position. About somebody who was erased since, nothing is made."""
    at = desk()
    turn = Turn(Making(at.connections, at.commands, at.files, utc_now), POOLS["worker"])
    try:
        wait(turn.make(UUID(tenant), UUID(stream), position))
    except (StreamErased, SubjectErased):
        log.info("report_not_made", tenant_id=tenant, report_id=stream, reason="erased")
    else:
        log.info("report_made", tenant_id=tenant, report_id=stream)
