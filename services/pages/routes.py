"""The routes of the pages. Each shows what the JSON read of the same thing answers to the same reader."""

from __future__ import annotations

from typing import Annotated, Any, Final

from litestar import Request, Response, Router
from litestar.di import NamedDependency
from litestar.params import FromQuery, QueryParameter
from litestar.response import Redirect
from msgspec import UNSET

from services.actor import Actor
from services.board.query import Wanted, find_board
from services.pages import (
    accesses,
    act,
    address,
    agreement,
    asking,
    assessment,
    booking,
    changes,
    comparing,
    emergency,
    evaluation,
    exercise,
    handover,
    hours,
    instrument,
    key,
    load,
    mail_link,
    people,
    rater,
    respondent,
    self_assessment,
    session,
    sign_in,
    standing,
    survey,
)
from services.pages.board import board_view
from services.pages.cast import cast_of, names_of
from services.pages.chart import Charts
from services.pages.engagement import listing as engagement_list
from services.pages.engagement import one as engagement_page
from services.pages.figure import drawn_figures
from services.pages.filter import chosen, chosen_code, filters
from services.pages.help import help_view, page_number
from services.pages.mailbox import mailbox
from services.pages.page import MARK, MARK_PATH, STYLE, STYLE_PATH, page
from services.pages.person import erase
from services.pages.person import routes as person
from services.pages.plan import LISTED, plan_row
from services.pages.planning import change as plan_change
from services.pages.program import listing as program_list
from services.pages.program import one as program_page
from services.pages.reader import links, page_reader
from services.pages.refusal import PAGE_HANDLERS
from services.pages.words import SENTENCES
from services.permission.table import PUBLIC
from services.plan.listing import find_plans
from services.reading.cursor import read_cursor
from services.reading.listing import Page
from services.reading.reads import Reads
from services.reading.route import get
from services.wording.spoken import SPOKEN, language_spoken

FOR_EVER: Final = {"Cache-Control": "public, max-age=31536000, immutable"}
PLANS_A_PAGE: Final = 50
"""What the list of plans shows of each."""
PAGE: Final = QueryParameter(name="page")


@get("/", name="start_page", opt={"action": "read_me", "page": True})
async def start(request: Request[Any, Any, Any], actor: NamedDependency[Actor], reads: NamedDependency[Reads]) -> Response[Any]:
    """To the first page that the role has."""
    for link in links(actor):
        return Redirect(link.path, status_code=sign_in.SEE_OTHER)
    await reads.look(actor, "read_me")
    return page("start.html", reader=await page_reader(request, reads, actor), here="/")


@get("/boards", name="board_page", opt={"action": "read_board", "page": True})
async def board(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    charts: NamedDependency[Charts],
    program: FromQuery[str] = "",
    coach: FromQuery[str] = "",
    period: FromQuery[str] = "to_date",
    reason: FromQuery[str] = "",
    part: Annotated[str, PAGE] = "",
) -> Response[str]:
    wanted = Wanted(chosen("program", program), chosen("coach", coach), period)
    why, number = chosen_code("reason", reason, tuple(SENTENCES)), page_number(part)
    look = await reads.look(actor, "read_board")
    found = await find_board(request, reads, actor, wanted)
    cast = await cast_of(request, reads, look, found.answer, wanted)
    view = board_view(
        found.answer,
        at=reads.clock(),
        zone=look.organization.zone,
        filters=filters(cast, wanted, look.today),
        help=help_view(found.answer.needs_help, cast.names, wanted, why, number),
        figures=await drawn_figures(charts, found.answer),
    )
    return page("board.html", reader=await page_reader(request, reads, actor), here="/boards", board=view)


@get("/plans", name="plans_page", opt={"action": "list_plans", "page": True})
async def plans(
    request: Request[Any, Any, Any], actor: NamedDependency[Actor], reads: NamedDependency[Reads], cursor: FromQuery[str] = ""
) -> Response[str]:
    look = await reads.look(actor, "list_plans")
    zone = look.organization.zone
    found = (await find_plans(request, reads, actor, Page(PLANS_A_PAGE, read_cursor(cursor or None)), fields=LISTED)).answer
    rows = [plan_row(one, zone) for one in found.items]
    return page(
        "plans.html",
        reader=await page_reader(request, reads, actor),
        here="/plans",
        rows=rows,
        names=await names_of(request, reads, actor, [row.shown.client_id for row in rows]),
        following=found.next_cursor if found.next_cursor is not UNSET else "",
    )


@get(STYLE_PATH, name="style", opt={"action": PUBLIC, "page": True})
async def style() -> Response[bytes]:
    return Response(STYLE, media_type="text/css", headers=FOR_EVER)


@get(MARK_PATH, name="mark", opt={"action": PUBLIC, "page": True})
async def mark() -> Response[bytes]:
    return Response(MARK, media_type="image/svg+xml", headers=FOR_EVER)


async def speak(request: Request[Any, Any, Any]) -> None:
    """What makes words for a page asks for their language, and not for the request."""
    SPOKEN.set(language_spoken(request))


PAGES: Final = Router(
    "/",
    route_handlers=[
        start,
        board,
        plans,
        standing.plan,
        *plan_change.ROUTES,
        mailbox,
        accesses.accesses,
        *comparing.ROUTES,
        *changes.ROUTES,
        *asking.ROUTES,
        *people.ROUTES,
        *person.ROUTES,
        *erase.ROUTES,
        *agreement.ROUTES,
        *emergency.ROUTES,
        *handover.ROUTES,
        *booking.ROUTES,
        *session.ROUTES,
        *hours.ROUTES,
        *sign_in.ROUTES,
        *survey.ROUTES,
        *instrument.ROUTES,
        *mail_link.ROUTES,
        *rater.ROUTES,
        *respondent.ROUTES,
        *evaluation.ROUTES,
        *exercise.ROUTES,
        *act.ROUTES,
        *address.ROUTES,
        *assessment.ROUTES,
        *self_assessment.ROUTES,
        *key.ROUTES,
        *program_list.ROUTES,
        *program_page.ROUTES,
        *engagement_list.ROUTES,
        *engagement_page.ROUTES,
        *load.ROUTES,
    ],
    before_request=speak,
    exception_handlers=PAGE_HANDLERS,
)
ASSETS: Final = (style, mark)
