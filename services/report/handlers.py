"""What deciding about a report needs beside its own stream: what it is about, who manages that, and who may see the file."""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from uuid import UUID

from msgspec.structs import replace

from domain.engagement.state import EngagementState
from domain.report.commands import RequestReport, ShareReport
from domain.report.context import ReportContext
from domain.report.events import ReportTemplate
from domain.report.state import ReportState
from projections.current import waiting_reports
from services.command.call import Call
from services.command.engaged import program_facts
from services.permission.holding import holds
from services.quota import bytes_left
from services.report import audience

WAITING: Final = timedelta(days=1)  # what was not made by then will not be: its subject was erased, or its job has failed for good


async def report_context(call: Call) -> ReportContext:
    match call.command:
        case RequestReport(template=template, subject_id=subject, recipients=people):
            found = await about(call, template, subject, people)
            return replace(found, waiting=await waiting(call), bytes_left=await bytes_left(call.reading))
        case ShareReport(recipients=people):
            report: ReportState = call.reading.state(call.target, "report")
            await call.reading.load(report.subject_id, *people, guard=False)
            return await about(call, report.template, report.subject_id, people, await cleared(call, report, people))
    return call.context(ReportContext)


async def waiting(call: Call) -> int:
    """Nobody waits for what is imported, and what the schedule asks for is not much."""
    if call.actor.role == "worker" or call.actor.channel == "import":
        return 0
    return await waiting_reports(call.reading.source, call.actor.tenant, call.actor.person_id, call.shared.now - WAITING)


async def about(
    call: Call, template: ReportTemplate, subject: UUID, people: tuple[UUID, ...], cleared: frozenset[UUID] = frozenset()
) -> ReportContext:
    """Who manages it is not guarded, for it is asked again when the report goes out; the engagement, with its consents, is."""
    await call.reading.load(*people, guard=False)
    match call.reading.kind(subject):
        case "engagement":
            state: EngagementState = call.reading.state(subject, "engagement")
            found = managers(call, template, people, state.program_id)
            return call.context(ReportContext, engagement=state.facts(call.shared.today), managers=found, cleared=cleared)
        case "program":
            found = managers(call, template, people, subject)
            program = await program_facts(call, subject, guard=False)
            return call.context(ReportContext, program=program, managers=found, cleared=cleared)
        case "organization":
            found = managers(call, template, people, subject)  # in no program, so only who manages or audits all of them
            return call.context(ReportContext, is_whole=True, managers=found, cleared=cleared)
    return call.context(ReportContext)


def managers(call: Call, template: ReportTemplate, people: tuple[UUID, ...], program_id: UUID | None) -> frozenset[UUID]:
    """Who of them manages the program or, where there is none, any; of a ledger also who audits it."""
    return frozenset(person for person in people if any(holds(call, role, person, program_id) for role in audience.running(template)))


async def cleared(call: Call, report: ReportState, people: tuple[UUID, ...]) -> frozenset[UUID]:
    """Who of them may see all that the file tells; nobody while there is none."""
    if report.file is None:
        return frozenset()
    seen = {person: await audience.sight_of(call.reading, report, person, call.shared.today) for person in people}
    return frozenset(person for person, found in seen.items() if found is not None and audience.is_for(report, found))
