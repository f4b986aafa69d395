"""The page of one program: its terms, who is in it, how far their coachings are, and forms for what may be done now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple
from uuid import UUID

from litestar import Request, Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from msgspec import UNSET

from domain.glossary import ENDED
from services.actor import Actor
from services.board.query import Wanted, find_board
from services.command.execution import Commands
from services.engagement.query import courses_of
from services.entry.auth import Keys
from services.pages.done import Errand, carried_out, received
from services.pages.engagement.course import ENGAGEMENTS, Next, next_of
from services.pages.form import reasons
from services.pages.page import page
from services.pages.plan import named
from services.pages.program.form import COMMANDS, DONE, command_of, forms_for
from services.pages.program.people import holders, idle
from services.pages.reader import page_reader
from services.pages.sent import NOTHING_SENT, Sent
from services.pages.sign_in import FORM_BYTES
from services.permission.table import MAY, PUBLIC
from services.program.answers import ProgramAnswer
from services.program.query import WHOLE, find_program
from services.program.seats import ParticipantAnswer, PooledAnswer, find_participants, find_pool
from services.reading.cursor import read_cursor
from services.reading.listing import Page
from services.reading.reads import Look, Reads
from services.reading.route import get

ONE: Final = "/programs/{id:uuid}"
A_PAGE: Final = 50
FIRST: Final = Page(A_PAGE)
MOST_COACHES: Final = 200


class Seat(NamedTuple):
    """A participant, and what is next in their coaching; `is_open` while that is not over."""

    shown: ParticipantAnswer
    next: Next | None
    is_open: bool


class Choices(NamedTuple):
    """Who may be chosen in the forms; `idle` have a seat and no coaching that goes on."""

    coaches: Sequence[tuple[UUID, str]]
    clients: Sequence[tuple[UUID, str]]
    idle: Sequence[tuple[UUID, str]]


@get(ONE, name="program_page", opt={"action": "read_program", "page": True})
async def program(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    id: FromPath[UUID],
    cohort: FromQuery[str] = "",
    cursor: FromQuery[str] = "",
    done: FromQuery[str] = "",
) -> Response[str]:
    part = Page(A_PAGE, read_cursor(cursor or None))
    return await program_page(request, reads, actor, id, cohort=cohort, part=part, done=DONE.get(done, ""))


async def program_page(
    request: Request[Any, Any, Any],
    reads: Reads,
    actor: Actor,
    id: UUID,
    *,
    cohort: str = "",
    part: Page = FIRST,
    sent: Sent = NOTHING_SENT,
    done: str = "",
) -> Response[str]:
    found = (await find_program(request, reads, actor, id)).answer
    look = await reads.look(actor, "read_program", "program", id)
    forms, inside = forms_for(look, found), actor.role in WHOLE
    seats, following = await seats_of(request, reads, look, id, cohort, part) if inside else ([], "")
    pool: Sequence[PooledAnswer] = (await find_pool(request, reads, actor, id, Page(MOST_COACHES))).answer.items if inside else ()
    return page(
        "program/program.html",
        status=sent.status,
        reader=await page_reader(request, reads, actor),
        here="/programs",
        one=found,
        inside=inside,
        opens=actor.role in MAY["read_engagement"],
        help=await helped(request, reads, actor, id),
        forms=forms,
        choices=await choices(request, reads, look, found, forms),
        cohorts=Counter(seat.shown.cohort for seat in seats if seat.shown.cohort),
        cohort=cohort,
        seats=seats,
        following=following,
        pool=pool,
        busy=any(one.engagements for one in pool) or any(seat.is_open for seat in seats),
        names=named(found.people),
        reasons=reasons(look.organization.policy.reason_codes),
        firms={one: firm.name for one, firm in look.organization.client_organizations.items()},
        sent=sent,
        done=done,
    )


async def seats_of(request: Request[Any, Any, Any], reads: Reads, look: Look, id: UUID, cohort: str, part: Page) -> tuple[list[Seat], str]:
    """A page of those who have or had a seat, and the cursor of the next page."""
    found = (await find_participants(request, reads, look.actor, id, part, cohort=cohort or None)).answer
    running = [one.engagement_id for one in found.items if one.engagement_id is not None]
    steps: Mapping[UUID, Next | None] = {}
    if look.actor.role in MAY["read_engagement"]:
        courses = await courses_of(request, reads, look, running)
        steps = {one: next_of(course, look.actor) for one, course in courses.items()}
    seats = [
        Seat(one, steps.get(one.engagement_id) if one.engagement_id else None, one.engagement_stage not in (None, *ENDED))
        for one in found.items
    ]
    return seats, found.next_cursor if found.next_cursor is not UNSET else ""


async def helped(request: Request[Any, Any, Any], reads: Reads, actor: Actor, id: UUID) -> int:
    """How many coachings of the program need help, for who is told by the board."""
    if actor.role not in MAY["read_board"]:
        return 0
    return len((await find_board(request, reads, actor, Wanted(program=id))).answer.needs_help)


async def choices(request: Request[Any, Any, Any], reads: Reads, look: Look, found: ProgramAnswer, forms: frozenset[str]) -> Choices:
    pooled, enrolled = {one.coach_id for one in found.pool or ()}, set(found.enrolled or ())
    return Choices(
        await holders(request, reads, look, "coach", found.id, pooled) if "pool" in forms else (),
        await holders(request, reads, look, "client", found.id, enrolled) if "enrol" in forms else (),
        await idle(request, reads, look, found) if forms & {"propose", "withdraw"} else (),
    )


@post(ONE, name="change_program_by_form", opt={"action": PUBLIC, "page": True}, request_max_body_size=FORM_BYTES * 4)
async def change(
    request: Request[Any, Any, Any],
    keys: NamedDependency[Keys],
    commands: NamedDependency[Commands],
    reads: NamedDependency[Reads],
    id: FromPath[UUID],
) -> Response[Any]:
    """The same commands as over HTTP, by whom the cookie says, from a form of ours only. A proposal leads to what was proposed."""
    actor, form = await received(request, keys)
    proposes = form.get("what") == "propose"
    return await carried_out(
        commands,
        actor,
        form,
        lambda: Errand(command_of(COMMANDS, form, **({"program_id": str(id)} if proposes else {})), None if proposes else id),
        lambda sent: program_page(request, reads, actor, id, sent=sent),
        lambda made: f"{ENGAGEMENTS if proposes else '/programs'}/{made.id}",
    )


ROUTES: Final = (program, change)
