"""The page that compares two moments of a plan, and the note of up to where somebody has read it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from litestar import Request, Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, QueryParameter
from litestar.response import Redirect

from services.actor import Actor
from services.audit.comparison import find_differences, look_kept
from services.audit.difference import BoundAnswer
from services.audit.moment import LAST_LOOK, NOW, Moment, read_number
from services.entry.auth import Keys
from services.pages.difference import difference_view
from services.pages.page import HEADERS, page
from services.pages.reader import page_reader
from services.pages.sign_in import FORM_BYTES, SEE_OTHER, sender
from services.pages.slider import CLOCKS, last_approval, required_moment
from services.pages.standing import stream_id
from services.permission.table import PUBLIC
from services.plan.query import find_timeline
from services.plan.timeline import TimelineAnswer
from services.reading.reads import Reads
from services.reading.route import get

COMPARISON: Final = "/plans/{id:str}/compare"
SINCE: Final = QueryParameter(name="from")


@get(COMPARISON, name="comparison_page", opt={"action": "read_difference", "page": True})
async def comparison(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    id: FromPath[str],
    since: Annotated[str, SINCE] = LAST_LOOK,
    to: FromQuery[str] = NOW,
    clock: FromQuery[str] = "recorded",
) -> Response[str]:
    """`from` and `to` are days on the clock that stands beside them, or moments as the JSON read takes them."""
    plan_id = stream_id(id)
    bounds = [required_moment(given, clock, name) for given, name in ((since or LAST_LOOK, "from"), (to or NOW, "to"))]
    look = await reads.look(actor, "read_difference", "plan", plan_id)
    found = await find_differences(request, reads, actor, plan_id, *bounds)
    told = await find_timeline(request, reads, actor, plan_id)
    return page(
        "comparison.html",
        reader=await page_reader(request, reads, actor),
        here="",
        view=difference_view(found.answer, look.organization.zone),
        plan_id=plan_id,
        clock=clock,
        clocks=CLOCKS,
        is_last_look=bounds[0].looked,
        is_now=(to or NOW) == NOW,
        approved=last_approval(told.answer),
        today=look.today,
        unrecorded=unrecorded(bounds[0], found.answer.from_, told.answer, look.organization.zone),
        until=to or NOW,
    )


class Unrecorded(NamedTuple):
    """A day by which nothing of a plan was recorded: when its record begins, and whether something is dated to before that day."""

    on: date
    begins: datetime
    is_dated: bool


def unrecorded(asked: Moment, found: BoundAnswer, told: TimelineAnswer, zone: ZoneInfo) -> Unrecorded | None:
    """Of a day on the record clock that lies there: an empty beginning, and not because nothing had happened by then."""
    if asked.recorded is None or asked.occurred is not None or found.version is not None or not told.items:
        return None
    on = asked.recorded.astimezone(zone).date() if isinstance(asked.recorded, datetime) else asked.recorded
    first = min(one.occurred_at for one in told.items).astimezone(zone).date()
    return Unrecorded(on, min(one.recorded_at for one in told.items), first <= on)


@post(COMPARISON, name="keep_look", opt={"action": PUBLIC, "page": True}, request_max_body_size=FORM_BYTES)
async def keep_look(
    request: Request[Any, Any, Any], keys: NamedDependency[Keys], reads: NamedDependency[Reads], id: FromPath[str]
) -> Redirect:
    """Notes up to where was read, by whom the cookie says, from a form of ours only."""
    actor = await sender(request, keys)
    plan_id = stream_id(id)
    await look_kept(reads, actor, plan_id, read_number(str((await request.form()).get("position", "")), "/position"))
    return Redirect(f"/plans/{plan_id}/compare", status_code=SEE_OTHER, headers=HEADERS)


ROUTES: Final = (comparison, keep_look)
