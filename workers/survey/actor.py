"""The actors of surveys: who is asked is written to at once, and from time to time each open survey is looked after."""

from __future__ import annotations

from typing import Final
from uuid import UUID

import structlog

from infra.settings import Settings
from workers.broker import POOLS, RARELY, SOON, actor
from workers.desk import desk
from workers.post import post
from workers.survey.tending import Tending

QUEUE: Final = "survey"
log = structlog.get_logger()


@actor(actor_name="survey.invite", queue_name=QUEUE, min_backoff=SOON, max_backoff=RARELY)
async def invite_respondents(tenant: str, stream: str, version: int, position: int) -> None:
    """The mails that are due in one survey. Run twice, it finds nothing left to send."""
    sent = await tending().tend(UUID(tenant), UUID(stream))
    log.info("respondents_invited", tenant_id=tenant, survey_id=stream, sent=sent)


@actor(actor_name="survey.tend", queue_name=QUEUE)
async def tend_surveys(tenant: str) -> None:
    """Of one organization, all surveys that are open, or should not be any more."""
    await tending().tend_all(UUID(tenant))


def tending() -> Tending:
    return Tending(desk().commands, POOLS["worker"], post(), Settings.from_env().address)
