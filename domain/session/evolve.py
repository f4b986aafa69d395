"""How each event changes a session."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from domain.decider import Evolve
from domain.event import Recorded
from domain.session.events import SessionCancelled, SessionRescheduled, SessionScheduled
from domain.session.state import SessionState

evolve: Final[Evolve[SessionState]] = Evolve()


@evolve.on(SessionScheduled)
def scheduled(state: SessionState, recorded: Recorded[SessionScheduled]) -> SessionState:
    event = recorded.event
    return replace(
        state,
        id=event.session_id,
        engagement_id=event.engagement_id,
        client_id=event.client_id,
        coach_id=event.coach_id,
        session_no=event.session_no,
        starts_at=event.starts_at,
        minutes=event.minutes,
        zone=event.zone,
        kind=event.kind,
        series_id=event.series_id,
        strategy_id=event.strategy_id,
        scheduled_at=recorded.occurred_at,
    )


@evolve.on(SessionRescheduled)
def rescheduled(state: SessionState, recorded: Recorded[SessionRescheduled]) -> SessionState:
    event = recorded.event
    return replace(state, starts_at=event.to, minutes=event.minutes, coach_id=event.coach_id, moved=state.moved + 1)


@evolve.on(SessionCancelled)
def cancelled(state: SessionState, recorded: Recorded[SessionCancelled]) -> SessionState:
    event = recorded.event
    return replace(state, stage="cancelled", cancelled_by=event.initiated_by, late_cancel=event.late_cancel)
