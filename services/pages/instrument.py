"""The page of questionnaires: what needs assessments can be launched with, and forms that add one of the firm's own, change and retire it.

A form without a script has one field for all statements: a line of a competency, `courage: Courage`, and below it a line for each of its
statements, as the client reads it about themselves and, after a bar, as others read it about the client.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import msgspec
from litestar import Request, Response, post
from litestar.datastructures import FormMultiDict
from litestar.di import NamedDependency
from litestar.params import FromQuery

from domain.command import Command
from domain.organization.commands import AddInstrument, RetireInstrument
from domain.organization.state import OrganizationState
from domain.questionnaire import LicensedInstrument
from services.actor import Actor
from services.assessment.instrument import InstrumentAnswer, known
from services.command.execution import Commands
from services.entry.auth import Keys
from services.entry.body import decode
from services.pages.done import Errand, carried_out, received
from services.pages.form import asked_for, filled, lines_of, number
from services.pages.page import page
from services.pages.reader import INSTRUMENTS, page_reader
from services.pages.sent import NOTHING_SENT, Sent
from services.pages.sign_in import FORM_BYTES
from services.permission.table import PUBLIC
from services.reading.reads import Reads
from services.reading.route import get

COMMANDS: Final[dict[str, type[Command]]] = {"add": AddInstrument, "retire": RetireInstrument}
DONE: Final = {
    "add": "The questionnaire is kept. Assessments are launched with it as it stands now.",
    "retire": "Nothing is launched with it any more. What was launched goes on.",
}
"""What a form did, by its name."""
LANGUAGES: Final = (("en", "English"), ("de", "German"))
"""Those that the form offers; over HTTP it may be any."""
PARTS: Final = frozenset({"anchors", "competencies"})
"""Fields of several lines, each with more than one place in the command."""


@get(INSTRUMENTS, name="instruments_page", opt={"action": "add_instrument", "page": True})
async def instruments(
    request: Request[Any, Any, Any], actor: NamedDependency[Actor], reads: NamedDependency[Reads], done: FromQuery[str] = ""
) -> Response[str]:
    return await instruments_page(request, reads, actor, done=DONE.get(done, ""))


async def instruments_page(
    request: Request[Any, Any, Any], reads: Reads, actor: Actor, *, sent: Sent = NOTHING_SENT, done: str = ""
) -> Response[str]:
    """Those of the firm first, also what it retired, which a new version brings back."""
    look = await reads.look(actor, "add_instrument")
    organization: OrganizationState = look.organization
    product: Sequence[InstrumentAnswer] = [one for one in known(look).values() if one.brought_by == "product"]
    return page(
        "instruments.html",
        status=sent.status,
        reader=await page_reader(request, reads, actor),
        here=INSTRUMENTS,
        own=[*organization.instruments.values()],
        retired=organization.retired_instruments,
        product=product,
        statements=statements_of,
        languages=LANGUAGES,
        locale=organization.locale,
        sent=sent,
        done=done,
    )


def statements_of(one: LicensedInstrument) -> str:
    """As the form has them."""
    blocks = (
        [f"{each.competency}: {each.label}", *(f"{said.own} | {said.of_others}" for said in each.statements)] for each in one.competencies
    )
    return "\n\n".join("\n".join(lines) for lines in blocks)


@post(INSTRUMENTS, name="change_instruments", opt={"action": PUBLIC, "page": True}, request_max_body_size=FORM_BYTES * 32)
async def change(
    request: Request[Any, Any, Any], keys: NamedDependency[Keys], reads: NamedDependency[Reads], commands: NamedDependency[Commands]
) -> Response[Any]:
    """The same commands as over HTTP, by whom the cookie says, from a form of ours only."""
    actor, form = await received(request, keys)
    return await carried_out(
        commands,
        actor,
        form,
        lambda: Errand(command_of(form), actor.tenant),
        lambda sent: instruments_page(request, reads, actor, sent=sent),
        INSTRUMENTS,
        place=place,
    )


def command_of(form: FormMultiDict) -> Command:
    """A field that was left open is left out. Raises `Unreadable`."""
    body: dict[str, Any] = filled(form)
    command = asked_for(body.pop("what", ""), COMMANDS)
    if command is AddInstrument:
        body |= {"anchors": lines_of(body.get("anchors", "")), "competencies": competencies_of(body.get("competencies", ""))}
        body["lowest"] = number("lowest", body.get("lowest", ""))
    return decode(command, msgspec.json.encode(body))


def competencies_of(text: str) -> list[dict[str, Any]]:
    """A line with a bar is a statement of the competency above it; what stands above the first one belongs to none, and is refused."""
    found: list[dict[str, Any]] = []
    for line in lines_of(text):
        own, bar, of_others = (part.strip() for part in line.partition("|"))
        if bar:
            found = found or [{"competency": "", "label": "", "statements": []}]
            found[-1]["statements"].append({"own": own, "of_others": of_others})
        else:
            code, _, label = (part.strip() for part in line.partition(":"))
            found.append({"competency": code, "label": label, "statements": []})
    return found


def place(field: str) -> str:
    """The field of the form that a field of its command comes from."""
    first = field.partition("/")[0]
    return first if first in PARTS else field


ROUTES: Final = (instruments, change)
