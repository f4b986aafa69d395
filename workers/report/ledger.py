"""The content of a ledger as a report: what was changed of what was agreed in its period, as its readers see it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple
from uuid import UUID

from domain.engagement.state import EngagementState
from domain.program.state import ProgramState
from projections.change_ledger import Entry, Filter, entries
from projections.kpi.facts import Facts
from projections.kpi.milestone import adjustments, drift
from projections.kpi.replan import replan_ratio
from projections.kpi_board import KPI_BOARD, facts
from projections.members import names
from projections.snapshot import Scope, Snapshot
from services.audit.ledger.query import line_answer, moves, patience, persons_of
from services.reading.view import people
from services.report.audience import left_out
from workers.report.content import ChangeLedger
from workers.report.progress import Wanted, indicator_part

MOST_LINES: Final = 5_000
"""Of one report, the newest; a shorter period tells the others."""


class Subject(NamedTuple):
    """What the ledger is about. `scope` are its engagements, `engagement_id` that of a plan."""

    name: str | None
    scope: Scope
    engagement_id: UUID | None = None


async def change_ledger(rows: Snapshot, wanted: Wanted, subject: object) -> tuple[ChangeLedger, tuple[UUID, ...]]:
    """The ledger, and everybody whom it tells of."""
    about, asked, seen = subject_of(subject), wanted.asked, wanted.seen
    found = await entries(rows, filter_of(wanted, about), after=None, limit=MOST_LINES + 1, words=seen.opens)
    shown = found[:MOST_LINES]
    known = await facts(rows, about.scope) if about.engagement_id is None else await facts_of(rows, about.engagement_id)
    persons = [person for one in shown for person in persons_of(one)]
    ledger = ChangeLedger(
        of=wanted.report.template,
        period=wanted.report.period,
        as_of=wanted.report.as_of,
        as_of_position=wanted.position,
        organization=wanted.organization.name,
        program=about.name,
        time_zone=asked.zone.key,
        indicators=tuple(indicator_part(one(known, asked)) for one in (drift, adjustments, replan_ratio)),
        milestones=moves(known[0], asked) if about.engagement_id is not None and known else (),
        changes=tuple(line_answer(one, seen, asked.zone) for one in shown),
        is_cut=len(found) > MOST_LINES,
        people=people(await names(rows, persons), seen, *persons) if seen.names else (),
        left_out=left_out(wanted.report, seen),
    )
    return ledger, coached_in(shown, known)


def subject_of(state: object) -> Subject:
    match state:
        case EngagementState(id=id):
            return Subject(None, Scope(), id)
        case ProgramState(id=id, name=name):
            return Subject(name, Scope(program_ids=frozenset({id})))
    return Subject(None, Scope())


async def facts_of(rows: Snapshot, engagement: UUID) -> list[Facts]:
    return [row.document for row in await rows.sealed(KPI_BOARD, "some", keys=[engagement])]


def coached_in(shown: Sequence[Entry], known: Sequence[Facts]) -> tuple[UUID, ...]:
    """Who is or was coached in the engagements of these lines."""
    engagements = {one.line.engagement_id for one in shown}
    return tuple(sorted({person for one in known if one.engagement_id in engagements for person in one.ever_coached}))


def filter_of(wanted: Wanted, about: Subject) -> Filter:
    """What happened in the period, up to the end of its last day that counts, and what waited too long by then."""
    asked = wanted.asked
    return Filter(
        program_ids=about.scope.program_ids,
        engagement_id=about.engagement_id,
        plan_id=None,
        coach_id=None,
        actor=None,
        initiator=None,
        reason_code=None,
        kind=None,
        flag=None,
        since=None if asked.period.first == date.min else asked.begin,
        until=asked.end,
        zone=asked.zone.key,
        now=asked.end,
        patience=patience(wanted.organization),
    )
