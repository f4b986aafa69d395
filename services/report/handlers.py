"""What deciding about a report needs beside its own stream: what it is about, and who manages that."""

from __future__ import annotations

from uuid import UUID

from domain.engagement.state import EngagementState
from domain.report.commands import RequestReport
from domain.report.context import ReportContext
from services.call import Call
from services.engaged import program_facts
from services.holding import holds


async def report_context(call: Call) -> ReportContext:
    if not isinstance(call.command, RequestReport):
        return call.context(ReportContext)
    subject = call.command.subject_id
    match call.reading.kind(subject):
        case "engagement":
            state: EngagementState = call.reading.state(subject, "engagement")
            found = await managers(call, call.command.recipients, state.program_id)
            return call.context(ReportContext, engagement=state.facts(call.shared.today), managers=found)
        case "program":
            found = await managers(call, call.command.recipients, subject)
            return call.context(ReportContext, program=await program_facts(call, subject, guard=False), managers=found)
    return call.context(ReportContext)


async def managers(call: Call, people: tuple[UUID, ...], program_id: UUID | None) -> frozenset[UUID]:
    """Who of them manages the program or, where there is none, any. Not guarded: it is asked again when the report goes out."""
    await call.reading.load(*people, guard=False)
    return frozenset(person for person in people if holds(call, "program_manager", person, program_id))
