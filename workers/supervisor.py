"""`throughline up`: PostgreSQL, the schema, then API, projector and worker as child processes, restarted when they end.

It imports none of them. Each child has its own event loop and connection pool, and dies with this process, by kill -9 too.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Final, NamedTuple

import click
from msgspec.structs import asdict

from infra.keys import FileKeyProvider
from infra.launcher.cluster import Cluster, untried
from infra.launcher.errors import Unstartable
from infra.launcher.process import ends_with_parent
from infra.settings import Misconfigured, Settings
from workers.cli.exit import Exit
from workers.demo import guide, keys
from workers.demo.history import note
from workers.demo.history.size import FIRST_START, Size
from workers.embedded import DATABASE, make_database, make_key_file, require_key_folder
from workers.entrance import ROLES, require_entrance
from workers.opening import require_keys
from workers.port import listening
from workers.schema import connected, prepare

BACK_OFF_SECONDS: Final = (0.1, 10.0)  # the first pause before a restart, and the longest: each is twice the one before
STEADY_SECONDS: Final = 30  # after running for so long, an end counts as the first again
END_SECONDS: Final = 3  # then a child that was asked to end is killed
LOOK_SECONDS: Final = 0.05
HEALTHY_SECONDS: Final = 60
NICE: Final = ("nice", "-n", "15")  # before a command: whoever else wants the processor gets it first

Environment = Mapping[str, str]


class Databases(NamedTuple):
    """How each process reaches the database. `fresh` is true on the first start of the embedded one."""

    app: str
    projector: str
    worker: str
    fresh: bool


class Phases:
    """What is printed while starting: what was done, and after how many seconds."""

    def __init__(self) -> None:
        self.began = time.monotonic()

    def say(self, text: str) -> None:
        self.show(f"{time.monotonic() - self.began:6.2f} s  {text}")

    def show(self, text: str) -> None:
        """Nobody may be reading any more (a closed terminal, `| head`): what has to be stopped is stopped all the same."""
        with suppress(OSError):
            click.echo(text)


def run(settings: Settings, *, demo: bool | None, history: bool) -> None:
    """Everything, until Ctrl-C or SIGTERM. `demo` None plays the story on the first start of the embedded database.

    With `history`, a first start that plays the story goes on with a year of a whole firm, and a later one with what was left.

    Raises `Misconfigured`, `KeyUnavailable`, `NoEntrance`, `Unstartable`, `OtherSchema` or `MigrationFailed` when there is no starting.
    """
    phases = Phases()
    listening(settings.host, settings.port).close()  # fail now, with a clear word, rather than after a minute
    if settings.database_url is not None:
        databases = external(settings, settings.database_url, phases)
        asyncio.run(serve(settings, databases, None, phases, demo=bool(demo), history=False))
        return
    require_key_folder(settings)
    if warning := untried():
        phases.say(warning)
    with Cluster(settings.data, named=settings.postgres_bin, run_as=settings.run_as) as cluster:
        phases.say(f"PostgreSQL {cluster.version} runs on {cluster.data}")
        databases = embedded(settings, cluster, phases)
        play = databases.fresh if demo is None else demo
        if play and databases.fresh and history and not note.path(settings).exists():
            note.write(settings, note.Note(FIRST_START))
        asyncio.run(serve(settings, databases, cluster, phases, demo=play, history=history))


def external(settings: Settings, app: str, phases: Phases) -> Databases:
    if settings.projector_database_url is None or settings.worker_database_url is None:
        raise Misconfigured(
            "PROJECTOR_DATABASE_URL and WORKER_DATABASE_URL: are needed by `up` beside DATABASE_URL. Name the roles throughline_projector "
            "and throughline_worker, or unset all three to use the embedded PostgreSQL."
        )
    if settings.migration_database_url:
        asyncio.run(require_entrance("MIGRATION_DATABASE_URL", settings.migration_database_url))
        apply(settings.migration_database_url, phases)
    found = Databases(app, settings.projector_database_url, settings.worker_database_url, fresh=False)
    for variable, dsn in zip(ROLES, found[:3], strict=True):
        asyncio.run(require_entrance(variable, dsn))
    asyncio.run(open_keys(found.projector, settings))
    return found


def embedded(settings: Settings, cluster: Cluster, phases: Phases) -> Databases:
    assert cluster.address is not None  # it has just been started
    empty = make_database(cluster.address)
    make_key_file(settings, empty=empty)
    apply(cluster.dsn(database=DATABASE), phases)
    fresh = empty or keys.is_unfinished(settings)
    app, projector, worker = (cluster.dsn(f"throughline_{role}", DATABASE) for role in ("app", "projector", "worker"))
    asyncio.run(open_keys(projector, settings))
    return Databases(app, projector, worker, fresh)


async def open_keys(dsn: str, settings: Settings) -> None:
    """Raises `KeyUnavailable` when the key file is not the one that the database was written with."""
    connection = await connected(dsn)
    try:
        await require_keys(connection, FileKeyProvider(settings.key_file))
    finally:
        await connection.close()


def apply(dsn: str, phases: Phases) -> None:
    applied = prepare(dsn)
    phases.say(f"schema made by {len(applied)} migrations" if applied else "schema is up to date")


async def serve(settings: Settings, databases: Databases, cluster: Cluster | None, phases: Phases, *, demo: bool, history: bool) -> None:
    """Keeps the children running until a signal comes, then ends them."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    app, projector = environment(settings, databases.app), environment(settings, databases.projector)
    worker = {**app, "WORKER_DATABASE_URL": databases.worker}
    children = [keep("api", app, phases), keep("projector", projector, phases), keep("worker", worker, phases)]
    jobs = [*children, welcome(settings, app, phases, demo=demo, history=history)]
    if cluster is not None:
        jobs.append(keep_server(cluster, phases))
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(job) for job in jobs]
        await stop.wait()
        phases.say("stopping")
        for task in tasks:
            task.cancel()


def environment(settings: Settings, dsn: str) -> Environment:
    """A child's own: the same settings, and its role's database."""
    kept = {name: value for name, value in os.environ.items() if not name.removesuffix("_FILE").endswith("DATABASE_URL")}
    own = {"DATABASE_URL": dsn, "THROUGHLINE_KEY_FILE": str(settings.key_file), "THROUGHLINE_DATA": str(settings.data)}
    return {**kept, **own, "THROUGHLINE_DRAIN_SECONDS": "0"}  # nobody shares work out to several of it


async def keep(name: str, env: Environment, phases: Phases) -> None:
    """Runs a subcommand for ever: when it ends, it is started again, at ever longer intervals while it keeps ending.

    Not when the schema is another release's: only a start of the whole brings the schema to the files that are there now.
    """
    first, longest = BACK_OFF_SECONDS
    pause = first
    while True:
        began = time.monotonic()
        code = await child(name, env=env)
        if code == Exit.SCHEMA:
            return phases.say(f"{name} stays ended: the files of another release are installed. Stop and start `throughline up`")
        if time.monotonic() - began > STEADY_SECONDS:
            pause = first
        phases.say(f"{name} ended ({ending(code)}); starting it again in {pause:.1f} s")
        await asyncio.sleep(pause)
        pause = min(pause * 2, longest)


async def child(*arguments: str, env: Environment, behind: bool = False) -> int:
    """Runs one subcommand to its end, `behind` all others. When cancelled, asks it to end, and kills it when it does not."""
    process = await asyncio.create_subprocess_exec(
        *(NICE if behind else ()), sys.executable, "-m", "workers.cli.main", *arguments, env=env, stdin=asyncio.subprocess.DEVNULL, start_new_session=True,
        preexec_fn=ends_with_parent(signal.SIGKILL),
    )  # fmt: skip
    try:
        return await process.wait()
    except asyncio.CancelledError:
        with suppress(ProcessLookupError):
            process.terminate()
        try:
            await asyncio.wait_for(process.wait(), END_SECONDS)
        except TimeoutError:
            process.kill()
            await process.wait()
        raise


def ending(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"


async def keep_server(cluster: Cluster, phases: Phases) -> None:
    """Starts PostgreSQL again when it ends by itself. The others wait and reconnect."""
    pause, longest = BACK_OFF_SECONDS
    while True:
        while (code := cluster.exit_code()) is None:  # noqa: ASYNC110 - a process sets no event
            await asyncio.sleep(LOOK_SECONDS)
        phases.say(f"PostgreSQL ended ({ending(code)}); starting it again")
        try:
            cluster.start()  # not in a thread: the kernel ends the server with the thread that started it
            pause = BACK_OFF_SECONDS[0]
            phases.say("PostgreSQL runs again")
        except Unstartable as fault:
            phases.say(f"{fault}\nTrying again in {pause:.0f} s")
            await asyncio.sleep(pause)
            pause = min(pause * 2, longest)


async def welcome(settings: Settings, env: Environment, phases: Phases, *, demo: bool, history: bool) -> None:
    """Says when the API answers, then plays the story if it is wanted, then shows the keys, then writes what is left of a history."""
    address = f"http://{settings.host}:{settings.port}"
    if not await soon(lambda: is_healthy(settings)):
        phases.say(f"{address} has not answered for {HEALTHY_SECONDS} s: see what the API says above")
        return
    phases.say(f"{address}/ answers with the pages (reference of the API: {address}/docs)")
    if settings.mail_url is None:
        phases.say(f"mails are not sent, but kept in {settings.mailbox}, and shown at {address}/mailbox")
    if demo:
        keys.begin(settings)
        code = await child("demo", env=env)
        phases.say("the demo story was played" if code == 0 else f"the demo story failed ({ending(code)}): see above")
    if keys.read(settings):
        phases.show(keys.shown(settings))
    if keys.of(settings, keys.STORY):
        phases.show(guide.shown(address))
    if history and (size := note.unfinished(settings)):
        await write_history(size, env, phases)


async def write_history(size: Size, env: Environment, phases: Phases) -> None:
    """While everything else runs, and behind it."""
    phases.say("writing a year of a whole firm in the background; stopped in the middle, the next start goes on with it")
    code = await child("demo", *(f"--{name}={number}" for name, number in asdict(size).items()), env=env, behind=True)
    phases.say(
        "the history is written" if code == 0 else f"the history broke off ({ending(code)}): see above; the next start goes on with it"
    )


async def soon(condition: Callable[[], Awaitable[bool]]) -> bool:
    """True as soon as the condition holds, False when it does not in time."""
    ends_at = time.monotonic() + HEALTHY_SECONDS
    while time.monotonic() < ends_at:
        if await condition():
            return True
        await asyncio.sleep(LOOK_SECONDS)
    return False


async def is_healthy(settings: Settings) -> bool:
    try:
        reader, writer = await asyncio.open_connection(settings.host, settings.port)
    except OSError:
        return False
    try:
        writer.write(b"GET /health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        return b" 200 " in await reader.readline()
    except OSError:
        return False
    finally:
        writer.close()
