"""`throughline audit`."""

from __future__ import annotations

import asyncio
from typing import Any, Final
from uuid import UUID

import click
import msgspec
from msgspec import UNSET

from domain.values import NIL
from infra.settings import Settings
from services.actor import OPERATOR, Actor
from services.audit.question.answers import FindingsAnswer, Parameters
from services.audit.question.ask import find_answer
from services.audit.question.table import BY_SLUG, QUESTIONS, Question
from workers.cli.output import Output, json_option, output_of
from workers.office import office

HELP: Final = {
    "at": "A day (2026-03-01) or a moment (2026-03-01T10:00:00Z).",
    "from": "The earlier moment: a day, a time, position:812, approval:7, signature:4 or occurred:2026-03-01.",
    "to": "The later moment, written like the earlier one.",
}


class Questions(click.Group):
    """A command a question, made from the table."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*super().list_commands(ctx), *(one.slug for one in QUESTIONS if one.find is not None)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        question = BY_SLUG.get(cmd_name)
        if question is None:
            return super().get_command(ctx, cmd_name)
        if question.find is None:
            raise click.UsageError(f"{cmd_name} cannot be asked yet: it waits for {question.waits_for}.", ctx)
        return command_of(question)


@click.group(cls=Questions)
def audit() -> None:
    """The questions of an audit, answered from the log of one organization.

    As the operator you see ids, dates, numbers, codes and digests, never names or words; an auditor's key asks the same over
    HTTP and on the page /audit.
    """


@audit.command()
@json_option
@output_of
def questions(output: Output) -> None:
    """List the questions, and what those wait for that cannot be answered yet."""
    lines = [f"{one.number:>2}  {one.slug:<22} {one.text}{f' (waits for {one.waits_for})' if one.waits_for else ''}" for one in QUESTIONS]
    items = [{"number": one.number, "slug": one.slug, "question": one.text, "waits_for": one.waits_for} for one in QUESTIONS]
    output.say("\n".join(lines), items=items)


def command_of(question: Question) -> click.Command:
    """The question as a command: its parameters are the options, its evidence the help."""

    @click.option("--tenant", "slug", required=True, help="The organization's short name.")
    @json_option
    @output_of
    def ask(output: Output, /, slug: str, about: UUID | None = None, cursor: str | None = None, **moments: str | None) -> None:
        given = Parameters(about=about, at=moments.get("at"), since=moments.get("from_"), to=moments.get("to"), cursor=cursor)
        answer = asyncio.run(asked(slug, question, given))
        output.say(text_of(answer), **facts(answer))

    about = f"The id of what it is about: {', '.join(question.about)}. Default: the whole organization."
    ask = click.option("--about", type=click.UUID, required=question.needs_about, help=about)(ask)
    ask = click.option("--cursor", help="Where the page begins: `next_cursor` of the one before.")(ask)
    for name in question.parameters:
        ask = click.option(f"--{name}", "from_" if name == "from" else name, help=HELP[name])(ask)
    return click.command(question.slug, help=f"{question.text}\n\nEvidence: {question.evidence}", short_help=question.text)(ask)


async def asked(slug: str, question: Question, given: Parameters) -> FindingsAnswer:
    settings = Settings.from_env()
    async with office(settings) as staff:
        operator = Actor(await staff.tenant_of(slug), NIL, OPERATOR, NIL)
        return (await find_answer(None, staff.reads(), staff.files(settings.blobs), operator, question, given)).answer


def facts(answer: FindingsAnswer) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.to_builtins(answer)
    return found


def text_of(answer: FindingsAnswer) -> str:
    """What stands out begins with an exclamation mark; beneath each are the events that prove it."""
    head = f"{answer.count} found in {answer.examined} examined, up to position {answer.position}; {answer.standing_out} stand out."
    lines = [answer.question, head]
    for one in answer.findings:
        lines.append(f"{'!' if one.stands_out else ' '} {one.sentence}")
        lines += [f"    position {each.position}, event {each.event_id}, sha256 {each.payload_hash}" for each in one.evidence]
    if answer.note is not None:
        lines.append(answer.note)
    if answer.next_cursor is not UNSET:
        last = answer.first + len(answer.findings) - 1
        lines.append(f"{answer.first} to {last} of {answer.count} are shown. For the next ones: --cursor {answer.next_cursor}")
    return "\n".join(lines)
