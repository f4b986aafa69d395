"""Reports that were made, and what they told whom: what questions 8 and 9 are about."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple
from uuid import UUID

from domain.engagement.state import EngagementState
from domain.nouns import NOUNS
from domain.organization.state import OrganizationState
from domain.report.events import OF_ENGAGEMENT, ReportGenerated
from domain.report.state import ReportState
from domain.values import Code
from infra.eventstore.feed import Fed, feed_of
from infra.eventstore.stored import Stored, rows_of, stored
from projections import current
from projections.current import CURRENT, Current
from projections.kpi.disclosure import groups_of
from projections.kpi.facts import Facts
from projections.kpi.period import Asked, Period
from projections.kpi.value import Group
from projections.kpi_board import KPI_BOARD, facts
from projections.snapshot import Scope
from services.audit.board import facts_at
from services.audit.question.case import Case
from services.audit.question.inquiry import Inquiry, relied_on
from services.reading.decision import Decided
from services.reading.recorder import classes_of
from services.reading.view import sight
from services.report.audience import has_floor

MOST_REPORTS: Final = 1000
"""Reports that are looked at for one question; of more, it has to be asked program by program."""


class Published(NamedTuple):
    """A report with the event that says how it was made, and the organization's rules of that moment."""

    report: ReportState
    fed: Fed
    made: ReportGenerated
    organization: OrganizationState

    @property
    def cells(self) -> Mapping[Code, Group]:
        """What it told, and who was counted in each."""
        return groups_of(self.made)

    @property
    def has_floor(self) -> bool:
        """Whether a sponsor may get it."""
        return has_floor(self.made)

    @property
    def asked(self) -> Asked:
        """Its period, with its last day as today."""
        return Asked.of(self.organization, Period.of(self.report.period), self.report.as_of, self.made.as_of_position)


async def published(inquiry: Inquiry) -> list[Published]:
    """The reports that are asked about and whose file was made, in the order of the log."""
    about = inquiry.asked.about
    async with inquiry.reads.snapshot(inquiry.request, inquiry.look.actor, CURRENT["report"], shown_by=Decided.PAST) as (rows, _):
        if inquiry.kind == "report" and about is not None:
            one = await current.one(rows, "report", about, words=False)
            found = [one] if one is not None else []
        else:
            programs = frozenset({about}) if about is not None else inquiry.look.actor.programs
            found = await current.reports(rows, Scope(program_ids=programs), reader=None, beyond=None, limit=MOST_REPORTS)
    await noted(inquiry, found)
    made = await made_of(inquiry, {one.id: one.state for one in found if one.state.generated is not None})
    return sorted(made, key=lambda one: one.fed.position)


async def noted(inquiry: Inquiry, found: Sequence[Current[ReportState]]) -> None:
    """Notes of whom these reports tell alone: who is or was coached in an engagement. One on a program tells of nobody by themselves."""
    engagements = [one.state.subject_id for one in found if one.state.template in OF_ENGAGEMENT]
    reading = await inquiry.reads.store.read(inquiry.tenant, *engagements)
    states: list[EngagementState] = [reading.state(id, "engagement") for id in engagements]
    seen = classes_of(sight(inquiry.look.actor))
    await inquiry.reads.note(inquiry.look, [(person, seen) for state in states for person in state.ever_coached])


async def made_of(inquiry: Inquiry, reports: Mapping[UUID, ReportState]) -> list[Published]:
    """Without those whose event was erased since, and those of which something cannot be read any more."""
    events: dict[UUID, list[Stored]] = {id: [] for id in reports}
    for row in await rows_of(inquiry.reads.share(inquiry.tenant), inquiry.tenant, list(reports), inquiry.position):
        events[row["stream_id"]].append(stored(row))
        inquiry.things.take(events[row["stream_id"]][-1])
    rules = await organization_of(inquiry)
    found = []
    for id, own in events.items():
        if not own:  # it was asked for after the answer's position
            continue
        inquiry.examined.add(id)
        for fed in own if relied_on(inquiry, Case(id, own, inquiry.zone, inquiry.now)) else ():
            if isinstance(fed.event, ReportGenerated):
                place = bisect_right(rules, fed.event.as_of_position, key=lambda one: one[0])
                found.append(Published(reports[id], fed, fed.event, rules[place - 1][1]))
    return found


async def organization_of(inquiry: Inquiry) -> list[tuple[int, OrganizationState]]:
    """The organization as it stood from each of its events on, with their positions. Raises `EventUnreadable`."""
    noun = NOUNS["organization"]
    state: OrganizationState = noun.initial
    found = []
    for fed in await feed_of(inquiry.reads.share(inquiry.tenant), inquiry.tenant, [inquiry.tenant], inquiry.position):
        state = noun.evolve(state, fed)
        found.append((fed.position, state))
    return found


async def facts_of(inquiry: Inquiry, reports: Sequence[Published]) -> dict[UUID, list[Facts]]:
    """Of each report the facts of its engagements as they stood at its position, by one walk through the log for each subject."""
    of_subject: dict[UUID, list[Published]] = defaultdict(list)
    for one in reports:
        of_subject[one.report.subject_id].append(one)
    found: dict[UUID, list[Facts]] = {}
    for subject, own in of_subject.items():
        engagements = [subject]
        if own[0].report.program_id is not None:
            scope = Scope(program_ids=frozenset({subject}))
            async with inquiry.reads.snapshot(inquiry.request, inquiry.look.actor, KPI_BOARD, shown_by=Decided.PAST) as (rows, _):
                engagements = [each.engagement_id for each in await facts(rows, scope)]
        positions = [one.made.as_of_position for one in own]
        then = await facts_at(inquiry.reads.share(inquiry.tenant), inquiry.reads.store.vault, inquiry.tenant, engagements, positions)
        found |= {one.report.id: then[one.made.as_of_position] for one in own}
    return found
