"""Deciding about what became of a session: held or missed, for how long, and how the client found it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from domain.errors import OccurredAtOutOfRange, VersionConflict
from domain.errors.answering import RatingInstrumentUnknown, RatingOutOfScale
from domain.errors.session import (
    AlreadyRated,
    AttendeeUnknown,
    HeadCountInvalid,
    LogExported,
    LogNotExported,
    MinutesOutOfRange,
    NotAttended,
    NotThere,
    SessionClosed,
    SessionNotBegun,
)
from domain.event import Event
from domain.rules import CLOCKS_DIFFER, require_occurred_since, require_reason
from domain.session.commands import CompleteSession, CorrectSessionTime, CounterSessionTime, RateSession, RecordSessionNoShow
from domain.session.context import SessionContext
from domain.session.decide.table import decide
from domain.session.events import SessionCompleted, SessionNoShowRecorded, SessionRated, SessionTimeCorrected, SessionTimeCountered
from domain.session.rating import INSTRUMENTS, current
from domain.session.state import Rating, SessionState
from domain.values import OfClient, of_author

MOST_MINUTES: Final = 480


@decide.on(CompleteSession)
def complete(state: SessionState, command: CompleteSession, context: SessionContext) -> Sequence[Event]:
    _require_begun(state, command, context)
    _require_passed(command.minutes, command.occurred_at or state.begins, context, "/minutes")
    if command.participants != 1 and not context.is_group:
        raise HeadCountInvalid(pointer="/participants")
    attended = _attended(command, context)
    return (
        SessionCompleted(
            minutes=command.minutes,
            pro_bono=context.pro_bono if command.pro_bono is None else command.pro_bono,
            participants=command.participants if attended is None else len(attended),
            steps=tuple(dict.fromkeys(command.steps)),
            attended=attended,
        ),
    )


def _attended(command: CompleteSession, context: SessionContext) -> tuple[UUID, ...] | None:
    """Who was there, each once: who they are says how many they are, and another number beside it is an error."""
    if command.attended is None:
        return None
    there = tuple(dict.fromkeys(command.attended))
    if unknown := [person for person in there if person not in context.coached]:
        raise AttendeeUnknown(pointer=f"/attended/{command.attended.index(unknown[0])}")
    if command.participants not in (1, len(there)):
        raise HeadCountInvalid("So many are not named in `attended`: leave the number out.", pointer="/participants")
    return there


@decide.on(RecordSessionNoShow)
def record_no_show(state: SessionState, command: RecordSessionNoShow, context: SessionContext) -> Sequence[Event]:
    _require_begun(state, command, context)
    return (SessionNoShowRecorded(absent=command.absent),)


def _require_begun(state: SessionState, command: CompleteSession | RecordSessionNoShow, context: SessionContext) -> None:
    """It is still open, and had begun when what is reported happened."""
    if state.stage != "scheduled":
        raise SessionClosed(stage=state.stage)
    assert state.scheduled_at is not None  # it was scheduled, or it would not exist
    if state.booked_afterwards and command.occurred_at is None:
        raise OccurredAtOutOfRange("The session was booked afterwards: say when it began.", pointer="/occurred_at", earliest=state.begins)
    require_occurred_since(min(state.scheduled_at, state.begins), context)
    if context.occurred_at < state.begins:
        raise SessionNotBegun(pointer="/occurred_at", starts_at=state.begins)


@decide.on(RateSession)
def rate(state: SessionState, command: RateSession, context: SessionContext) -> Sequence[Event]:
    instrument = current(command.instrument)
    if instrument is None:
        raise RatingInstrumentUnknown(pointer="/instrument", known=sorted({code for code, _ in INSTRUMENTS}))
    if state.stage != "completed":
        raise NotAttended(stage=state.stage)
    if context.is_group and context.actor not in _there(state, context):
        raise NotThere
    if any(rating.instrument == command.instrument and _is_own(rating, context) for rating in state.ratings):
        raise AlreadyRated
    if not instrument.fits(command.scores):
        raise RatingOutOfScale(pointer="/scores", items=sorted(instrument.items), lowest=instrument.lowest, highest=instrument.highest)
    comment = OfClient(command.comment) if command.comment and command.comment.strip() else None
    return (
        SessionRated(instrument=instrument.code, instrument_version=instrument.version, scores=OfClient(command.scores), comment=comment),
    )


def _there(state: SessionState, context: SessionContext) -> Collection[UUID]:
    """Who was there; where nobody said, who was coached on that day."""
    said = None if state.completed is None else state.completed.attended
    return context.coached if said is None else said


def _is_own(rating: Rating, context: SessionContext) -> bool:
    return not context.is_group or rating.by == context.actor


@decide.on(CorrectSessionTime)
def correct_time(state: SessionState, command: CorrectSessionTime, context: SessionContext) -> Sequence[Event]:
    _require_other_time(state, command, context)
    if context.exported:
        raise LogExported
    if command.to == command.from_:
        return ()
    return (SessionTimeCorrected(from_=command.from_, to=command.to, reason_code=command.reason_code, reason=of_author(command.reason)),)


@decide.on(CounterSessionTime)
def counter_time(state: SessionState, command: CounterSessionTime, context: SessionContext) -> Sequence[Event]:
    _require_other_time(state, command, context)
    if not context.exported:
        raise LogNotExported
    if command.to == command.from_:
        return ()
    return (SessionTimeCountered(from_=command.from_, to=command.to, reason_code=command.reason_code, reason=of_author(command.reason)),)


def _require_other_time(state: SessionState, command: CorrectSessionTime | CounterSessionTime, context: SessionContext) -> None:
    """It took place, for as long as was read, and could have taken so long."""
    if state.minutes_held is None:
        raise NotAttended(stage=state.stage)
    require_reason(command.reason_code, command.reason, context.policy)
    if command.from_ != state.minutes_held:
        raise VersionConflict(pointer="/from", minutes=state.minutes_held)
    _require_passed(command.to, state.begins, context, "/to")


def _require_passed(minutes: int, began: datetime, context: SessionContext, pointer: str) -> None:
    """It took no longer than it may, and than has passed since it began, by a clock that may differ from ours."""
    if minutes > MOST_MINUTES:
        raise MinutesOutOfRange(pointer=pointer)
    passed = (context.now - began + CLOCKS_DIFFER) // timedelta(minutes=1)
    if minutes > passed:
        said = f"The session began at {began.astimezone(UTC):%H:%M} UTC: so many minutes have not passed since. Record it when it is over."
        raise MinutesOutOfRange(said, pointer=pointer, began_at=began, most=passed)
