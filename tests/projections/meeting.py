"""Sessions of an engagement, as events, and a plain book of what became of them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from domain.engagement.events import AgreementDrafted, EngagementActivated
from domain.session.events import (
    ReflectionRecorded,
    SessionCancelled,
    SessionCompleted,
    SessionNoShowRecorded,
    SessionRated,
    SessionRescheduled,
    SessionScheduled,
)
from domain.values import OfAuthor, OfClient
from tests.projections.history import CLIENT, COACH, ENGAGEMENT, History, noon, uuid


def session(number: int) -> UUID:
    return uuid(600 + number)


def begun(history: History, on: str = "2026-01-05", *, sessions: int = 8, cadence_days: int = 14) -> History:
    """Coaching that goes on until the end of the year."""
    drafted = AgreementDrafted(
        agreement_version=1,
        parties=(),
        sessions=sessions,
        cadence_days=cadence_days,
        cancellation_hours=24,
        termination_days=14,
        confidentiality_limits=(),
        information_flows=(),
        ai_use="none",
        text=None,
        replaces=0,
    )
    starts_on = noon(on).date()
    activated = EngagementActivated(starts_on=starts_on, planned_end=starts_on.replace(month=12, day=31))
    return history.on(on, drafted, activated, stream=history.engagement)


def booked(history: History, number: int, starts_at: str, *, on: str | datetime = "2026-01-06", starts_hour: int = 12) -> History:
    """`starts_hour` is one of UTC."""
    event = SessionScheduled(
        session_id=session(number),
        engagement_id=ENGAGEMENT,
        client_id=history.client,
        coach_id=COACH,
        session_no=number,
        starts_at=noon(starts_at).replace(hour=starts_hour),
        minutes=60,
        zone="Europe/Berlin",
        kind="coaching",
        series_id=None,
        strategy_id=None,
    )
    return history.on(on, event, stream=session(number))


def held(history: History, number: int, on: str) -> History:
    """Booked for that day and held on it."""
    event = SessionCompleted(minutes=60, pro_bono=False, participants=1, steps=())
    return booked(history, number, on).on(on, event, stream=session(number))


def missed(history: History, number: int, on: str) -> History:
    return booked(history, number, on).on(on, SessionNoShowRecorded(absent="client"), stream=session(number))


def called_off(history: History, number: int, starts_at: str, on: str, *, late: bool) -> History:
    """One that was booked."""
    event = SessionCancelled(
        starts_at=noon(starts_at), minutes=60, coach_id=COACH, initiated_by="client", late_cancel=late, reason_code="absence", reason=None
    )
    return history.on(on, event, stream=session(number))


def put_off(history: History, number: int, from_: str, to: str, on: str) -> History:
    """One that was booked."""
    event = SessionRescheduled(
        from_=noon(from_),
        from_minutes=60,
        from_coach_id=COACH,
        to=noon(to),
        minutes=60,
        coach_id=COACH,
        initiated_by="coach",
        reason_code="absence",
        reason=None,
    )
    return history.on(on, event, stream=session(number))


def rated(history: History, number: int, on: str | datetime, instrument: str, scores: dict[str, int], *, by: UUID | None = None) -> History:
    """By the client, or whoever is named."""
    event = SessionRated(instrument=instrument, instrument_version=1, scores=OfClient(scores), comment=None)
    return history.on(on, event, stream=session(number), actor=by or history.client)


def stars(history: History, number: int, on: str, points: int, *, by: UUID | None = None) -> History:
    return rated(history, number, on, "stars", {"stars": points}, by=by)


def nps(history: History, number: int, on: str, points: int, *, by: UUID | None = None) -> History:
    return rated(history, number, on, "nps", {"nps": points}, by=by)


def srs(history: History, number: int, on: str, *points: int) -> History:
    return rated(history, number, on, "srs", dict(zip(("relationship", "goals", "approach", "overall"), points, strict=True)))


def wai(history: History, number: int, on: str, *, goal: int, task: int, bond: int, by: UUID | None = None) -> History:
    """Each item of a scale rated alike."""
    items = {4: goal, 6: goal, 8: goal, 11: goal, 1: task, 2: task, 10: task, 12: task, 3: bond, 5: bond, 7: bond, 9: bond}
    return rated(history, number, on, "wai_sr", {f"item_{item}": point for item, point in items.items()}, by=by)


def reflected(history: History, number: int, on: str, *, author: UUID = CLIENT) -> History:
    event = ReflectionRecorded(
        reflection_id=uuid(900 + number), reflection_version=1, visibility="shared", text=OfAuthor("I ask earlier now."), replaces=0
    )
    return history.on(on, event, stream=session(number), actor=author)
