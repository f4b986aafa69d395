"""The actor that ends a coaching of which notice was given, once its last day has passed.

Where to look is read from a read model, which may be behind; whether it is over is decided on the engagement itself, so that a notice
that was taken back meanwhile, or an end that somebody brought about before, is right. What fell due while no worker ran, or while the
organization was suspended, ends later, with the day that was said.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

import structlog

from domain.engagement.commands import EndAfterNotice
from domain.errors import StreamErased, SubjectErased
from domain.organization.state import OrganizationState
from infra.eventstore.outage import outages
from projections.current import past_last_day
from projections.snapshot import snapshot
from services.actor import worker
from services.command.execution import Commands
from workers.broker import actor
from workers.desk import desk

log = structlog.get_logger()


@actor(actor_name="engagement.end_after_notice")
async def end_after_notice(tenant: str) -> None:
    """Of one organization, all whose last day has passed where it is."""
    await end_all(desk().commands, UUID(tenant))


async def end_all(commands: Commands, tenant: UUID) -> None:
    """Raises `Unavailable`."""
    for engagement, ends_on in await passed(commands, tenant):
        await end(commands, tenant, engagement, ends_on)


async def passed(commands: Commands, tenant: UUID) -> list[tuple[UUID, date]]:
    """Nothing while the organization is suspended. Raises `Unavailable`."""
    organization: OrganizationState = (await commands.store.read(tenant, tenant)).state(tenant, "organization")
    today = organization.day(commands.clock())
    if organization.suspended_on(today):
        return []
    with outages():
        async with snapshot(commands.store.pool, tenant) as rows:
            return await past_last_day(rows, today)


async def end(commands: Commands, tenant: UUID, engagement: UUID, ends_on: date) -> None:
    """Raises `Unavailable`. Of an engagement that was erased nothing is said."""
    try:
        answer = await commands.execute(worker(tenant), EndAfterNotice(ends_on=ends_on), engagement)
    except (StreamErased, SubjectErased):
        log.info("engagement_not_ended", tenant_id=str(tenant), engagement_id=str(engagement), reason="erased")
    else:
        log.info("engagement_ended", tenant_id=str(tenant), engagement_id=str(engagement), version=answer.version)
