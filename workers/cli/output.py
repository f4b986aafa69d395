"""What a command says: text for people on standard output, or one JSON object with `--json`."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


class Output:
    """The answer of one command. `as_json` is set by its `--json`."""

    def __init__(self) -> None:
        self.as_json = False

    def say(self, text: str, **facts: Any) -> None:
        """The answer, once a command: the text, or the facts."""
        click.echo(json.dumps(facts, default=str) if self.as_json else text)

    def tell(self, text: str, **facts: Any) -> None:
        """How far it is, on standard error."""
        click.echo(json.dumps({"progress": facts}, default=str) if self.as_json else text, err=True)

    def fail(self, text: str, code: int, kind: str) -> None:
        """Why there is no answer, on standard error."""
        click.echo(
            json.dumps({"error": kind, "exit_code": code, "message": text}) if self.as_json else f"throughline: {text}", file=sys.stderr
        )


output_of = click.make_pass_decorator(Output)


def json_option(function: F) -> F:
    """Adds `--json` to a command."""

    def choose(context: click.Context, parameter: click.Parameter, value: bool) -> None:
        context.ensure_object(Output).as_json = value

    option = click.option("--json", is_flag=True, expose_value=False, is_eager=True, callback=choose, help="Answer as one JSON object.")
    return option(function)
