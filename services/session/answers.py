"""A session as the API shows it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from msgspec import UNSET, Struct, UnsetType

from domain.session.events import Attendee, SessionKind
from domain.session.state import SessionStage, SessionState
from domain.values import TimeZone
from projections.current import Current


class SessionAnswer(Struct, frozen=True, kw_only=True):
    """A coaching session: `starts_at` in UTC, `zone` where the time was chosen, `moved` how often it was rescheduled.

    `late_cancel`: it was called off later than the agreement's notice allows.
    """

    id: UUID
    version: int
    engagement_id: UUID
    client_id: UUID
    coach_id: UUID
    session_no: int
    stage: SessionStage
    starts_at: datetime
    minutes: int
    zone: TimeZone
    kind: SessionKind
    series_id: UUID | None
    strategy_id: UUID | None
    moved: int
    cancelled_by: Attendee | None
    late_cancel: bool


class SessionsAnswer(Struct, frozen=True, kw_only=True):
    """A page of sessions; `next_cursor` leads to the next one."""

    items: tuple[SessionAnswer, ...]
    next_cursor: str | UnsetType = UNSET


def session_answer(current: Current[SessionState]) -> SessionAnswer:
    state = current.state
    return SessionAnswer(
        id=state.id,
        version=current.version,
        engagement_id=state.engagement_id,
        client_id=state.client_id,
        coach_id=state.coach_id,
        session_no=state.session_no,
        stage=state.stage,
        starts_at=state.begins,
        minutes=state.minutes,
        zone=state.zone,
        kind=state.kind,
        series_id=state.series_id,
        strategy_id=state.strategy_id,
        moved=state.moved,
        cancelled_by=state.cancelled_by,
        late_cancel=state.late_cancel,
    )
