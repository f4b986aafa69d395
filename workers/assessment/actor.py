"""The actors of assessments: an approved rater is written to at once, and from time to time each open one is looked after."""

from __future__ import annotations

from typing import Final
from uuid import UUID

import structlog

from infra.settings import Settings
from workers.assessment.tending import Tending
from workers.broker import POOLS, RARELY, SOON, actor
from workers.desk import desk
from workers.post import post

QUEUE: Final = "assessment"
log = structlog.get_logger()


@actor(actor_name="assessment.invite", queue_name=QUEUE, min_backoff=SOON, max_backoff=RARELY)
async def invite_raters(tenant: str, stream: str, version: int, position: int) -> None:
    """The mails that are due in one assessment. Run twice, it finds nothing left to send."""
    sent = await tending().tend(UUID(tenant), UUID(stream))
    log.info("raters_invited", tenant_id=tenant, assessment_id=stream, sent=sent)


@actor(actor_name="assessment.tend", queue_name=QUEUE)
async def tend_assessments(tenant: str) -> None:
    """Of one organization, all assessments that are open, or should not be any more."""
    await tending().tend_all(UUID(tenant))


def tending() -> Tending:
    return Tending(desk().commands, POOLS["worker"], post(), Settings.from_env().address)
