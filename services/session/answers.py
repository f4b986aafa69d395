"""A session as the API shows it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final, TypeAlias
from uuid import UUID

from msgspec import UNSET, Struct, UnsetType, structs

from domain.glossary import Visibility
from domain.session.events import Attendee, CommitmentOutcome, SessionKind, Step
from domain.session.rating import INSTRUMENTS
from domain.session.state import Insight, Rating, SessionStage, SessionState, Written
from domain.values import Code, Personal, TimeZone
from projections.current import Current
from services.reading.view import Hidden, Sight, Text, hidden, opened

Ratings: TypeAlias = Mapping[tuple[UUID, Code], Mapping[str, int]]
NO_RATINGS: Final[Ratings] = MappingProxyType({})


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


class SessionAgreementAnswer(Struct, frozen=True, kw_only=True):
    """What the conversation is about; `seen` is what saying it anew names."""

    focus: Text
    wanted_outcome: Text
    success_sign: Text | None
    why: Text | None
    objective_ids: tuple[UUID, ...]
    seen: int


class InsightAnswer(Struct, frozen=True, kw_only=True):
    """Something that the client became aware of."""

    id: UUID
    author: UUID
    visibility: Visibility
    text: Text


class ReviewAnswer(Struct, frozen=True, kw_only=True):
    """What became of an action that the client had committed to."""

    action_id: UUID
    outcome: CommitmentOutcome
    learning: Text | None


class HeldAnswer(Struct, frozen=True, kw_only=True):
    """That the session took place: when it began, how long it took, and who counts what.

    `attended` is who of a group was there; null where only their number was told.
    """

    held_at: datetime
    minutes: int
    pro_bono: bool
    participants: int
    steps: tuple[Step, ...]
    attended: tuple[UUID, ...] | None


class WrittenAnswer(Struct, frozen=True, kw_only=True):
    """A note or a reflection, in its newest of `number` versions; `seen` is what writing it anew names."""

    id: UUID
    author: UUID
    number: int
    visibility: Visibility
    text: Text
    seen: int


class SessionRatingAnswer(Struct, frozen=True, kw_only=True):
    """How `by` rated the session by one instrument: each item, and the sums that it is read by. `hidden` says why they are missing.

    `asks_to_talk` is for the coach alone: the scores are so low, or so much lower than those before, that the two should talk about
    how they work together.
    """

    by: UUID
    instrument: Code
    instrument_version: int
    scores: dict[str, int] | None
    sums: dict[str, int] | None
    hidden: Hidden | UnsetType = UNSET
    comment: Text | None
    asks_to_talk: bool | UnsetType = UNSET


class SessionContentAnswer(SessionAnswer, frozen=True, kw_only=True):
    """A coaching session with what it held. What somebody else keeps to themselves is not in it."""

    agreement: SessionAgreementAnswer | None
    insights: tuple[InsightAnswer, ...]
    reviews: tuple[ReviewAnswer, ...]
    held: HeldAnswer | None
    absent: Attendee | None
    notes: tuple[WrittenAnswer, ...]
    reflections: tuple[WrittenAnswer, ...]
    ratings: tuple[SessionRatingAnswer, ...]


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


def content_answer(current: Current[SessionState], seen: Sight, reader: UUID, before: Ratings = NO_RATINGS) -> SessionContentAnswer:
    """`reader` is the person who reads: what is private to somebody else is left out, whatever their role.

    `before` are the scores of the ratings before this session's, by whose they are and by their instrument.
    """
    state = current.state
    return SessionContentAnswer(
        **structs.asdict(session_answer(current)),
        agreement=agreement_answer(state, seen),
        insights=tuple(
            InsightAnswer(id=one.id, author=one.author, visibility=one.visibility, text=shown(one.text, seen))
            for one in state.insights
            if is_open(one, reader)
        ),
        reviews=tuple(
            ReviewAnswer(action_id=one.action_id, outcome=one.outcome, learning=seen.text(one.learning)) for one in state.reviews
        ),
        held=held_answer(state),
        absent=state.absent,
        notes=tuple(written_answer(one, seen) for one in state.notes.values() if is_open(one, reader)),
        reflections=tuple(written_answer(one, seen) for one in state.reflections.values() if is_open(one, reader)),
        ratings=tuple(
            rating_answer(one, seen, before.get((one.by, one.instrument)), for_coach=reader != one.by)
            for one in state.ratings
            if one.by not in seen.others
        ),
    )


def is_open(one: Insight | Written, reader: UUID) -> bool:
    return one.visibility == "shared" or one.author == reader


def shown(value: Personal[str], seen: Sight) -> Text:
    return opened(value) if seen.words else hidden(value)


def agreement_answer(state: SessionState, seen: Sight) -> SessionAgreementAnswer | None:
    made = state.agreement
    if made is None:
        return None
    return SessionAgreementAnswer(
        focus=shown(made.focus, seen),
        wanted_outcome=shown(made.wanted_outcome, seen),
        success_sign=seen.text(made.success_sign),
        why=seen.text(made.why),
        objective_ids=made.objective_ids,
        seen=state.agreed_at,
    )


def held_answer(state: SessionState) -> HeldAnswer | None:
    done, held_at, minutes = state.completed, state.held_at, state.minutes_held
    if done is None or held_at is None or minutes is None:
        return None
    return HeldAnswer(
        held_at=held_at, minutes=minutes, pro_bono=done.pro_bono, participants=done.participants, steps=done.steps, attended=done.attended
    )


def written_answer(one: Written, seen: Sight) -> WrittenAnswer:
    return WrittenAnswer(
        id=one.id, author=one.author, number=one.number, visibility=one.visibility, text=shown(one.text, seen), seen=one.set_at
    )


def rating_answer(one: Rating, seen: Sight, before: Mapping[str, int] | None, *, for_coach: bool) -> SessionRatingAnswer:
    """`for_coach`: of those who read words, client and coach, it is the latter."""
    scores = one.scores.plain() if seen.words and one.scores.is_open else None
    known = INSTRUMENTS[one.instrument, one.instrument_version]
    return SessionRatingAnswer(
        by=one.by,
        instrument=one.instrument,
        instrument_version=one.instrument_version,
        scores=scores,
        sums=None if scores is None else known.sums(scores),
        hidden=hidden(one.scores) if scores is None else UNSET,
        comment=seen.text(one.comment),
        asks_to_talk=UNSET if scores is None or not for_coach else known.asks_to_talk(scores, before),
    )
