"""The page of all coachings that the reader has to do with: how far each has come, what is next, and by whom."""

from __future__ import annotations

from typing import Any, Final, NamedTuple
from uuid import UUID

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromQuery
from msgspec import UNSET

from domain.engagement.state import EngagementState
from domain.glossary import EngagementStage
from projections.current import CURRENT
from projections.ordered import Order, ordered
from services.actor import Actor
from services.engagement.query import courses_of
from services.engagement.step import Course
from services.pages.cast import names_of, programs_of
from services.pages.engagement.course import ENGAGEMENTS, Next, next_of
from services.pages.filter import chosen, chosen_code
from services.pages.page import page
from services.pages.reader import page_reader
from services.permission import policy
from services.permission.table import MAY
from services.reading.cursor import read_cursor
from services.reading.listing import Page, like, within
from services.reading.reads import Reads
from services.reading.route import get

A_PAGE: Final = 50
STAGES: Final[tuple[EngagementStage, ...]] = ("proposed", "contracted", "active", "paused", "completed", "ended_early", "cancelled")


class Row(NamedTuple):
    """An engagement, and what is next in it, if anything is."""

    engagement: EngagementState
    plan_id: UUID | None
    next: Next | None


@get(ENGAGEMENTS, name="engagements_page", opt={"action": "list_engagements", "page": True})
async def engagements(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    program: FromQuery[str] = "",
    stage: FromQuery[str] = "",
    cursor: FromQuery[str] = "",
) -> Response[str]:
    """The newest come first."""
    look, wanted = await reads.look(actor, "list_engagements"), chosen("program", program)
    part, holding = Page(A_PAGE, read_cursor(cursor or None)), like(stage=chosen_code("stage", stage, STAGES))
    scope = within(policy.scope(look.actor, look.action), program=wanted)
    async with reads.snapshot(request, actor, CURRENT["engagement"], shown_by=look) as (rows, _):
        by = Order((), descending=True)
        found = await ordered(rows, "engagement", scope, by=by, holding=holding, after=part.after, limit=part.limit + 1, words=False)
    courses = await courses_of(request, reads, look, [one.id for one in part.cut(found)])
    listed = [row_of(one, actor) for one in courses.values()]
    people = [person for row in listed for person in (row.engagement.client_id, row.engagement.coach_id)]
    following = part.following(found)
    return page(
        "engagement/engagements.html",
        reader=await page_reader(request, reads, actor),
        here=ENGAGEMENTS,
        rows=sorted(listed, key=lambda row: row.next is None or not row.next.mine),
        names=await names_of(request, reads, actor, people),
        programs=await programs_of(request, reads, actor, policy.scope(look.actor)) if actor.role in MAY["list_programs"] else {},
        program=wanted,
        stage=stage,
        stages=STAGES,
        following=following if following is not UNSET else "",
    )


def row_of(course: Course, actor: Actor) -> Row:
    """Those in which something is the reader's to do are told so."""
    return Row(course.engagement, course.plan.id if course.plan is not None else None, next_of(course, actor))


ROUTES: Final = (engagements,)
