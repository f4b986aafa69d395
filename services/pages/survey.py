"""The page of surveys: which were issued, how many answered, and what came of them, with forms that issue and close one without a script."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

import msgspec
from litestar import Request, Response, post
from litestar.datastructures import FormMultiDict
from litestar.di import NamedDependency
from litestar.params import FromQuery

from domain.command import Command
from domain.survey.commands import CloseSurvey, IssueSurvey
from services.actor import Actor
from services.command.execution import Commands
from services.entry.auth import Keys
from services.entry.body import decode
from services.pages.cast import programs_of
from services.pages.done import Errand, carried_out, received
from services.pages.filter import chosen
from services.pages.form import allowed, asked_for, filled, reasons
from services.pages.page import page
from services.pages.reader import page_reader
from services.pages.sent import NOTHING_SENT, Sent
from services.pages.sign_in import FORM_BYTES
from services.permission import policy
from services.permission.table import PUBLIC
from services.reading.listing import Page
from services.reading.reads import Reads
from services.reading.route import get
from services.survey.query import find_surveys

SURVEYS: Final = "/surveys"
SHOWN: Final = 200
"""Of the list; who has more asks the API."""
COMMANDS: Final[dict[str, type[Command]]] = {"issue": IssueSurvey, "close": CloseSurvey}
DONE: Final = {"issue": "The survey is issued: each of its people gets a link by mail.", "close": "The survey is closed."}
AUDIENCES: Final = (("clients", "Clients"), ("coaches", "Coaches"), ("sponsors", "Sponsors"))
INSTRUMENTS: Final = (("nps", "Would you recommend it, 0 to 10"), ("stars", "How is it, 1 to 5 stars"))
FIELDS: Final = {"issue": ("program_id", "audience", "instrument", "closes_on"), "close": ("reason_code", "reason")}


@get(SURVEYS, name="surveys_page", opt={"action": "list_surveys", "page": True})
async def surveys(
    request: Request[Any, Any, Any], actor: NamedDependency[Actor], reads: NamedDependency[Reads], done: FromQuery[str] = ""
) -> Response[str]:
    return await surveys_page(request, reads, actor, done=DONE.get(done, ""))


async def surveys_page(
    request: Request[Any, Any, Any], reads: Reads, actor: Actor, *, sent: Sent = NOTHING_SENT, done: str = ""
) -> Response[str]:
    """The newest first."""
    look = await reads.look(actor, "list_surveys")
    found = (await find_surveys(request, reads, actor, Page(SHOWN))).answer.items
    return page(
        "surveys.html",
        status=sent.status,
        reader=await page_reader(request, reads, actor),
        here=SURVEYS,
        surveys=found[::-1],
        programs=await programs_of(request, reads, actor, policy.scope(look.actor)),
        may=allowed(look.actor, COMMANDS, None),
        audiences=AUDIENCES,
        instruments=INSTRUMENTS,
        reasons=reasons(look.organization.policy.reason_codes),
        today=look.today,
        sent=sent,
        done=done,
    )


@post(SURVEYS, name="change_surveys", opt={"action": PUBLIC, "page": True}, request_max_body_size=FORM_BYTES * 2)
async def change(
    request: Request[Any, Any, Any], keys: NamedDependency[Keys], reads: NamedDependency[Reads], commands: NamedDependency[Commands]
) -> Response[Any]:
    """The same commands as over HTTP, by whom the cookie says, from a form of ours only."""
    actor, form = await received(request, keys)
    return await carried_out(
        commands,
        actor,
        form,
        lambda: Errand(command_of(form), survey_of(form)),
        lambda sent: surveys_page(request, reads, actor, sent=sent),
        SURVEYS,
    )


def command_of(form: FormMultiDict) -> Command:
    """A field that was left open is left out. Raises `Unreadable`."""
    sent = filled(form)
    command = asked_for(what := sent.get("what", ""), COMMANDS)
    return decode(command, msgspec.json.encode({name: sent[name] for name in FIELDS[what] if name in sent}))


def survey_of(form: FormMultiDict) -> UUID | None:
    """Which one is closed; issuing begins one."""
    return chosen("survey", str(form.get("survey", ""))) if form.get("what") == "close" else None


ROUTES: Final = (surveys, change)
