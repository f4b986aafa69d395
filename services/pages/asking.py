"""The page of reports: its list, its form, which works without a script, and the way to a file."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import Any, Final, NamedTuple, cast
from uuid import UUID

import msgspec
from litestar import Request, Response, post
from litestar.datastructures import FormMultiDict
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from msgspec import UNSET
from uuid_utils.compat import uuid7

from domain.access.events import AccessClass
from domain.engagement.state import EngagementState
from domain.errors import NotFound
from domain.errors.report import FileDiscarded
from domain.program.state import ProgramState
from domain.report.commands import RequestReport
from projections import current
from projections.current import CURRENT, Current
from services.actor import Actor
from services.command.execution import Commands, Once
from services.entry.auth import Keys
from services.entry.body import decode
from services.pages.cast import label, names_of
from services.pages.done import Errand, carried_out, received
from services.pages.filter import chosen, of_periods
from services.pages.form import filled
from services.pages.page import HEADERS, page
from services.pages.reader import page_reader
from services.pages.report import FOR_WHOM, FORMATS, ReportsView, Subject, report_row, subjects_of
from services.pages.sent import NOTHING_SENT, Sent
from services.pages.sign_in import FORM_BYTES, SEE_OTHER
from services.permission import policy
from services.permission.table import MAY, PUBLIC
from services.reading.cursor import read_cursor
from services.reading.listing import Page
from services.reading.reads import Look, Reads
from services.reading.route import get
from services.reading.view import sight
from services.report.link import Links
from services.report.query import WHOLE, find_report, find_reports

REPORTS: Final = "/reports"
A_PAGE: Final = 30
FIRST: Final = Page(A_PAGE)
NAMED: Final[frozenset[AccessClass]] = frozenset({"names"})
"""What the list tells of a client whom a report is about."""


class Known(NamedTuple):
    """What reports may be about: programs, engagements, and what they are called, as far as the reader may know it."""

    programs: dict[UUID, str]
    clients: dict[UUID, str]


@get(REPORTS, name="reports_page", opt={"action": "list_reports", "page": True})
async def reports(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    cursor: FromQuery[str] = "",
    done: FromQuery[str] = "",
    subject: FromQuery[str] = "",
) -> Response[str]:
    """`subject` is the program or engagement that the form begins with."""
    part = Page(A_PAGE, read_cursor(cursor or None))
    return await reports_page(request, reads, actor, part, chosen("subject", subject), asked=bool(done))


async def reports_page(
    request: Request[Any, Any, Any],
    reads: Reads,
    actor: Actor,
    part: Page = FIRST,
    about: UUID | None = None,
    *,
    sent: Sent = NOTHING_SENT,
    asked: bool = False,
) -> Response[str]:
    look = await reads.look(actor, "list_reports")
    found = (await find_reports(request, reads, actor, part, newest=True)).answer
    known = await known_to(request, reads, look, {about, *(one.subject_id for one in found.items)})
    view = ReportsView(
        rows=[report_row(one, {**known.programs, **known.clients}, actor, reads.clock()) for one in found.items],
        subjects=subjects(look.actor, known, about),
        zone=look.organization.zone,
        once=uuid7(),
        asked=asked,
    )
    return page(
        "reports.html",
        status=sent.status,
        reader=await page_reader(request, reads, actor),
        here=REPORTS,
        view=view,
        periods=of_periods(look.today, "to_date").choices,
        formats=FORMATS,
        whom=FOR_WHOM,
        following=found.next_cursor if found.next_cursor is not UNSET else "",
        sent=sent,
    )


def subjects(actor: Actor, known: Known, about: UUID | None) -> list[Subject]:
    """What the reader may ask about. Who runs or audits has hundreds of engagements, too many for a list: of these the one of the address."""
    if actor.role not in MAY["request_report"]:
        return []
    if actor.role in WHOLE:
        return subjects_of(actor, known.programs, {id: name for id, name in known.clients.items() if id == about}, about)
    return subjects_of(actor, {}, known.clients, about)


async def known_to(request: Request[Any, Any, Any], reads: Reads, look: Look, listed: Container[UUID | None]) -> Known:
    """`listed` is what the reports of the page, and its form, are about: of these clients it is noted that they are named."""
    scope, actor = policy.scope(look.actor), look.actor
    async with reads.snapshot(request, actor, CURRENT["program"], CURRENT["engagement"], shown_by=look) as (rows, _):
        engagements: list[Current[EngagementState]] = await current.listed(rows, "engagement", scope, after=None, limit=None, words=False)
        within = None if actor.role in MAY["list_programs"] else {one.state.program_id for one in engagements}
        whole = scope._replace(client_id=None, coach_id=None, sponsor_id=None)
        programs: list[Current[ProgramState]] = await current.listed(rows, "program", whole, after=None, limit=None, words=False)
    seen = [one for one in programs if within is None or one.id in within or actor.person_id in one.state.sponsor_ids]
    if sight(actor).names:
        await reads.note(look, [(person, NAMED) for one in engagements if one.id in listed for person in one.state.ever_coached])
    called = await names_of(request, reads, actor, [one.state.client_id for one in engagements])
    clients = {one.id: label(one.state.client_id, called.get(one.state.client_id)) for one in engagements}
    return Known({one.id: one.state.name for one in seen}, clients)


@post(REPORTS, name="ask_for_report", opt={"action": PUBLIC, "page": True}, request_max_body_size=FORM_BYTES)
async def ask_for_report(
    request: Request[Any, Any, Any], keys: NamedDependency[Keys], reads: NamedDependency[Reads], commands: NamedDependency[Commands]
) -> Response[Any]:
    """The same command as over HTTP, by whom the cookie says, from a form of ours only. Sent twice it is done once."""
    actor, form = await received(request, keys)
    about = subject_of(form)
    recipients = [actor.person_id, *(await sponsors(commands, actor, about) if form.get("whom") == "sponsor" else ())]
    return await carried_out(
        commands,
        actor,
        form,
        lambda: errand(form, recipients),
        lambda sent: reports_page(request, reads, actor, about=about, sent=sent),
        REPORTS,
        place=place,
    )


def errand(form: FormMultiDict, recipients: Sequence[UUID]) -> Errand:
    """A field that was left open is left out. Raises `Unreadable`."""
    sent = filled(form)
    template, _, subject = sent.get("subject", "").partition(" ")
    body: dict[str, Any] = {
        "template": template,
        "subject_id": subject,
        **{name: sent[name] for name in ("period", "format") if name in sent},
    }
    command = decode(RequestReport, msgspec.json.encode(body | {"recipients": list(dict.fromkeys(recipients))}))
    return Errand(command, once=Once(sent["once"], "POST", REPORTS, msgspec.json.encode(command)) if "once" in sent else None)


def subject_of(form: FormMultiDict) -> UUID | None:
    """What the report is about; None where that is no id, which the command refuses."""
    try:
        return UUID(str(form.get("subject", "")).partition(" ")[2])
    except ValueError:
        return None


async def sponsors(commands: Commands, actor: Actor, about: UUID | None) -> Sequence[UUID]:
    """Those of a program or an engagement; whether the actor has to do with it, the command asks."""
    if about is None:
        return ()
    reading = await commands.store.read(actor.tenant, about)
    match reading.kind(about):
        case "program":
            return cast(ProgramState, reading.state(about)).sponsor_ids
        case "engagement":
            sponsor = cast(EngagementState, reading.state(about)).sponsor_id
            return () if sponsor is None else (sponsor,)
    return ()


def place(field: str) -> str:
    """The field of the form that a field of the command comes from."""
    return "subject" if field in {"template", "subject_id"} else "whom" if field.startswith("recipients") else field


@get(f"{REPORTS}/{{id:uuid}}/file", name="report_file_page", opt={"action": "read_report", "page": True})
async def file(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    links: NamedDependency[Links],
    id: FromPath[UUID],
) -> Redirect:
    """To a link of this moment, if the reader may still see what the file tells."""
    shown = (await find_report(request, reads, actor, links, id)).answer
    if shown.file is None:
        if shown.generated is not None and shown.generated.discarded_at is not None:
            raise FileDiscarded
        raise NotFound("There is no file for you: it is not made yet, or it tells more than you may see by now. Ask for a report anew.")
    return Redirect(shown.file.path, status_code=SEE_OTHER, headers=HEADERS)


ROUTES: Final = (reports, ask_for_report, file)
