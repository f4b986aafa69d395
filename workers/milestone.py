"""The actor that says of a milestone that its due date has passed: once a due date, and only while it is true.

Where to look is read from a read model, which may be behind; the verdict falls on the plan itself, so that whoever reaches
or moves the milestone at that minute is right. History that was imported brings its own verdicts: of a due date that had
passed before it was imported none is made up, or an import would end in hundreds of verdicts of today on days long past.
"""

from __future__ import annotations

from uuid import UUID

import structlog

from domain.errors import StreamErased, SubjectErased
from domain.organization.state import OrganizationState
from domain.plan.commands import MissMilestone
from infra.eventstore.outage import outages
from projections.milestones_due import Waiting, waiting
from projections.snapshot import snapshot
from services.actor import worker
from services.command.execution import Commands
from workers.broker import actor
from workers.desk import desk

log = structlog.get_logger()


@actor(actor_name="milestone.miss")
async def miss_milestones(tenant: str) -> None:
    """Of one organization, all whose due date has passed where it is."""
    commands = desk().commands
    for each in await passed(commands, UUID(tenant)):
        await miss(commands, UUID(tenant), each)


async def passed(commands: Commands, tenant: UUID) -> list[Waiting]:
    """Nothing while the organization is suspended: they are judged when it goes on. Raises `Unavailable`."""
    organization: OrganizationState = (await commands.store.read(tenant, tenant)).state(tenant, "organization")
    today = organization.day(commands.clock())
    if organization.suspended_on(today):
        return []
    with outages():
        async with snapshot(commands.store.pool, tenant) as rows:
            return await waiting(rows, today)


async def miss(commands: Commands, tenant: UUID, each: Waiting) -> None:
    """Raises `Unavailable`. Of a plan that was erased nothing is said."""
    try:
        answer = await commands.execute(worker(tenant), MissMilestone(milestone_id=each.milestone, due_on=each.due_on), each.plan)
    except (StreamErased, SubjectErased):
        log.info("milestone_not_missed", tenant_id=str(tenant), plan_id=str(each.plan), reason="erased")
    else:
        log.info(
            "milestone_judged", tenant_id=str(tenant), plan_id=str(each.plan), milestone_id=str(each.milestone), version=answer.version
        )
