"""Sessions: when they are booked, what became of them, and how those who are coached rated them."""

from __future__ import annotations

from uuid import UUID

from msgspec import structs

from domain.event import Recorded
from domain.session import events as session
from infra.eventstore.feed import Fed
from projections.kpi.coaching import Booked, Rating, Session
from projections.kpi.facts import Facts, with_session
from projections.kpi.follow.table import Applied, follow, speaker


def session_of(recorded: Applied) -> UUID:
    """Which session it was is said by its stream."""
    assert isinstance(recorded, Fed)
    return recorded.stream


@follow.on(session.SessionScheduled)
def session_scheduled(facts: Facts, recorded: Recorded[session.SessionScheduled]) -> Facts:
    event = recorded.event
    booked = Session(times=(Booked(recorded.occurred_at, event.starts_at),))
    return structs.replace(facts, sessions={**facts.sessions, event.session_id: booked})


@follow.on(session.SessionRescheduled)
def session_rescheduled(facts: Facts, recorded: Recorded[session.SessionRescheduled]) -> Facts:
    id = session_of(recorded)
    return with_session(facts, id, times=(*facts.sessions[id].times, Booked(recorded.occurred_at, recorded.event.to)))


@follow.on(session.SessionCancelled)
def session_cancelled(facts: Facts, recorded: Recorded[session.SessionCancelled]) -> Facts:
    return with_session(facts, session_of(recorded), cancelled_at=recorded.occurred_at, late=recorded.event.late_cancel)


@follow.on(session.SessionCompleted)
def session_completed(facts: Facts, recorded: Recorded[session.SessionCompleted]) -> Facts:
    return with_session(facts, session_of(recorded), held_at=recorded.occurred_at)


@follow.on(session.SessionNoShowRecorded)
def session_missed(facts: Facts, recorded: Recorded[session.SessionNoShowRecorded]) -> Facts:
    return with_session(facts, session_of(recorded), missed_at=recorded.occurred_at)


@follow.on(session.ReflectionRecorded)
def reflection_recorded(facts: Facts, recorded: Recorded[session.ReflectionRecorded]) -> Facts:
    """Of who is coached: what the coach writes says nothing of how they take part."""
    if not facts.is_coached(recorded.meta.actor):
        return facts
    return structs.replace(facts, reflections=(*facts.reflections, recorded.occurred_at))


@follow.on(session.SessionRated)
def session_rated(facts: Facts, recorded: Recorded[session.SessionRated]) -> Facts:
    event = recorded.event
    rating = Rating(
        speaker(facts, recorded), session_of(recorded), recorded.occurred_at, event.instrument, event.instrument_version, event.scores
    )
    return structs.replace(facts, ratings=(*facts.ratings, rating))
