"""`throughline jobs`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final
from uuid import UUID

import click

from infra.broker.link import Links
from infra.broker.table import Dead, Table
from infra.settings import Settings
from workers.cli.exit import Exit
from workers.cli.output import Output, json_option, output_of
from workers.embedded import worker_url

ALL: Final = 1_000_000


@click.group()
def jobs() -> None:
    """Jobs of the workers: how many wait, and those that failed for good."""


@contextmanager
def table() -> Iterator[Table]:
    dsn = worker_url(Settings.from_env())
    links = Links(lambda: dsn, "throughline command")
    try:
        yield Table(links)
    finally:
        links.close()


@jobs.command()
@json_option
@output_of
def status(output: Output) -> None:
    """Count the jobs of each queue by state, with the age of the oldest.

    A job is ready (due, and nobody has it), delayed (not due yet), leased (a worker has it) or dead (failed for good). With
    Redis or RabbitMQ in BROKER_URL, only what has not been handed over yet is counted here, and what is dead.
    """
    with table() as jobs:
        depths = jobs.depths()
    lines = [f"{depth.queue:<12} {depth.state:<8} {depth.jobs:>8}   oldest {depth.seconds:.0f} s" for depth in depths]
    output.say("\n".join(lines) or "There are no jobs.", queues=[depth._asdict() for depth in depths])


@jobs.command("list")
@click.option("--most", type=click.IntRange(1), default=1000, show_default=True, help="No more than so many, the latest ones.")
@json_option
@output_of
def list_dead(output: Output, most: int) -> None:
    """List the jobs that failed for good, the latest first."""
    with table() as jobs:
        dead = jobs.dead(most)
    lines = [f"{each.id}  {each.died_at:%Y-%m-%d %H:%M:%S}  {each.message}  {each.error}" for each in dead]
    output.say("\n".join(lines) or "No job failed for good.", jobs=[shown(each) for each in dead])


def shown(dead: Dead) -> dict[str, Any]:
    return {
        "id": dead.id,
        "queue": dead.queue,
        "actor": dead.message.actor_name,
        "arguments": dead.message.args,
        "error": dead.error,
        "enqueued_at": dead.enqueued_at.isoformat(),
        "died_at": dead.died_at.isoformat(),
    }


@jobs.command()
@click.argument("ids", type=click.UUID, nargs=-1)
@click.option("--all", "everything", is_flag=True, help="All that failed for good.")
@json_option
@output_of
def retry(output: Output, ids: tuple[UUID, ...], everything: bool) -> None:
    """Let jobs that failed for good be done again, after their cause was mended. Ends with code 5 when an id is none of theirs."""
    change(output, "retried", lambda jobs, id: jobs.retry(id), ids, everything)


@jobs.command()
@click.argument("ids", type=click.UUID, nargs=-1)
@click.option("--all", "everything", is_flag=True, help="All that failed for good.")
@json_option
@output_of
def drop(output: Output, ids: tuple[UUID, ...], everything: bool) -> None:
    """Delete jobs that failed for good, and never do them. Ends with code 5 when an id is none of theirs."""
    change(output, "dropped", lambda jobs, id: jobs.drop(id), ids, everything)


def change(output: Output, done: str, act: Callable[[Table, UUID], bool], ids: tuple[UUID, ...], everything: bool) -> None:
    """Acts on each job that was named, also when another one is not there."""
    if bool(ids) == everything:
        raise click.UsageError("name the ids of jobs (`throughline jobs list` shows them), or --all")
    with table() as jobs:
        wanted = [each.id for each in jobs.dead(ALL)] if everything else list(ids)
        found = [id for id in wanted if act(jobs, id)]
    missing = [] if everything else [id for id in wanted if id not in found]
    lines = [f"{len(found)} {done}.", *(f"{id} is not among those that failed for good." for id in missing)]
    output.say("\n".join(lines), **{done: [str(id) for id in found], "missing": [str(id) for id in missing]})
    if missing:
        raise click.exceptions.Exit(Exit.REFUSED)
