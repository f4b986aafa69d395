"""Reports that nobody has to ask for: of each program when a month has ended, and of a client when everybody has judged.

Requests only: each is made like any other, as its readers may see it then. A request has a key, so asked twice it is one.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

import structlog

from domain.engagement.state import EngagementState
from domain.errors.organization import OrganizationSuspended
from domain.evaluation.state import EvaluationState
from domain.organization.state import OrganizationState
from domain.program.state import ProgramState
from domain.report.commands import MOST_RECIPIENTS, RequestReport
from infra.eventstore.outage import outages
from projections import current
from projections.members import MEMBERS
from projections.snapshot import Scope, snapshot
from services.actor import worker
from services.command.execution import Commands, Once
from workers.broker import actor
from workers.desk import Desk, desk

log = structlog.get_logger()


class Due(NamedTuple):
    """A report to ask for. `key` names what it is due for, so that it is asked for once."""

    key: str
    command: RequestReport


@actor(actor_name="report.monthly")
async def request_monthly(tenant: str) -> None:
    """The report of each open program on the month that has ended: one for its managers, and one for its sponsors."""
    at = desk()
    await ask(at.commands, UUID(tenant), await monthly(at, UUID(tenant)))


@actor(actor_name="report.evaluated")
async def request_evaluated(tenant: str, stream: str, version: int, position: int) -> None:
    """The client's progress, once everybody has judged who was to: one for client and coach, and one for the sponsor."""
    commands = desk().commands
    await ask(commands, UUID(tenant), await evaluated(commands, UUID(tenant), UUID(stream)))


async def ask(commands: Commands, tenant: UUID, due: Sequence[Due]) -> None:
    """Nothing while the organization is suspended: what falls due meanwhile is left out."""
    for key, command in due:
        once = Once(key, "WORKER", "/v1/reports", b"")
        try:
            answer = await commands.execute(worker(tenant), command, once=once)
        except OrganizationSuspended:
            log.info("report_not_requested", tenant_id=str(tenant), template=command.template, reason="suspended")
            return
        log.info("report_requested", tenant_id=str(tenant), report_id=str(answer.id), template=command.template)


async def monthly(at: Desk, tenant: UUID) -> list[Due]:
    reading = await at.commands.store.read(tenant, tenant)
    organization: OrganizationState = reading.state(tenant, "organization")
    today = organization.day(at.commands.clock())
    ended = today.replace(day=1) - timedelta(days=1)
    with outages():
        async with snapshot(at.connections, tenant) as rows:
            programs = await current.listed(rows, "program", Scope(), after=None, limit=None, words=False)
            people = [row.document for row in await rows.sealed(MEMBERS, "page", after=None, at_most=None)]
    found: list[Due] = []
    for program in (one.state for one in programs if runs(one.state, ended)):
        managers = [person.id for person in people if person.holds("program_manager", today, program.id)]
        found += [
            Due(f"report.monthly/{program.id}/{ended:%Y-%m}/{whom}", about(program.id, recipients, f"{ended:%Y-%m}"))
            for whom, recipients in (("managers", managers), ("sponsors", program.sponsor_ids))
            if recipients
        ]
    return found


def runs(program: ProgramState, ended: date) -> bool:
    """Whether it is open, and ran in the month that ended on that day."""
    return program.is_open and program.starts_on <= ended and program.ends_on >= ended.replace(day=1)


def about(program: UUID, recipients: Sequence[UUID], period: str) -> RequestReport:
    return RequestReport(template="program_report", subject_id=program, recipients=tuple(recipients[:MOST_RECIPIENTS]), period=period)


async def evaluated(commands: Commands, tenant: UUID, stream: UUID) -> list[Due]:
    """Nothing while somebody has still to judge."""
    reading = await commands.store.read(tenant, stream)
    evaluation: EvaluationState = reading.state(stream, "evaluation")
    if not set(evaluation.evaluators) <= set(evaluation.recorded):
        return []
    engagement: EngagementState = reading.state(evaluation.engagement_id, "engagement")
    inside = tuple(person for person in (engagement.client_id, engagement.coach_id) if person is not None)
    sponsor = () if engagement.sponsor_id is None else (engagement.sponsor_id,)
    return [
        Due(
            f"report.evaluated/{stream}/{whom}",
            RequestReport(template="client_progress", subject_id=engagement.id, recipients=recipients),
        )
        for whom, recipients in (("inside", inside), ("sponsor", sponsor))
        if recipients
    ]
