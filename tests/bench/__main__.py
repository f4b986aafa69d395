"""`make bench`: measures ratios side by side in one run, and shows them with their goals."""

from __future__ import annotations

import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

import click
import msgspec
import uvloop

from infra import heap
from infra.launcher.cluster import Cluster
from tests.bench.catalogue import GROUPS
from tests.bench.outcome import Report, Result, as_markdown, as_table, outcomes
from tests.bench.row import Absent, Group, Round
from tests.bench.stage import FULL, QUICK, Size, Stage
from tests.database import Databases, ask

NAMES = list(dict.fromkeys(group.name for group in GROUPS))


@click.command()
@click.option("--quick", is_flag=True, help="Three short rounds: shows that everything runs, and about where it stands.")
@click.option("--group", "names", multiple=True, type=click.Choice(NAMES), help="Only this group; may be given more than once.")
@click.option("--rounds", type=click.IntRange(min=1), help=f"Rounds; {FULL.rounds} unless --quick.")
@click.option(
    "--events",
    type=click.IntRange(min=1000),
    help=f"Events of a log that is followed or rebuilt, a tenth of a log that is long; {FULL.events:,} unless --quick.",
)
@click.option("--json", "file", type=click.Path(path_type=Path, dir_okay=False), help="Keeps the figures here, group by group.")
@click.option("--resume", is_flag=True, help="Skips the groups that --json holds already, measured to the same extent.")
@click.option("--markdown", is_flag=True, help="Prints the table as Markdown.")
@click.option("--strict", is_flag=True, help="Ends with 1 when a goal was missed.")
def bench(
    *,
    quick: bool,
    names: Sequence[str],
    rounds: int | None,
    events: int | None,
    file: Path | None,
    resume: bool,
    markdown: bool,
    strict: bool,
) -> None:
    """Measures ratios side by side in interleaved rounds: the median of ours / yardstick, beside its goal."""
    size = QUICK if quick else FULL
    size = size._replace(rounds=rounds or size.rounds, events=events or size.events)
    if resume and file is None:
        raise click.UsageError("--resume needs --json FILE: it goes on where that file ends")
    results = kept(file, size) if resume and file else []
    with cluster() as running:
        machine = facts(running)
        click.echo("\n".join(f"{name}: {value}" for name, value in machine.items()), err=True)
        databases = Databases(running)
        groups = chosen(names, results)
        for number, group in enumerate(groups, 1):
            click.echo(f"{number} of {len(groups)}, {group.name}: ", err=True, nl=False)
            results.append(measured(group, databases, size))
            if file:
                file.write_bytes(msgspec.json.format(msgspec.json.encode(Report(machine=machine, results=results))))
    click.echo(as_markdown(results) if markdown else as_table(results))
    click.echo(f"\n{'; '.join(machine.values())}; medians of {size.rounds} rounds, {size.events:,} events followed.")
    for result in results:
        if result.absent:
            click.echo(f"{result.group} was not measured: {result.absent}")
    if strict and any(one.met is False for result in results for one in result.outcomes):
        sys.exit(1)


@contextmanager
def cluster() -> Iterator[Cluster]:
    """A server that is durable, as in production; it and its folder go in the end."""
    folder = Path(tempfile.mkdtemp(prefix="tl-bench-"))
    folder.chmod(0o711)
    named = os.environ.get("THROUGHLINE_POSTGRES_BIN")
    try:
        with Cluster(folder, named=Path(named) if named else None) as running:
            yield running
    finally:
        shutil.rmtree(folder)


def chosen(names: Sequence[str], done: Sequence[Result]) -> list[Group]:
    skipped = {result.group for result in done}
    return [group for group in GROUPS if group.name not in skipped and (not names or group.name in names)]


def kept(file: Path, size: Size) -> list[Result]:
    """What an earlier run has finished, measured to the same extent."""
    if not file.exists():
        return []
    report = msgspec.json.decode(file.read_bytes(), type=Report)
    return [one for one in report.results if (one.rounds, one.seconds, one.events) == (size.rounds, size.seconds, size.events)]


def facts(running: Cluster) -> dict[str, str]:
    """What a figure depends on."""
    settings = dict(ask(running.dsn(), "SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit')"))
    return {
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "server": f"PostgreSQL {running.version}, fsync {settings['fsync']}, synchronous_commit {settings['synchronous_commit']}",
        "load": f"load average {os.getloadavg()[0]:.2f} at the start",
    }


def measured(group: Group, databases: Databases, size: Size) -> Result:
    """One group's result. Says on stderr how long it took."""
    begun, load, clock = datetime.now(UTC), os.getloadavg()[0], perf_counter()
    folder = Path(tempfile.mkdtemp(prefix=f"{group.name}-", dir=databases.cluster.home))
    folder.chmod(0o711)
    found, absent = [], None
    try:
        stage = Stage(databases, folder, size)
        found = outcomes(group, uvloop.run(rounds_of(group, stage)))
    except Absent as error:
        absent = str(error)
    click.echo(f"{perf_counter() - clock:.1f} s", err=True)
    return Result(
        group=group.name,
        rounds=size.rounds,
        seconds=size.seconds,
        events=size.events,
        begun=begun.isoformat(timespec="seconds"),
        load_average=round(load, 2),
        outcomes=found,
        absent=absent,
    )


async def rounds_of(group: Group, stage: Stage) -> list[Round]:
    async with group.run(stage) as measure:
        heap.keep()  # as every process of the product does before it begins to work
        if group.warm:
            await measure()
        return [await measure() for _ in range(min(stage.size.rounds, group.rounds or stage.size.rounds))]


if __name__ == "__main__":
    bench()
