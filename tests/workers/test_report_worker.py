"""Reports by real processes, of the demo's story: asked for by commands, made by workers of which the first is killed."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

import pytest
from pypdf import PdfReader
from uuid_utils.compat import uuid7

from domain.organization.commands import RegisterOrganization
from domain.person.commands import RegisterPerson
from domain.report.commands import RequestReport
from domain.report.state import ReportState
from infra.blobs import Folder
from infra.eventstore.opening import Opener
from infra.eventstore.store import Store
from infra.eventstore.vault import Holder
from infra.postgres import pool
from projections.runner import Runner
from services.actor import Actor
from services.command.execution import Commands, utc_now
from services.directory import Directory
from services.entry.auth import Keys
from services.report.files import About, Files
from tests.database import Database, ask
from tests.waiting import until
from tests.workers.test_worker import Run, start  # noqa: F401 - a fixture
from workers.demo.cast import ADMIN, CLIENT, COACH, DIRECTOR, FIRM
from workers.demo.story import DAYS, Clock, Playing
from workers.demo.tale import Tale, tell
from workers.founding import found

MADE = "SELECT count(*) FROM es.event WHERE type = 'report.report_generated'"
END_LEASES = "UPDATE jobs.job SET available_at = now() WHERE state = 'leased'"
"""As if a minute had passed."""
BEGUN = f"SELECT ({MADE}) > 0 OR EXISTS (SELECT FROM jobs.job WHERE state = 'leased')"


class Told(NamedTuple):
    """The story, played into a database, with those who ask for reports now, and the projector."""

    tale: Tale
    actors: dict[str, Actor]
    commands: Commands
    runner: Runner

    async def ask(self, who: str, command: RequestReport) -> UUID:
        made = await self.commands.execute(self.actors[who]._replace(channel="api"), command)
        await self.runner.catch_up()
        return made.id

    async def said(self, report: UUID, holder: Holder, folder: Path) -> str:
        """What the file says."""
        store, tenant = self.commands.store, self.actors[COACH.first_name].tenant
        state: ReportState = (await store.read(tenant, report)).state(report, "report")
        assert state.generated is not None
        files = Files(store.pool, store.vault, Folder(folder / "blobs"))
        content = await files.fetch(About(tenant, report, holder), state.generated.blob_key)
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


@pytest.fixture
async def told(database: Database, store: Store) -> AsyncIterator[Told]:
    clock, tenant = Clock(utc_now().date() - timedelta(days=DAYS)), uuid7()
    past, keys = Commands(store, Directory(store.pool), clock), Keys(store.pool, utc_now)
    name, slug, zone = FIRM
    firm, admin = RegisterOrganization(name=name, slug=slug, time_zone=zone), RegisterPerson(name=ADMIN.name, email=ADMIN.email)
    founded = await found(past, keys, tenant, firm, admin, channel="import")
    teller = Playing(past, keys, clock, tenant)
    teller.introduce(ADMIN, founded.admin_id, founded.key)
    tale = await tell(teller)
    connections = await pool(database.dsn("projector"), size=2)
    yield Told(tale, teller.actors, Commands(store, past.directory), Runner(connections, Opener(store.vault), patience=0.0))
    await connections.close()


async def test_the_story_is_told_though_the_first_worker_is_killed(
    told: Told,
    start: Callable[..., Run],  # noqa: F811
    database: Database,
    home: Path,
) -> None:
    tale, people = told.tale, told.tale.people
    client, director = people[CLIENT.first_name], people[DIRECTOR.first_name]
    of_client = RequestReport(template="client_progress", subject_id=tale.engagement, recipients=(client,))
    of_program = RequestReport(template="program_report", subject_id=tale.program, recipients=(director,))
    reports = [await told.ask(COACH.first_name, of_client), await told.ask(DIRECTOR.first_name, of_program)]
    killed = start(THROUGHLINE_DATA=str(home))
    until(lambda: ask(database.dsn("admin"), BEGUN)[0][0])
    killed.process.kill()
    killed.process.wait()
    ask(database.dsn("admin"), END_LEASES)
    start(THROUGHLINE_DATA=str(home))
    until(lambda: ask(database.dsn("admin"), MADE) == [(len(reports),)])
    progress = await told.said(reports[0], Holder(client, tale.engagement), home)
    for words in ("Progress report", CLIENT.name, COACH.name, "Milestones", "First date", "Made of", "Evaluations"):
        assert words in progress
    program = await told.said(reports[1], Holder(tale.program, tale.program), home)
    for words in ("Program report", "Milestones on time", "Engagements that need help"):
        assert words in program
