"""What a reader finds of reports: which there are, whether the file is there, and the file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, NamedTuple
from uuid import UUID

from litestar import Request

from domain.errors import NotFound
from domain.errors.report import FileDiscarded
from domain.program.state import ProgramState
from domain.report.events import LEDGERS, OF_ENGAGEMENT, ReportFormat, ReportTemplate
from domain.report.state import ReportState
from projections import current
from projections.current import CURRENT
from projections.snapshot import Scope
from services.actor import Actor
from services.permission import policy
from services.permission.relation import of_report
from services.reading.listing import Page, within
from services.reading.reads import Found, Look, NotCaughtUp, Reads
from services.reading.recorder import classes_of
from services.reading.view import sight
from services.report import audience
from services.report.answers import FileAnswer, ReportAnswer, ReportsAnswer, report_answer
from services.report.files import About, Files
from services.report.link import Links

WHOLE: Final = frozenset({"program_manager", "auditor"})
"""Who sees which reports others have asked for; never what is in them."""
MEDIA: Final[dict[ReportFormat, str]] = {"pdf": "application/pdf", "json": "application/json", "csv": "text/csv"}


async def find_report(request: Request[Any, Any, Any], reads: Reads, actor: Actor, links: Links, id: UUID) -> Found[ReportAnswer]:
    """A report, with a link to its file for whom it is. Raises `NotFound`, `NotPermitted` and `NotCaughtUp`."""
    look = await reads.look(actor, "read_report", "report", id)
    async with reads.snapshot(request, actor, CURRENT["report"], shown_by=look) as (rows, position):
        found = await current.one(rows, "report", id, words=False)
    if found is None:
        raise NotCaughtUp
    file = None
    if found.state.file is not None and await may_have(look, id):
        link = await links.make(actor, id)
        file = FileAnswer(path=link.path, media_type=MEDIA[found.state.format], expires_at=link.expires_at)
    return Found(report_answer(found, file, counts=not actor.outsider), position, found.version)


async def find_reports(
    request: Request[Any, Any, Any],
    reads: Reads,
    actor: Actor,
    page: Page,
    template: ReportTemplate | None = None,
    program: UUID | None = None,
    *,
    newest: bool = False,
) -> Found[ReportsAnswer]:
    """Those that the actor asked for or got; of who runs or audits programs, all of these. Raises `NotPermitted` and `Unreadable`."""
    look = await reads.look(actor, "list_reports")
    reader = None if actor.role in WHOLE else actor.person_id
    async with reads.snapshot(request, actor, CURRENT["report"], CURRENT["engagement"], shown_by=look) as (rows, position):
        scope = within(Scope(program_ids=look.actor.programs), program=program)
        found = await current.reports(rows, scope, reader=reader, beyond=page.after, limit=page.limit + 1, newest=newest, template=template)
    reading = await reads.store.read(actor.tenant, *(one.id for one in page.cut(found)))
    items = tuple(
        report_answer(one, None, counts=not actor.outsider)
        for one in page.cut(found)
        if policy.related(look.actor, of_report(reading, one.id))
    )
    return Found(ReportsAnswer(items=items, next_cursor=page.following(found)), position)


class File(NamedTuple):
    """A file to hand out."""

    name: str
    media_type: str
    content: bytes


async def find_file(reads: Reads, files: Files, links: Links, id: UUID, ticket: str) -> File:
    """What a link leads to, if its reader may still see it.

    Raises `NotFound`, `NotPermitted`, `LinkExpired`, `FileDiscarded` and `SubjectErased`.
    """
    actor = await links.follow(id, ticket)
    look = await reads.look(actor, "read_report", "report", id)
    if not await may_have(look, id):
        raise NotFound
    report: ReportState = look.reading.state(id, "report")
    if report.file is None:
        raise FileDiscarded
    about = About(actor.tenant, id, audience.holder(look.reading, report))
    await note_shown(reads, look, report)
    content = await files.fetch(about, report.file.blob_key)
    return File(f"{report.template.replace('_', '-')}-{report.as_of}.{report.format}", MEDIA[report.format], content)


async def note_shown(reads: Reads, look: Look, report: ReportState) -> None:
    """Whom the file tells of, and to whom: in the role that lets them read it, for one who manages may ask for it as a coach.

    A report on a program tells those who run it of single clients, and its sponsors of nobody; a ledger of whom it names.
    """
    who = audience.reader_of(look.reading, report, look.actor.person_id, look.today)
    assert who is not None  # or the file is not for them
    if report.template in OF_ENGAGEMENT:
        people: Iterable[UUID] = look.engagement.ever_coached if look.engagement else ()
    elif report.template in LEDGERS:
        people = report.file.counted if report.file is not None else ()
    else:
        program: ProgramState = look.reading.state(report.subject_id, "program")
        people = program.enrolled if who.role in WHOLE else ()
    await reads.recorder.note(who, look.action, people, classes_of(sight(who, look.consents)), report.id)


async def may_have(look: Look, id: UUID) -> bool:
    """Whether a file was made, is for the actor, and leaves out all that they may not see at this moment."""
    report: ReportState = look.reading.state(id, "report")
    if report.generated is None or look.actor.person_id not in report.readers:
        return False
    seen = await audience.sights(look.reading, report, look.today)
    return look.actor.person_id in seen and audience.is_for(report, seen[look.actor.person_id])
