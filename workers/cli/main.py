"""The group of all commands, and the way each of them ends."""

from __future__ import annotations

import importlib
import sys
from typing import Any, Final

import click

from infra.logging import configure
from workers.cli.exit import MEANING, Exit, exit_of
from workers.cli.output import Output

COMMANDS: Final = {
    "up": "workers.cli.up:up",
    "api": "workers.cli.api:api",
    "projector": "workers.cli.projector:projector",
    "worker": "workers.cli.worker:worker",
    "migrate": "workers.cli.migrate:migrate",
    "demo": "workers.cli.demo:demo",
    "tenant": "workers.cli.tenant:tenant",
    "key": "workers.cli.key:key",
    "jobs": "workers.cli.jobs:jobs",
    "settings": "workers.cli.settings:settings",
    "doctor": "workers.cli.doctor:doctor",
    "verify": "workers.cli.verify:verify",
    "backup": "workers.cli.backup:backup",
    "restore": "workers.cli.backup:restore",
    "audit": "workers.cli.audit:audit",
    "rebuild": "workers.cli.rebuild:rebuild",
    "projections": "workers.cli.projections:projections",
}


class Commands(click.Group):
    """The commands by name. Only the one that is called is imported, so that `up` starts at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Exit codes"):
            formatter.write_dl([(str(int(code)), meaning) for code, meaning in MEANING.items()])
        with formatter.section("Settings, from the environment"):
            from infra.settings import VARIABLES

            formatter.write_dl([(variable.name, variable.meaning) for variable in VARIABLES])
            formatter.write_text("One that may hold a password can stand in a file: NAME_FILE names it.")


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 120})
def throughline() -> None:
    """Coaching plans on a log that loses nothing.

    `throughline up` runs everything with its own PostgreSQL. With a PostgreSQL of yours: `throughline migrate` once a release,
    then `throughline api`, `throughline projector` and `throughline worker`, as many of each as you like.
    """


def run(arguments: list[str]) -> int:
    """Runs one command and returns its exit code."""
    output = Output()
    try:
        ended = throughline.main(arguments, prog_name="throughline", standalone_mode=False, obj=output)
    except click.ClickException as fault:
        if output.as_json:
            output.fail(fault.format_message(), fault.exit_code, "usage")
        else:
            fault.show()
        return fault.exit_code
    except (KeyboardInterrupt, click.Abort):
        return 130  # what a shell says of a command that was ended by Ctrl-C
    except Exception as error:
        code = exit_of(error)
        if code is None:
            raise
        output.fail(str(error) or type(error).__name__, code, code.name.lower())
        return code
    return ended if isinstance(ended, int) else Exit.OK  # an int is what a command gave to `Exit`


def main() -> Any:
    """The entry point. What is logged goes to standard error; commands that run for long say how much they log."""
    configure("throughline", "warning")
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
