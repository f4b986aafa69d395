"""`throughline settings`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from infra.settings import VARIABLES, Settings, Variable
from workers.cli.output import Output, json_option, output_of


@click.command()
@json_option
@output_of
def settings(output: Output) -> None:
    """List every setting: what it means, what it is by default, what it is now, and where that is said.

    What may hold a password is not shown. Ends with code 3 when a setting is missing or wrong, and names each fault.
    """
    told = Settings.from_env()
    facts = [about(variable, getattr(told, variable.field)) for variable in VARIABLES]
    lines = [f"{fact['name']:<30}  {fact['value']}  ({fact['source']})\n    {fact['meaning']}" for fact in facts]
    output.say("\n".join(lines), settings=facts)


def about(variable: Variable, value: Any) -> dict[str, Any]:
    source = variable.source(os.environ)
    hidden = variable.secret and value is not None
    return {
        "name": variable.name,
        "meaning": variable.meaning,
        "default": shown(variable.default),
        "value": "***" if hidden else shown(value),
        "source": source,
        "file": variable.of_file if variable.secret else None,
    }


def shown(value: Any) -> Any:
    return str(value) if isinstance(value, Path) else value
