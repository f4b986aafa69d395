"""`throughline doctor`."""

from __future__ import annotations

import asyncio

import click
from msgspec import to_builtins

from workers.cli.exit import Exit
from workers.cli.output import Output, json_option, output_of
from workers.doctor.examination import examine


@click.command()
@json_option
@output_of
def doctor(output: Output) -> None:
    """Check the installation, and name the cure of each fault found.

    Looks at the settings, the key file, the disk, the broker, whether a pooler in between breaks statements, the database and its
    schema, the clocks, the rights of the roles, row security, the directory, how far the read models are behind, whether the key file opens the
    keys of every organization, whether a worker follows, and whether jobs are late or failed for good. Ends with code 1 when
    something is wrong. Changes nothing.
    """
    findings = asyncio.run(examine())
    lines = [
        f"{'ok   ' if each.ok else 'FAULT'}  {each.check:<12}  {f'{each.whose}: ' if each.whose else ''}{each.seen}" for each in findings
    ]
    healthy = all(finding.ok for finding in findings)
    output.say("\n".join(lines), healthy=healthy, findings=[to_builtins(each) for each in findings])
    if not healthy:
        raise click.exceptions.Exit(Exit.FAILED)
