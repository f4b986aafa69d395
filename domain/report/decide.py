"""What a report allows: who may ask for which, and for whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from domain.decider import Decide
from domain.errors import ItemUnknown, NotPermitted, PeriodAhead
from domain.errors.report import AsOfInFuture, FileDiscarded, FileTellsMore, ReportNotMade, TooManyReports
from domain.event import Event
from domain.report.commands import DiscardReport, GenerateReport, RequestReport, ShareReport
from domain.report.context import ReportContext
from domain.report.events import ReportDiscarded, ReportGenerated, ReportRequested, ReportShared, ReportTemplate
from domain.report.period import is_ahead
from domain.report.state import ReportState
from domain.rules import require_place
from domain.values import Code

decide: Final[Decide[ReportState, ReportContext]] = Decide()

MOST_WAITING: Final = 10  # reports of one person that are not made yet: making one keeps a processor busy for a second
REQUESTERS: Final[dict[ReportTemplate, frozenset[Code]]] = {
    "client_progress": frozenset({"client", "coach", "program_manager", "worker"}),
    "program_report": frozenset({"program_manager", "worker"}),
    "plan_ledger": frozenset({"client", "coach", "program_manager", "auditor"}),
    "program_ledger": frozenset({"program_manager", "auditor"}),
    "organization_ledger": frozenset({"program_manager", "auditor"}),
}
"""Which roles ask for which report; what they have to do with its subject, the policy has asked before."""
SUBJECT: Final = (
    "A client's progress and a plan's ledger are those of an engagement, a program's report and ledger those of a program, and the "
    "organization's ledger is its own."
)


@decide.on(RequestReport)
def request(state: ReportState, command: RequestReport, context: ReportContext) -> Sequence[Event]:
    if context.role not in REQUESTERS[command.template]:
        raise NotPermitted(pointer="/template")
    readers = readers_of(command.template, context)
    if readers is None:
        raise ItemUnknown(SUBJECT, pointer="/subject_id")
    for place, person in enumerate(command.recipients):
        require_reader(person, readers, place)
    recipients = tuple(dict.fromkeys(command.recipients))
    as_of = command.as_of or context.today
    if as_of > context.today:
        raise AsOfInFuture(pointer="/as_of")
    if is_ahead(command.period, as_of):
        raise PeriodAhead(pointer="/period")
    if context.waiting >= MOST_WAITING:
        raise TooManyReports
    require_place(context.bytes_left, "storage_mb")
    return (
        ReportRequested(
            report_id=context.ids[0],
            template=command.template,
            subject_id=command.subject_id,
            period=command.period,
            as_of=as_of,
            format=command.format,
            recipients=recipients,
        ),
    )


def require_reader(person: UUID, readers: frozenset[UUID], place: int) -> None:
    if person not in readers:
        raise NotPermitted("A report is only for those who have to do with its subject.", pointer=f"/recipients/{place}")


def readers_of(template: ReportTemplate, context: ReportContext) -> frozenset[UUID] | None:
    """The parties of the engagement or the program's sponsors, and who manages the program; of a ledger no sponsor.

    None where the subject is none for such a report.
    """
    engagement, program = context.engagement, context.program
    if template == "client_progress" and engagement is not None:
        return context.managers.union(engagement.parties)
    if template == "plan_ledger" and engagement is not None:
        return context.managers.union(person for person, party in engagement.parties.items() if party != "sponsor")
    if template == "program_report" and program is not None:
        return context.managers.union(program.sponsor_ids)
    if (template == "program_ledger" and program is not None) or (template == "organization_ledger" and context.is_whole):
        return context.managers
    return None


@decide.on(GenerateReport)
def generate(state: ReportState, command: GenerateReport, context: ReportContext) -> Sequence[Event]:
    if state.generated is not None:
        return ()
    return (
        ReportGenerated(
            template=state.template,
            template_version=command.template_version,
            as_of_position=command.as_of_position,
            suppressions=command.suppressions,
            sha256=command.sha256,
            size=command.size,
            blob_key=command.blob_key,
            counted=command.counted,
            cells=command.cells,
        ),
    )


@decide.on(ShareReport)
def share(state: ReportState, command: ShareReport, context: ReportContext) -> Sequence[Event]:
    """Who has the report already gets it no second time."""
    if context.role not in REQUESTERS[state.template]:
        raise NotPermitted
    if state.generated is None:
        raise ReportNotMade
    if state.discarded_at is not None:
        raise FileDiscarded
    readers = readers_of(state.template, context)
    assert readers is not None  # or it could not have been asked for
    for place, person in enumerate(command.recipients):
        require_reader(person, readers, place)
        if person not in context.cleared:
            raise FileTellsMore(pointer=f"/recipients/{place}")
    recipients = tuple(person for person in dict.fromkeys(command.recipients) if person not in state.readers)
    return (ReportShared(recipients=recipients, sha256=state.generated.sha256),) if recipients else ()


@decide.on(DiscardReport)
def discard(state: ReportState, command: DiscardReport, context: ReportContext) -> Sequence[Event]:
    if state.generated is None:
        raise ReportNotMade
    if state.discarded_at is not None:
        return ()
    return (ReportDiscarded(sha256=state.generated.sha256, blob_key=state.generated.blob_key),)
