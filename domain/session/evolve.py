"""How each event changes a session."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from domain.decider import Evolve
from domain.event import Recorded
from domain.session.events import (
    CommitmentReviewed,
    InsightCaptured,
    ReflectionRecorded,
    SessionAgreementMade,
    SessionCancelled,
    SessionCompleted,
    SessionNoShowRecorded,
    SessionNoteRecorded,
    SessionRated,
    SessionRescheduled,
    SessionScheduled,
    SessionTimeCorrected,
    SessionTimeCountered,
)
from domain.session.state import Insight, Rating, Review, SessionState, Written

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
        booked_afterwards=(event.reason_code or event.reason) is not None and event.starts_at <= recorded.occurred_at,
    )


@evolve.on(SessionRescheduled)
def rescheduled(state: SessionState, recorded: Recorded[SessionRescheduled]) -> SessionState:
    event = recorded.event
    return replace(state, starts_at=event.to, minutes=event.minutes, coach_id=event.coach_id, moved=state.moved + 1)


@evolve.on(SessionCancelled)
def cancelled(state: SessionState, recorded: Recorded[SessionCancelled]) -> SessionState:
    event = recorded.event
    return replace(state, stage="cancelled", cancelled_by=event.initiated_by, late_cancel=event.late_cancel)


@evolve.on(SessionAgreementMade)
def agreed(state: SessionState, recorded: Recorded[SessionAgreementMade]) -> SessionState:
    return replace(state, agreement=recorded.event, agreed_at=recorded.version)


@evolve.on(InsightCaptured)
def captured(state: SessionState, recorded: Recorded[InsightCaptured]) -> SessionState:
    event = recorded.event
    insight = Insight(id=event.insight_id, author=recorded.meta.actor, visibility=event.visibility, text=event.text)
    return replace(state, insights=(*state.insights, insight))


@evolve.on(CommitmentReviewed)
def reviewed(state: SessionState, recorded: Recorded[CommitmentReviewed]) -> SessionState:
    event = recorded.event
    review = Review(author=recorded.meta.actor, action_id=event.action_id, outcome=event.outcome, learning=event.learning)
    return replace(state, reviews=(*state.reviews, review))


@evolve.on(SessionCompleted)
def completed(state: SessionState, recorded: Recorded[SessionCompleted]) -> SessionState:
    return replace(state, stage="completed", completed=recorded.event, held_at=recorded.occurred_at)


@evolve.on(SessionNoShowRecorded)
def missed(state: SessionState, recorded: Recorded[SessionNoShowRecorded]) -> SessionState:
    return replace(state, stage="no_show", absent=recorded.event.absent)


@evolve.on(SessionNoteRecorded)
def noted(state: SessionState, recorded: Recorded[SessionNoteRecorded]) -> SessionState:
    event = recorded.event
    note = Written(
        id=event.note_id,
        author=recorded.meta.actor,
        number=event.note_version,
        visibility=event.visibility,
        text=event.text,
        set_at=recorded.version,
    )
    return replace(state, notes={**state.notes, note.id: note})


@evolve.on(ReflectionRecorded)
def reflected(state: SessionState, recorded: Recorded[ReflectionRecorded]) -> SessionState:
    event = recorded.event
    reflection = Written(
        id=event.reflection_id,
        author=recorded.meta.actor,
        number=event.reflection_version,
        visibility=event.visibility,
        text=event.text,
        set_at=recorded.version,
    )
    return replace(state, reflections={**state.reflections, reflection.id: reflection})


@evolve.on(SessionRated)
def rated(state: SessionState, recorded: Recorded[SessionRated]) -> SessionState:
    event = recorded.event
    rating = Rating(
        by=recorded.meta.actor,
        instrument=event.instrument,
        instrument_version=event.instrument_version,
        scores=event.scores,
        comment=event.comment,
    )
    return replace(state, ratings=(*state.ratings, rating))


@evolve.on(SessionTimeCorrected)
def corrected(state: SessionState, recorded: Recorded[SessionTimeCorrected]) -> SessionState:
    return replace(state, corrected=recorded.event.to)


@evolve.on(SessionTimeCountered)
def countered(state: SessionState, recorded: Recorded[SessionTimeCountered]) -> SessionState:
    return replace(state, corrected=recorded.event.to)
