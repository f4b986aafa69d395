"""The page of all programs: what each has promised and used, which need help, and the form that defines another."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final, NamedTuple
from uuid import UUID

from litestar import Request, Response, post
from litestar.di import NamedDependency
from litestar.params import FromQuery

from domain.engagement.state import EngagementState
from domain.glossary import ENDED
from domain.program.state import ProgramStage
from projections import current
from projections.current import CURRENT
from services.actor import Actor
from services.board.query import Wanted, find_board
from services.command.execution import Commands
from services.entry.auth import Keys
from services.pages.done import Errand, carried_out, received
from services.pages.page import page
from services.pages.program.form import DEFINE, command_of
from services.pages.program.people import holders
from services.pages.reader import page_reader
from services.pages.sent import NOTHING_SENT, Sent
from services.pages.sign_in import FORM_BYTES
from services.permission import policy
from services.permission.policy import Allow
from services.permission.table import MAY, PUBLIC
from services.program.answers import ProgramAnswer
from services.program.query import find_programs
from services.reading.listing import Page
from services.reading.reads import Look, Reads
from services.reading.route import get

PROGRAMS: Final = "/programs"
MOST: Final = 500
"""Programs on the page; nobody reads more, and nothing is cut off in silence."""
ORDER: Final[dict[ProgramStage, int]] = {"open": 0, "defined": 1, "closed": 2}


class Row(NamedTuple):
    """A program with its engagements: how many there are that are not over, how many of them have not begun, and how many need help.

    The last is None for who is not told.
    """

    shown: ProgramAnswer
    running: int
    waiting: int
    help: int | None


@get(PROGRAMS, name="programs_page", opt={"action": "list_programs", "page": True})
async def programs(
    request: Request[Any, Any, Any], actor: NamedDependency[Actor], reads: NamedDependency[Reads], stage: FromQuery[str] = ""
) -> Response[str]:
    """Those that need most help come first."""
    return await programs_page(request, reads, actor, stage)


async def programs_page(
    request: Request[Any, Any, Any], reads: Reads, actor: Actor, stage: str = "", *, sent: Sent = NOTHING_SENT
) -> Response[str]:
    look = await reads.look(actor, "list_programs")
    found = (await find_programs(request, reads, actor, Page(MOST), sort="name")).answer
    rows = await rows_of(request, reads, look, found.items)
    counts = Counter(row.shown.stage for row in rows)
    may_define = isinstance(policy.decide(look.actor, "define_program"), Allow)
    return page(
        "program/programs.html",
        status=sent.status,
        reader=await page_reader(request, reads, actor),
        here=PROGRAMS,
        rows=[row for row in rows if stage in ("", row.shown.stage)],
        counts={name: counts[name] for name in ORDER if counts[name]},
        stage=stage,
        cut_off=len(found.items) == MOST,
        may_define=may_define,
        sponsors=await holders(request, reads, look, "sponsor", None, ()) if may_define else (),
        today=look.today,
        sent=sent,
    )


async def rows_of(request: Request[Any, Any, Any], reads: Reads, look: Look, items: tuple[ProgramAnswer, ...]) -> list[Row]:
    helped: Counter[UUID | None] | None = None
    if look.actor.role in MAY["read_board"]:
        helped = Counter(one.program_id for one in (await find_board(request, reads, look.actor, Wanted())).answer.needs_help)
    async with reads.snapshot(request, look.actor, CURRENT["engagement"], shown_by=look) as (rows, _):
        every = await current.listed(rows, "engagement", policy.scope(look.actor), after=None, limit=None, words=False)
    states: list[EngagementState] = [one.state for one in every if one.state.stage not in ENDED]
    running = Counter(one.program_id for one in states)
    waiting = Counter(one.program_id for one in states if one.stage in ("proposed", "contracted"))
    found = [Row(one, running[one.id], waiting[one.id], None if helped is None else helped[one.id]) for one in items]
    return sorted(found, key=lambda row: (ORDER[row.shown.stage], -(row.help or 0), -row.waiting))


@post(PROGRAMS, name="define_program_by_form", opt={"action": PUBLIC, "page": True}, request_max_body_size=FORM_BYTES * 8)
async def define(
    request: Request[Any, Any, Any],
    keys: NamedDependency[Keys],
    commands: NamedDependency[Commands],
    reads: NamedDependency[Reads],
) -> Response[Any]:
    """The same command as over HTTP, by whom the cookie says, from a form of ours only. It leads to the program."""
    actor, form = await received(request, keys)
    return await carried_out(
        commands,
        actor,
        form,
        lambda: Errand(command_of(DEFINE, form)),
        lambda sent: programs_page(request, reads, actor, sent=sent),
        lambda made: f"{PROGRAMS}/{made.id}",
    )


ROUTES: Final = (programs, define)
