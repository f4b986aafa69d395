"""How sessions become the facts of reminders: what is booked, when the two met last, and how the client found it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from msgspec import structs

from domain.event import Recorded
from domain.session import events as session
from infra.eventstore.feed import Fed
from projections.reminder.facts import Booked, Facts, Met, Rating
from projections.reminder.follow.table import follow, happened, since, without


def session_of(recorded: Recorded[Any]) -> UUID:
    """Which session it was is said by its stream."""
    assert isinstance(recorded, Fed)
    return recorded.stream


@follow.on(session.SessionScheduled)
def session_scheduled(facts: Facts, recorded: Recorded[session.SessionScheduled]) -> Facts:
    event = recorded.event
    booked = Booked(event.starts_at, since(recorded))
    return structs.replace(facts, booked={**facts.booked, event.session_id: booked}, used=facts.used + 1)


@follow.on(session.SessionRescheduled)
def session_rescheduled(facts: Facts, recorded: Recorded[session.SessionRescheduled]) -> Facts:
    moved = Booked(recorded.event.to, since(recorded))
    return structs.replace(facts, booked={**facts.booked, session_of(recorded): moved})


@follow.on(session.SessionCancelled)
def session_cancelled(facts: Facts, recorded: Recorded[session.SessionCancelled]) -> Facts:
    """It counts as one of the agreed ones only when the client called it off late."""
    event, id = recorded.event, session_of(recorded)
    counts = event.late_cancel and event.initiated_by == "client"
    called_off = Met(id, recorded.occurred_at, since(recorded))
    return structs.replace(facts, booked=without(facts.booked, id), called_off=called_off, used=facts.used if counts else facts.used - 1)


def session_over(facts: Facts, recorded: Recorded[Any]) -> Facts:
    """The latest counts, in whichever order they are reported; also the one to which somebody did not come."""
    id, last = session_of(recorded), facts.met
    facts = structs.replace(facts, booked=without(facts.booked, id))
    if last is not None and last.at > recorded.occurred_at:
        return facts
    return structs.replace(facts, met=Met(id, recorded.occurred_at, since(recorded)))


follow.on(session.SessionNoShowRecorded)(session_over)


@follow.on(session.SessionCompleted)
def session_completed(facts: Facts, recorded: Recorded[session.SessionCompleted]) -> Facts:
    attended = recorded.event.attended
    there = facts.present.union(present(facts.client_id)) if attended is None else frozenset(attended)
    held = Met(session_of(recorded), recorded.occurred_at, since(recorded), there)
    facts = session_over(facts, recorded)
    return structs.replace(facts, held={**facts.held, held.session_id: held})


def present(person: UUID | None) -> frozenset[UUID]:
    return frozenset() if person is None else frozenset({person})


@follow.on(session.SessionRated)
def session_rated(facts: Facts, recorded: Recorded[session.SessionRated]) -> Facts:
    event = recorded.event
    rating = Rating(session_of(recorded), happened(recorded), event.instrument, event.instrument_version, event.scores)
    waiting = facts.held.get(rating.session_id)
    if waiting is None or not facts.present | facts.gone:
        held = without(facts.held, rating.session_id)
    else:
        held = {**facts.held, **rated_by({rating.session_id: waiting}, recorded.meta.actor)}
    return structs.replace(facts, ratings=(*facts.ratings, rating), held=held)


def rated_by(held: dict[UUID, Met], person: UUID) -> dict[UUID, Met]:
    """Sessions of a group, of which this person is asked no more."""
    return {id: structs.replace(one, unrated=one.unrated - {person}) for id, one in held.items()}
