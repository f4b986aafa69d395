"""The page of how full each coach is: coachings under way of the places that they give, and the hours that they held."""

from __future__ import annotations

from typing import Any, Final

from litestar import Request, Response
from litestar.di import NamedDependency

from services.actor import Actor
from services.board.load import find_loads
from services.pages.page import page
from services.pages.plan import named
from services.pages.reader import page_reader
from services.reading.reads import Reads
from services.reading.route import get

COACHES: Final = "/coaches"


@get(COACHES, name="coaches_page", opt={"action": "read_board", "page": True})
async def coaches(request: Request[Any, Any, Any], actor: NamedDependency[Actor], reads: NamedDependency[Reads]) -> Response[str]:
    """The fullest come first. No coach is ranked by what clients say of them."""
    found = (await find_loads(request, reads, actor)).answer
    return page(
        "coaches.html",
        reader=await page_reader(request, reads, actor),
        here=COACHES,
        loads=found,
        names=named(found.people),
    )


ROUTES: Final = (coaches,)
