"""The only place where the application is put together."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from functools import cache
from importlib.metadata import version
from typing import Any, Final

import asyncpg
from litestar import Litestar
from litestar.exceptions import NotFoundException
from litestar.handlers import HTTPRouteHandler
from litestar.routes import HTTPRoute

from infra import postgres
from infra.blobs import Folder
from infra.drain import Drain
from infra.eventstore.store import Store
from infra.eventstore.vault import Vault
from infra.keys import FileKeyProvider
from infra.settings import Settings
from projections.wake import Bell
from services import installation
from services.act.acting import Acts
from services.address.changing import AddressChanges
from services.answers import HANDLERS, finish
from services.assessment import instrument, rater
from services.assessment import routes as assessment
from services.audit import routes as audit
from services.audit.access import routes as access
from services.audit.ledger import routes as ledger
from services.audit.ledger.memory import Memory as Pages
from services.audit.question import routes as question
from services.audit.question.memory import Memory as Answers
from services.board import routes as board
from services.board.memory import Memory
from services.bulk import routes as bulk
from services.command.execution import Commands, utc_now
from services.contract.catalogue import cards
from services.contract.openapi import document
from services.directory import Directory
from services.documentation import page as documentation
from services.door import command_routes
from services.engagement import routes as engagement
from services.entry.arrival import punctual
from services.entry.attempt import Attempts
from services.entry.auth import Keys
from services.entry.host import hosted
from services.entry.limit import Limits
from services.entry.parameter import require_readable
from services.evaluation import routes as evaluation
from services.key import routes as key
from services.mail_link import routes as mail_link
from services.mail_link.link import MailLinks
from services.organization import routes as organization
from services.pages.audit import AUDIT_PAGES
from services.pages.chart import Charts
from services.pages.mailbox import mailbox_of
from services.pages.problem import PROBLEMS
from services.pages.refusal import nowhere
from services.pages.routes import ASSETS, PAGES
from services.permission import table
from services.person import routes as person
from services.plan import routes as plan
from services.plan.memory import Memory as Plans
from services.problems import without_status
from services.program import routes as program
from services.provision import provided
from services.reading.caching import Tags
from services.reading.reads import Reads
from services.reading.recorder import Recorder
from services.report import routes as report
from services.report.files import Files
from services.report.link import Links
from services.respondent.answering import Respondents
from services.session import routes as session
from services.sign_in import routes as sign_in
from services.sign_in.life import SignIns
from services.survey import respondent as survey_respondent
from services.survey import routes as survey

CLOSE_SECONDS: Final = 5

READS: Final[Sequence[HTTPRouteHandler]] = (
    *organization.ROUTES,
    *person.ROUTES,
    *program.ROUTES,
    *engagement.ROUTES,
    *assessment.ROUTES,
    *plan.ROUTES,
    *session.ROUTES,
    *evaluation.ROUTES,
    *report.ROUTES,
    *board.ROUTES,
    *audit.ROUTES,
    *access.ROUTES,
    *ledger.ROUTES,
    *question.ROUTES,
    *key.ROUTES,
    *sign_in.ROUTES,
    *mail_link.ROUTES,
    *rater.ROUTES,
    *instrument.ROUTES,
    *survey_respondent.ROUTES,
    *survey.ROUTES,
    *installation.ROUTES,
)


def create_app(settings: Settings, clock: Callable[[], datetime] = utc_now) -> Litestar:
    """The application. Connects when it starts, and works again by itself after the database was away.

    Raises `ValueError` when a route has no action or a refusal no status.
    """
    require_statuses()
    app = Litestar(
        route_handlers=[*command_routes(), *bulk.ROUTES, *READS, *documentation.ROUTES, *ASSETS, PAGES, AUDIT_PAGES, PROBLEMS],
        dependencies=provided(),
        exception_handlers={**HANDLERS, NotFoundException: nowhere},
        guards=[require_readable],
        before_send=[finish],
        middleware=[hosted, punctual(settings.patience_seconds)],
        lifespan=[connected(settings, clock)],
        openapi_config=None,
        logging_config=None,
        request_max_body_size=None,  # the door has a limit of its own, and reads to the end so that its answer arrives
    )
    require_actions(app)
    app.state.drain = Drain()
    app.state.mailbox = mailbox_of(settings)
    app.state.site = settings.address
    app.state.document = cache(lambda: document(app, cards(), version("throughline")))  # as slow to make as the rest, and few ask for it
    return app


def connected(settings: Settings, clock: Callable[[], datetime]) -> Any:
    """What lives as long as the application. Ending it waits for what is under way."""

    @asynccontextmanager
    async def lifespan(app: Litestar) -> AsyncIterator[None]:
        provider = FileKeyProvider(settings.key_file)
        pool = await postgres.pool(
            settings.database_url or "",
            name="throughline api",
            size=settings.pool_size,
            command_seconds=settings.statement_seconds,
            lock_seconds=settings.lock_seconds,
            shared=True,
        )
        apart = await postgres.pool(
            settings.database_url or "", name="throughline health", size=1, command_seconds=settings.statement_seconds
        )
        store = Store(pool, Vault(provider))
        bell = Bell(apart)
        furnish(app, settings, clock, store, bell)
        app.state.health = installation.Health(apart, provider, app.state.drain)
        app.state.charts = Charts()
        app.state.charts.start()
        keys: Keys = app.state.api_keys
        beside = [asyncio.create_task(running) for running in (bell.run(), keys.uses.run())]
        try:
            yield
        finally:
            for task in beside:
                task.cancel()
            await keys.uses.note()
            await app.state.charts.stop()
            await app.state.recorder.settle()
            await store.settle()
            await asyncio.gather(closed(pool), closed(apart))

    return lifespan


def furnish(app: Litestar, settings: Settings, clock: Callable[[], datetime], store: Store, bell: Bell) -> None:
    """What routes are given, on the connections of the store."""
    pool, vault = store.pool, store.vault
    app.state.commands = Commands(store, Directory(pool), clock, appended=bell.ring)
    app.state.recorder = Recorder(app.state.commands.execute)
    app.state.reads = Reads(store, pool, clock, app.state.recorder)
    app.state.boards = Memory()
    app.state.ledgers = Pages()
    app.state.plans = Plans()
    app.state.answers = Answers()
    app.state.api_keys = keys = Keys(pool, clock)
    app.state.sign_ins = SignIns(keys)
    app.state.attempts = attempts = Attempts(pool, clock, settings.trusted_proxies)
    app.state.mail_links = MailLinks(pool, vault, attempts, clock)
    app.state.respondents = Respondents(pool, vault, clock)
    app.state.acts = Acts(app.state.commands)
    app.state.address_changes = AddressChanges(app.state.commands)
    app.state.limits = Limits(pool, settings.requests_per_minute, settings.organization_requests_per_minute)
    app.state.tags = Tags(pool, vault)
    app.state.files = Files(pool, vault, Folder(settings.blobs))
    app.state.links = Links(pool, vault, clock)


def pool_of(app: Litestar) -> postgres.Pool | None:
    """The connections of an application; None before it has started."""
    reads: Reads | None = getattr(app.state, "reads", None)
    return reads.connections if reads else None


async def closed(pool: asyncpg.Pool) -> None:
    """Waits for what is under way, but not for ever: a process that is asked to end ends."""
    try:
        async with asyncio.timeout(CLOSE_SECONDS):
            await pool.close()
    except TimeoutError:
        pool.terminate()


def require_statuses() -> None:
    if missing := without_status():
        raise ValueError(f"refusals without a status in services/problems.py: {', '.join(missing)}")


def require_actions(app: Litestar) -> None:
    """Every route names an action of the policy's table, or says that it is public."""
    routes = [route for route in app.routes if isinstance(route, HTTPRoute)]
    handlers = [handler for route in routes for handler in route.route_handlers if handler.http_methods != {"OPTIONS"}]
    without = [handler.handler_name for handler in handlers if handler.opt.get("action") not in {*table.MAY, table.PUBLIC}]
    if without:
        raise ValueError(f"routes without an action of services/permission/table.py: {', '.join(without)}")
