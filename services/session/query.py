"""What a reader finds of sessions: what the JSON reads answer, and what the pages show."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from litestar import Request

from domain.session.rating import INSTRUMENTS
from domain.session.state import SessionStage, SessionState
from projections import current
from projections.current import CURRENT, Current
from projections.ordered import Within, ordered
from projections.snapshot import Snapshot
from services.actor import Actor
from services.errors import Fault, Unreadable
from services.permission import policy
from services.reading.listing import Page, like, order, within
from services.reading.reads import Found, NotCaughtUp, Reads
from services.reading.view import Sight
from services.session.answers import NO_RATINGS, Ratings, SessionContentAnswer, SessionsAnswer, content_answer, session_answer

STARTS: Final = {"starts_at": ("state", "starts_at")}
LAST_YEAR: Final = 9000


class Sought(NamedTuple):
    """Which sessions, and in which order. `since` and `to` are days of the organization's, `low` and `high` instants."""

    engagement: UUID | None = None
    series: UUID | None = None
    since: date | None = None
    to: date | None = None
    low: datetime | None = None
    high: datetime | None = None
    stage: SessionStage | None = None
    client: UUID | None = None
    coach: UUID | None = None
    program: UUID | None = None
    sort: str = "created"

    @property
    def holding(self) -> dict[str, Any]:
        """What the row has to hold."""
        series = str(self.series) if self.series is not None else None
        engagement = {"engagement_id": str(self.engagement)} if self.engagement is not None else {}
        return engagement | like(stage=self.stage, series_id=series)

    def during(self, zone: ZoneInfo) -> Within:
        """Raises `Unreadable` for a day that no clock can say the end of."""
        if self.to is not None and self.to.year > LAST_YEAR:
            raise Unreadable([Fault("/query/to", "out_of_range", f"A day of the year {LAST_YEAR} at the latest.")])
        until = self.to + timedelta(days=1) if self.to is not None else None
        return Within(STARTS["starts_at"], midnight(self.since, zone) or self.low, midnight(until, zone) or self.high)


def midnight(day: date | None, zone: ZoneInfo) -> datetime | None:
    return None if day is None else datetime.combine(day, time.min, zone)


async def find_sessions(request: Request[Any, Any, Any], reads: Reads, actor: Actor, wanted: Sought, page: Page) -> Found[SessionsAnswer]:
    """A page of those that the actor may see. Raises `NotPermitted` and `Unreadable`."""
    look = await reads.look(actor, "list_sessions")
    by, during = order(wanted.sort, STARTS), wanted.during(look.organization.zone)
    async with reads.snapshot(request, actor, CURRENT["session"], CURRENT["engagement"], shown_by=look) as (rows, position):
        scope = within(policy.scope(look.actor, look.action), client=wanted.client, coach=wanted.coach, program=wanted.program)
        found = await ordered(
            rows,
            "session",
            scope,
            by=by,
            holding=wanted.holding,
            during=during,
            after=page.after,
            limit=page.limit + 1,
            words=False,
        )
    fresh = await reads.sights(look, [one.state.engagement_id for one in page.cut(found)])
    items = tuple(session_answer(one) for one in page.cut(found) if one.state.engagement_id in fresh)
    return Found(SessionsAnswer(items=items, next_cursor=page.following(found)), position)


async def find_session(request: Request[Any, Any, Any], reads: Reads, actor: Actor, id: UUID) -> Found[SessionContentAnswer]:
    """Raises `NotFound`, `NotPermitted` and `NotCaughtUp`."""
    look = await reads.look(actor, "read_session", "session", id)
    async with reads.snapshot(request, actor, CURRENT["session"], shown_by=look) as (rows, position):
        found = await current.one(rows, "session", id, words=look.sight.opens)
        if found is None:
            raise NotCaughtUp
        before = await ratings_before(rows, found, look.sight)
    return Found(content_answer(found, look.sight, look.actor.person_id, before), position, found.version)


async def ratings_before(rows: Snapshot, shown: Current[SessionState], seen: Sight) -> Ratings:
    """The scores of the last rating before this session's by each instrument of which a drop tells something."""
    falling = {one.instrument for one in shown.state.ratings if INSTRUMENTS[one.instrument, one.instrument_version].drop is not None}
    if not falling or not seen.words:
        return NO_RATINGS
    every: list[Current[SessionState]] = await current.read(
        rows, "session", seen.opens, "in_engagements", engagement_ids=[shown.state.engagement_id], after=None, at_most=None
    )
    earlier = sorted((one.state for one in every if one.state.begins < shown.state.begins), key=lambda state: state.begins)
    ratings = [one for state in earlier for one in state.ratings if one.instrument in falling and one.scores.is_open]
    return {(one.by, one.instrument): one.scores.plain() for one in ratings}
