"""What deciding about a report needs beside its own stream: what it is about, who manages that, and who may see the file."""

from __future__ import annotations

from uuid import UUID

from domain.engagement.state import EngagementState
from domain.report.commands import RequestReport, ShareReport
from domain.report.context import ReportContext
from domain.report.state import ReportState
from services.call import Call
from services.engaged import program_facts
from services.holding import holds
from services.report import audience


async def report_context(call: Call) -> ReportContext:
    match call.command:
        case RequestReport(subject_id=subject, recipients=people):
            return await about(call, subject, people)
        case ShareReport(recipients=people):
            report: ReportState = call.reading.state(call.target, "report")
            await call.reading.load(report.subject_id, *people, guard=False)
            return await about(call, report.subject_id, people, cleared(call, report, people))
    return call.context(ReportContext)


async def about(call: Call, subject: UUID, people: tuple[UUID, ...], cleared: frozenset[UUID] = frozenset()) -> ReportContext:
    """Who manages it is not guarded, for it is asked again when the report goes out; the engagement, with its consents, is."""
    await call.reading.load(*people, guard=False)
    match call.reading.kind(subject):
        case "engagement":
            state: EngagementState = call.reading.state(subject, "engagement")
            found = managers(call, people, state.program_id)
            return call.context(ReportContext, engagement=state.facts(call.shared.today), managers=found, cleared=cleared)
        case "program":
            found = managers(call, people, subject)
            program = await program_facts(call, subject, guard=False)
            return call.context(ReportContext, program=program, managers=found, cleared=cleared)
    return call.context(ReportContext)


def managers(call: Call, people: tuple[UUID, ...], program_id: UUID | None) -> frozenset[UUID]:
    """Who of them manages the program or, where there is none, any."""
    return frozenset(person for person in people if holds(call, "program_manager", person, program_id))


def cleared(call: Call, report: ReportState, people: tuple[UUID, ...]) -> frozenset[UUID]:
    """Who of them may see all that the file tells; nobody while there is none."""
    if report.file is None:
        return frozenset()
    seen = {person: audience.sight_of(call.reading, report, person, call.shared.today) for person in people}
    return frozenset(person for person, found in seen.items() if found is not None and audience.is_for(report, found))
