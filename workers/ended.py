"""Lets jobs go whose organization was ended while they waited or ran: nothing is left that they could do."""

from __future__ import annotations

from typing import Final
from uuid import UUID

import structlog
from dramatiq import Broker, MessageProxy, Middleware
from dramatiq.middleware import SkipMessage

from infra.broker.link import Links
from infra.broker.table import whose
from infra.sql import load

SQL: Final = load(__file__)
log = structlog.get_logger()


class Ended(Middleware):
    """Asks before a job is tried again, and not before its first attempt: nearly all have no other.

    Ending an organization deletes its jobs, but not those that a worker has in its hands: these would fail for hours, and
    then be dead letters.
    """

    def __init__(self, links: Links) -> None:
        self.links = links

    def before_process_message(self, broker: Broker, message: MessageProxy) -> None:
        tenant = whose(message)
        if message.options.get("retries") and tenant is not None and self.is_ended(tenant):
            log.info("job_let_go", actor=message.actor_name, tenant_id=str(tenant))
            raise SkipMessage

    def is_ended(self, tenant: UUID) -> bool:
        return bool(self.links.run(SQL.is_ended, tenant_id=tenant)[0]["is_ended"])
