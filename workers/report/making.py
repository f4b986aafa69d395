"""From a request to the file: read, word, keep, note. Each may be done twice; of two files the first stands."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

import asyncpg

from domain.organization.state import OrganizationState
from domain.person.state import PersonState
from domain.report.commands import GenerateReport, SuppressionBody
from domain.report.state import ReportState
from domain.values import NIL
from infra.eventstore.reading import Reading
from infra.eventstore.vault import Holder
from projections.change_ledger import CHANGE_LEDGER
from projections.current import CURRENT
from projections.kpi.disclosure import Cells
from projections.kpi_board import KPI_BOARD
from projections.members import MEMBERS
from projections.projection import Projection
from projections.snapshot import Snapshot, caught_up
from services.actor import worker
from services.command.execution import Commands
from services.report import audience
from services.report.files import About, Files
from services.wording.language import Language, language_of
from services.wording.spoken import speaking
from workers.report.content import VERSION, Content
from workers.report.earlier import noted
from workers.report.figure import drawn
from workers.report.ledger import change_ledger
from workers.report.program import program_report
from workers.report.progress import Wanted, client_progress

READ: Final[tuple[Projection[Any], ...]] = (
    *(CURRENT[noun] for noun in ("plan", "engagement", "program", "evaluation", "report")),
    MEMBERS,
    KPI_BOARD,
    CHANGE_LEDGER,
)
"""What a report is made from."""
WAIT_SECONDS: Final = 10.0  # for the read models to reach the request; later it is tried again


class Gathered(NamedTuple):
    """A report that is to be made, what it tells as of a position, and the charts of a PDF, as SVG by name.

    `language` is that of who asked, else of the organization. `cells` are the groups that it tells a sponsor of, `clients` those
    whom a ledger tells of.
    """

    report: ReportState
    holder: Holder
    content: Content
    position: int
    language: Language
    charts: Mapping[str, str]
    cells: Cells
    clients: tuple[UUID, ...] = ()


def language_of_asker(reading: Reading, report: ReportState, organization: OrganizationState) -> Language:
    """That of the person who asked, who was read as one of its readers; the organization's where nobody did."""
    if report.requested_by == NIL:
        return language_of(organization.locale)
    person: PersonState = reading.state(report.requested_by, "person")
    return language_of(person.locale, organization.locale)


class Making:
    """Makes the reports of one installation, as the worker. `clock` says which day it is."""

    def __init__(self, connections: asyncpg.Pool, commands: Commands, files: Files, clock: Callable[[], datetime]) -> None:
        self.connections = connections
        self.commands = commands
        self.files = files
        self.clock = clock

    async def gather(self, tenant: UUID, report: UUID, position: int, reached: int = 0) -> Gathered | None:
        """What the report tells, with its charts. See `told`."""
        gathered = await self.told(tenant, report, position, reached)
        if gathered is None or gathered.report.format != "pdf":
            return gathered
        with speaking(gathered.language):
            return gathered._replace(charts=await drawn(gathered.content))

    async def told(self, tenant: UUID, report: UUID, position: int, reached: int = 0) -> Gathered | None:
        """What the report tells, to nobody more than they may see now; None when it was made before.

        `position` is that of the request, `reached` a later one that the read models have to be at, too. Raises `NotCaughtUp` when the read models are far behind it, and `Unavailable`.
        """
        async with caught_up(self.connections, tenant, max(position, reached), *READ, seconds=WAIT_SECONDS) as rows:
            reading = self.reading(tenant, rows)
            await reading.load(tenant, report)
            state: ReportState = reading.state(report, "report")
            if state.generated is not None:
                return None
            organization: OrganizationState = reading.state(tenant, "organization")
            today = organization.day(self.clock())
            seen = audience.common(await audience.sights(reading, state, today))
            wanted = Wanted(state, seen, organization, rows.position(*READ))
            subject = reading.state(state.subject_id)
            content: Content
            cells: Cells = {}
            clients: tuple[UUID, ...] = ()
            if state.template == "client_progress":
                content = await client_progress(rows, wanted, subject)
            elif state.template == "program_report":
                content, cells = await program_report(rows, self.commands.store.vault, wanted, subject, position)
            else:
                content, clients = await change_ledger(rows, wanted, subject)
            language = language_of_asker(reading, state, organization)
            return Gathered(state, audience.holder(reading, state), content, wanted.position, language, {}, cells, clients)

    def reading(self, tenant: UUID, rows: Snapshot) -> Reading:
        """The log at the same moment, on the same connection: with one each, and each waiting for another, many reports get none."""
        store = self.commands.store
        return Reading(rows.connection, store.vault, tenant, snapshots=store.snapshots)

    async def keep(self, tenant: UUID, gathered: Gathered, file: bytes) -> None:
        """Keeps the file and notes that it is there; of a report that was made meanwhile, it keeps nothing."""
        report = gathered.report
        about = About(tenant, report.id, gathered.holder)
        key = await self.files.keep(about, file)
        counted, cells = noted(gathered.cells)
        note = GenerateReport(
            template_version=VERSION,
            as_of_position=gathered.position,
            suppressions=tuple(SuppressionBody(what=one.what, reason=one.reason) for one in gathered.content.left_out),
            sha256=hashlib.sha256(file).hexdigest(),
            size=len(file),
            blob_key=key,
            counted=counted or gathered.clients,
            cells=cells,
        )
        await self.commands.execute(worker(tenant), note, report.id)
        standing: ReportState = (await self.commands.store.read(tenant, report.id)).state(report.id, "report")
        if standing.generated is not None and standing.generated.blob_key != key:
            await self.files.discard(about, key)
