"""The page of a coach's own hours: what counts, how far it comes, the log with its lines, and the form that hands it in."""

from __future__ import annotations

from typing import Any, Final

import msgspec
from litestar import Request, Response, post
from litestar.datastructures import FormMultiDict
from litestar.di import NamedDependency
from litestar.params import FromQuery

from domain.command import Command
from domain.credential import CredentialBody
from domain.person.commands import ExportCredentialLog, RecordCoachDevelopment
from services.actor import Actor
from services.command.execution import Commands
from services.entry.auth import Keys
from services.entry.body import decode
from services.entry.media import CSV
from services.errors import Fault, Unreadable
from services.pages.done import Errand, carried_out, received
from services.pages.form import filled, number
from services.pages.page import HEADERS, page
from services.pages.reader import page_reader
from services.pages.sent import NOTHING_SENT, Sent
from services.pages.sign_in import FORM_BYTES
from services.permission.table import PUBLIC
from services.person.credential.answers import hours
from services.person.credential.query import Wanted, find_log
from services.person.credential.table import table
from services.reading.reads import Reads
from services.reading.route import get

HOURS: Final = "/hours"
BODIES: Final[dict[str, CredentialBody]] = {"icf": "icf", "emcc": "emcc"}
CALLED: Final = {"icf": "ICF", "emcc": "EMCC"}
REQUIREMENTS: Final = {
    "hours": "Hours of coaching",
    "paid_hours": "Paid hours",
    "clients": "People coached",
    "recent_hours": "Recent hours (ICF: 18 months)",
    "years": "Years since the first session",
    "feedback_items": "Ratings by clients, 12 months",
    "development_hours": "Own development, each year",
    "supervision_hours": "Supervision, each year",
}
LEVELS: Final = {"acc": "ACC", "pcc": "PCC", "mcc": "MCC"}
"""What levels are called that are no words."""
KINDS: Final = {"supervision": "Supervision", "training": "Training"}
DONE: Final = {
    "yes": "The log is handed in. Its lines stay as they are: what changes later stands in it as an entry of its own.",
    "develop": "It is recorded.",
}
"""What a form did, by its name."""
WHY_NOT: Final = {
    "before_education": "before education began",
    "education_unknown": "it is not recorded when education began",
    "group_too_large": "more than 15 people",
}


def body_of(given: str) -> CredentialBody:
    if given not in BODIES:
        raise Unreadable([Fault("/query/body", "invalid", "Choose icf or emcc.")])
    return BODIES[given]


@get(HOURS, name="hours_page", opt={"action": "export_credential_log", "page": True})
async def own_hours(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    of: FromQuery[str] = "icf",
    done: FromQuery[str] = "",
) -> Response[str]:
    return await hours_page(request, reads, actor, body_of(of), done=DONE.get(done, ""))


async def hours_page(
    request: Request[Any, Any, Any], reads: Reads, actor: Actor, body: CredentialBody, *, sent: Sent = NOTHING_SENT, done: str = ""
) -> Response[str]:
    await reads.look(actor, "export_credential_log")  # it is the page of who hands a log in
    found = await find_log(request, reads, actor, actor.person_id, Wanted(body))
    return page(
        "hours.html",
        status=sent.status,
        reader=await page_reader(request, reads, actor),
        here=HOURS,
        log=found.answer,
        position=found.position,
        credential=next((one for one in found.answer.credentials if one.body == body), None),
        hours=hours,
        bodies=CALLED,
        requirements=REQUIREMENTS,
        levels=LEVELS,
        kinds=KINDS,
        why_not=WHY_NOT,
        sent=sent,
        done=done,
    )


@get(f"{HOURS}/log.csv", name="hours_file", opt={"action": "export_credential_log", "page": True})
async def file(
    request: Request[Any, Any, Any], actor: NamedDependency[Actor], reads: NamedDependency[Reads], of: FromQuery[str] = "icf"
) -> Response[bytes]:
    """The log to keep, as a spreadsheet opens it."""
    body = body_of(of)
    await reads.look(actor, "export_credential_log")  # it is the page of who hands a log in
    found = await find_log(request, reads, actor, actor.person_id, Wanted(body))
    saved = {"Content-Disposition": f'attachment; filename="credential-log-{body}.csv"'}
    return Response(table(found.answer), media_type=CSV, headers=HEADERS | saved)


@post(HOURS, name="hand_in_hours", opt={"action": PUBLIC, "page": True}, request_max_body_size=FORM_BYTES)
async def hand_in(
    request: Request[Any, Any, Any], keys: NamedDependency[Keys], reads: NamedDependency[Reads], commands: NamedDependency[Commands]
) -> Response[Any]:
    """The same commands as over HTTP, by whom the cookie says, from a form of ours only."""
    actor, form = await received(request, keys)
    body = body_of(str(form.get("of", "")))
    return await carried_out(
        commands,
        actor,
        form,
        lambda: Errand(command_of(form, body), actor.person_id),
        lambda sent: hours_page(request, reads, actor, body, sent=sent),
        f"{HOURS}?of={body}",
    )


def command_of(form: FormMultiDict, body: CredentialBody) -> Command:
    """What is recorded of one's own development, else that the log is handed in. Raises `Unreadable`."""
    given = filled(form)
    if given.get("what") != "develop":
        return ExportCredentialLog(body=body)
    told = {"kind": given.get("kind"), "held_on": given.get("held_on"), "minutes": number("minutes", given.get("minutes", ""))}
    return decode(RecordCoachDevelopment, msgspec.json.encode(told))


ROUTES: Final = (own_hours, file, hand_in)
