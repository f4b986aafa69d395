"""How each event changes a report."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from domain.decider import Evolve
from domain.event import Recorded
from domain.report.events import ReportDiscarded, ReportGenerated, ReportRequested, ReportShared
from domain.report.state import ReportState

evolve: Final[Evolve[ReportState]] = Evolve()


@evolve.on(ReportRequested)
def requested(state: ReportState, recorded: Recorded[ReportRequested]) -> ReportState:
    event = recorded.event
    return ReportState(
        id=event.report_id,
        template=event.template,
        subject_id=event.subject_id,
        period=event.period,
        as_of=event.as_of,
        format=event.format,
        recipients=event.recipients,
        requested_by=recorded.meta.actor,
        requested_at=recorded.occurred_at,
    )


@evolve.on(ReportGenerated)
def generated(state: ReportState, recorded: Recorded[ReportGenerated]) -> ReportState:
    return replace(state, generated=recorded.event, generated_at=recorded.occurred_at)


@evolve.on(ReportShared)
def shared(state: ReportState, recorded: Recorded[ReportShared]) -> ReportState:
    return replace(state, shared=(*state.shared, *recorded.event.recipients))


@evolve.on(ReportDiscarded)
def discarded(state: ReportState, recorded: Recorded[ReportDiscarded]) -> ReportState:
    return replace(state, discarded_at=recorded.occurred_at)
