"""A made-up year of a firm: written by the rules, the same for the same seed, gone on with after a kill."""

from __future__ import annotations

import json
import re
import signal
import subprocess
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import asyncpg
from msgspec.structs import asdict

from infra.eventstore.feed import Fed, feed
from infra.eventstore.opening import Opener
from infra.eventstore.vault import Vault
from infra.keys import FileKeyProvider
from infra.postgres import pool
from infra.settings import Settings
from projections.kpi.board import INDICATORS, board
from projections.kpi.disclosure import counted
from projections.kpi.facts import Facts
from projections.kpi.period import Asked, Period
from projections.kpi_board import KPI_BOARD, opened
from tests.database import Database, ask
from tests.infra.told import sealed_values
from tests.waiting import until
from tests.workers.installation import surroundings, throughline
from workers.demo import keys
from workers.demo.history import note
from workers.demo.history.load import day_of, loading, tenant_for
from workers.demo.history.size import Size

SMALL = Size(coaches=2, clients=6, months=3, seed=7)
TODAY = date(2026, 11, 20)
EVENTS = "SELECT count(*) FROM es.event"
PLANS = f"{EVENTS} WHERE type = 'plan.plan_drafted'"
OF_BYTES = {"_", "digest", "based_on"}  # made of stored bytes, which are salted


def settings_of(database: Database, provider: FileKeyProvider, home: Path) -> Settings:
    return Settings.from_env(
        {"DATABASE_URL": database.dsn("app"), "THROUGHLINE_KEY_FILE": str(provider.path), "THROUGHLINE_DATA": str(home)}
    )


async def log_of(database: Database, size: Size, today: date) -> list[Fed]:
    connection = await asyncpg.connect(database.dsn("app"))
    try:
        return await feed(connection, tenant_for(size, today), 0, 100_000)
    finally:
        await connection.close()


async def told(database: Database, provider: FileKeyProvider, size: Size, today: date) -> dict[Any, Any]:
    """What happened, by stream and version, in the clear and without what is made of salts."""
    events, tenant = await log_of(database, size, today), tenant_for(size, today)
    connections = await pool(database.dsn("app"))
    try:
        opened = await Opener(Vault(provider)).open(connections, tenant, [value for fed in events for value in sealed_values(fed)])
    finally:
        await connections.close()
    return {
        (fed.stream, fed.version): (fed.type, fed.occurred_at, fed.meta, plain(json.loads(fed.payload or b"{}"), opened)) for fed in events
    }


def plain(value: Any, opened: dict[str, Any]) -> Any:
    if isinstance(value, dict):
        return {name: plain(one, opened) for name, one in value.items() if name not in OF_BYTES}
    if isinstance(value, list):
        return [plain(one, opened) for one in value]
    return opened.get(value, value) if isinstance(value, str) else value


async def test_the_same_seed_makes_the_same_history_and_another_one_another(
    make_database: Callable[[], Database], provider: FileKeyProvider, home: Path
) -> None:
    databases = make_database(), make_database()
    for number, database in enumerate(databases):
        await loading(settings_of(database, provider, home / str(number)), SMALL, print, TODAY)
    first, second = [await told(database, provider, SMALL, TODAY) for database in databases]
    assert len(first) > 250
    assert first == second
    other = Size(coaches=2, clients=6, months=3, seed=8)
    await loading(settings_of(databases[0], provider, home / "0"), other, print, TODAY)
    assert len(await told(databases[0], provider, other, TODAY)) != len(first)


async def test_written_again_on_another_day_it_adds_nothing_and_keeps_its_directors_key(
    database: Database, provider: FileKeyProvider, home: Path
) -> None:
    settings = settings_of(database, provider, home)
    await loading(settings, SMALL, print, TODAY)
    events, shown = ask(database.dsn("admin"), EVENTS), keys.of(settings, SMALL.slug)
    await loading(settings, SMALL, print, TODAY + timedelta(days=40))
    assert ask(database.dsn("admin"), EVENTS) == events
    assert keys.of(settings, SMALL.slug) == shown
    assert [key.role for key in shown] == ["program_manager"]


def killed(command: list[str], environment: dict[str, str], database: Database) -> int:
    """Starts it, ends it by kill -9 when some plans are written, and returns how many events there are."""
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process:
        until(lambda: ask(database.dsn("admin"), PLANS)[0][0] > 3)
        process.send_signal(signal.SIGKILL)
    return int(ask(database.dsn("admin"), EVENTS)[0][0])


def finished(command: list[str], environment: dict[str, str]) -> str:
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout


async def test_killed_in_the_middle_it_goes_on_to_what_it_would_have_been(
    make_database: Callable[[], Database], provider: FileKeyProvider, home: Path
) -> None:
    size, database, whole = Size(coaches=2, clients=40, months=3, seed=7), make_database(), make_database()
    settings = settings_of(database, provider, home)
    around = surroundings(DATABASE_URL=database.dsn("app"), THROUGHLINE_KEY_FILE=str(provider.path), THROUGHLINE_DATA=str(home))
    command = throughline("demo", *(f"--{name}={number}" for name, number in asdict(size).items()))
    written = killed(command, around, database)
    assert note.unfinished(settings) == size
    assert re.search(r"history: all of it, [\d,]+ events, [\d,]+ a second", finished(command, around))
    assert note.unfinished(settings) is None
    today = day_of(ask(database.dsn("admin"), f"SELECT tenant_id FROM directory.find_slug('{size.slug}')")[0][0])
    await loading(settings_of(whole, provider, home / "whole"), size, print, today)
    resumed = await told(database, provider, size, today)
    assert len(resumed) > written
    assert resumed == await told(whole, provider, size, today)


async def test_every_indicator_has_something_to_say_of_it_and_counts_whom_it_would_count_alone(
    database: Database, provider: FileKeyProvider, home: Path
) -> None:
    """But of how engagements end, what raters and surveys were answered, and attainment: of these it tells nothing, or of too few clients.

    What the floor of a sponsor's report is held against is whom each number itself counts.
    """
    size = Size(coaches=2, clients=6, months=12, seed=7)  # long enough for evaluations to fall due, and for a second rating of the alliance
    await loading(settings_of(database, provider, home), size, print, TODAY)
    facts: dict[Any, Facts] = {}
    for fed in await log_of(database, size, TODAY):
        if (key := KPI_BOARD.key(fed)) is not None:
            facts[key] = KPI_BOARD.apply(facts.get(key), fed)
    asked = Asked(period=Period.of("to_date"), today=TODAY, zone=ZoneInfo("Europe/Berlin"), position=1, cadences={0: 30})
    connections = await pool(database.dsn("app"))
    try:
        known = await opened(list(facts.values()), Opener(Vault(provider)), connections, tenant_for(size, TODAY))
    finally:
        await connections.close()
    shown = board(known, asked)
    assert shown.engagements == size.clients
    untold = {"engagement_completion", "response_rate", "gain_360", "self_other_gap", "attainment_score", "attainment_change"}
    surveys = {"survey_response_rate", "survey_nps", "survey_stars"}
    assert {kpi.name for kpi in shown.kpis if kpi.value is None} <= untold | surveys
    assert shown.needs_help
    groups = {name: len(clients) for name, clients in counted(known, asked).items()}
    assert groups == {kpi.name: kpi.clients or 0 for kpi in (indicator(known, asked) for indicator in INDICATORS)}
