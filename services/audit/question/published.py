"""Reports that were made, and what they told whom: what questions 8 and 9 are about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple
from uuid import UUID

from domain.organization.state import OrganizationState
from domain.report.events import ReportGenerated
from domain.report.state import ReportState
from domain.values import Code
from infra.eventstore.feed import Fed, events_at
from infra.eventstore.hindsight import At
from projections import current
from projections.current import CURRENT, Current
from projections.kpi.disclosure import Group, groups_of
from projections.kpi.period import Asked, Period
from projections.snapshot import Scope
from services.audit.question.inquiry import Inquiry
from services.recorder import classes_of
from services.report.audience import has_floor
from services.view import sight

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
    async with inquiry.reads.snapshot(inquiry.request, inquiry.look.actor, CURRENT["report"]) as (rows, _):
        if inquiry.kind == "report" and about is not None:
            one = await current.one(rows, "report", about, words=False)
            found = [one] if one is not None else []
        else:
            programs = frozenset({about}) if about is not None else inquiry.look.actor.programs
            found = await current.reports(rows, Scope(program_ids=programs), reader=None, beyond=None, limit=MOST_REPORTS)
    inquiry.examined.update(one.id for one in found)
    await noted(inquiry, found)
    made = [await made_of(inquiry, one.state, one.version) for one in found if one.state.generated is not None]
    return sorted((one for one in made if one is not None), key=lambda one: one.fed.position)


async def noted(inquiry: Inquiry, found: Sequence[Current[ReportState]]) -> None:
    """Notes of whom these reports tell alone: the client of an engagement. One on a program tells of nobody by themselves."""
    engagements = [one.state.subject_id for one in found if one.state.template == "client_progress"]
    reading = await inquiry.reads.store.read(inquiry.tenant, *engagements)
    clients: list[UUID] = [reading.state(id, "engagement").client_id for id in engagements]
    await inquiry.reads.note(inquiry.look, [(client, classes_of(sight(inquiry.look.actor))) for client in clients])


async def made_of(inquiry: Inquiry, report: ReportState, version: int) -> Published | None:
    """None when the event was erased since."""
    for fed in await events_at(inquiry.reads.share(inquiry.tenant), inquiry.tenant, report.id, list(range(1, version + 1))):
        if isinstance(fed.event, ReportGenerated):
            then = await inquiry.reads.store.read_as_of(inquiry.tenant, At(position=fed.event.as_of_position), inquiry.tenant)
            return Published(report, fed, fed.event, then.state(inquiry.tenant))
    return None
