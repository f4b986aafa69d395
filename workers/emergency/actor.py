"""The actors of emergencies: as soon as one opens a plan, its client and its coach are told."""

from __future__ import annotations

from typing import Final
from uuid import UUID

import structlog

from domain.glossary import Party
from infra.settings import Settings
from workers.broker import RARELY, SOON, actor
from workers.desk import desk
from workers.emergency.telling import Telling
from workers.post import post

QUEUE: Final = "emergency"  # of their own: hundreds of reports or reminders may stand in the other ones
log = structlog.get_logger()


@actor(actor_name="emergency.tell_client", queue_name=QUEUE, min_backoff=SOON, max_backoff=RARELY)
async def tell_client(tenant: str, stream: str, version: int, position: int) -> None:
    """One mail to the client. Sent twice after a crash, it has the same Message-ID."""
    await tell("client", UUID(tenant), UUID(stream), position)


@actor(actor_name="emergency.tell_coach", queue_name=QUEUE, min_backoff=SOON, max_backoff=RARELY)
async def tell_coach(tenant: str, stream: str, version: int, position: int) -> None:
    """One mail to the coach, where there is one."""
    await tell("coach", UUID(tenant), UUID(stream), position)


async def tell(party: Party, tenant: UUID, stream: UUID, position: int) -> None:
    sent = await Telling(desk().commands, post(), Settings.from_env().address).tell(party, tenant, stream, position)
    log.info("emergency_told", tenant_id=str(tenant), engagement_id=str(stream), position=position, party=party, sent=sent)
