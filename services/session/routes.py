"""Reads of sessions."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Annotated, Any, Final, Literal, NamedTuple, TypeAlias
from uuid import UUID
from zoneinfo import ZoneInfo

from litestar import Request, Response
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter

from domain.session.state import SessionStage
from projections import current
from projections.current import CURRENT
from projections.ordered import Within, ordered
from services import policy
from services.actor import Actor
from services.caching import Tags
from services.errors import Fault, Unreadable
from services.listing import CLIENT, COACH, PROGRAM, SORT, STAGE, Page, like, order, page_of, within
from services.read import read, shown
from services.reading import NotCaughtUp, Reads
from services.session.answers import SessionContentAnswer, SessionsAnswer, content_answer, session_answer

SessionSort: TypeAlias = Literal["created", "-created", "starts_at", "-starts_at"]
STARTS: Final = {"starts_at": ("state", "starts_at")}
LAST_YEAR: Final = 9000
ENGAGEMENT: Final = QueryParameter(description="Only those of this engagement.")
SERIES: Final = QueryParameter(description="Only those of this series.")
FROM: Final = QueryParameter(name="from", description="Only what begins on that day, in the organization's zone, or later.")
TO: Final = QueryParameter(description="Only what begins by the end of that day, in the organization's zone.")


class Sought(NamedTuple):
    """Which sessions: of an engagement or a series, and between which days."""

    engagement: UUID | None
    series: UUID | None
    since: date | None
    to: date | None

    @property
    def holding(self) -> dict[str, Any]:
        known = {"engagement_id": self.engagement, "series_id": self.series}
        return {name: str(value) for name, value in known.items() if value is not None}

    def during(self, zone: ZoneInfo) -> Within:
        """Raises `Unreadable` for a day that no clock can say the end of."""
        if self.to is not None and self.to.year > LAST_YEAR:
            raise Unreadable([Fault("/query/to", "out_of_range", f"A day of the year {LAST_YEAR} at the latest.")])
        until = self.to + timedelta(days=1) if self.to is not None else None
        return Within(STARTS["starts_at"], midnight(self.since, zone), midnight(until, zone))


def midnight(day: date | None, zone: ZoneInfo) -> datetime | None:
    return None if day is None else datetime.combine(day, time.min, zone)


def sought(
    engagement: Annotated[UUID | None, ENGAGEMENT] = None,
    series: Annotated[UUID | None, SERIES] = None,
    since: Annotated[date | None, FROM] = None,
    to: Annotated[date | None, TO] = None,
) -> Sought:
    return Sought(engagement, series, since, to)


@read(
    "/v1/sessions",
    "list_sessions",
    SessionsAnswer,
    "List sessions.\n\nYour own, or those that your role covers, in the order in which they were booked.",
    given={"page": page_of, "wanted": sought},
)
async def list_sessions(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    tags: NamedDependency[Tags],
    page: NamedDependency[Page],
    wanted: NamedDependency[Sought],
    stage: Annotated[SessionStage | None, STAGE] = None,
    client: Annotated[UUID | None, CLIENT] = None,
    coach: Annotated[UUID | None, COACH] = None,
    program: Annotated[UUID | None, PROGRAM] = None,
    sort: Annotated[SessionSort, SORT] = "created",
) -> Response[bytes | None]:
    look = await reads.look(actor, "list_sessions")
    async with reads.snapshot(request, actor, CURRENT["session"], CURRENT["engagement"]) as (rows, position):
        scope = within(policy.scope(look.actor), client=client, coach=coach, program=program)
        more = {"holding": like(stage=stage, **wanted.holding), "during": wanted.during(look.organization.zone)}
        found = await ordered(rows, "session", scope, by=order(sort, STARTS), **more, after=page.after, limit=page.limit + 1, words=False)
    fresh = await reads.sights(look, [one.state.engagement_id for one in page.cut(found)])
    items = tuple(session_answer(one) for one in page.cut(found) if one.state.engagement_id in fresh)
    return await shown(request, tags, actor, SessionsAnswer(items=items, next_cursor=page.following(found)), position)


@read(
    "/v1/sessions/{id:uuid}",
    "read_session",
    SessionContentAnswer,
    "Look at a session.\n\nWhen client and coach meet, and what they made of it, as far as you may see it.",
)
async def read_session(
    request: Request[Any, Any, Any],
    actor: NamedDependency[Actor],
    reads: NamedDependency[Reads],
    tags: NamedDependency[Tags],
    id: FromPath[UUID],
) -> Response[bytes | None]:
    look = await reads.look(actor, "read_session", "session", id)
    async with reads.snapshot(request, actor, CURRENT["session"]) as (rows, position):
        found = await current.one(rows, "session", id, words=look.sight.opens)
    if found is None:
        raise NotCaughtUp
    return await shown(request, tags, actor, content_answer(found, look.sight, look.actor.person_id), position, found.version)


ROUTES: Final = (list_sessions, read_session)
