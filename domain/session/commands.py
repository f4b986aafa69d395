"""What may be asked of a session."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias
from uuid import UUID

from msgspec import Meta, Struct, field

from domain.command import Command, Report
from domain.session.events import Attendee, CommitmentOutcome, SessionKind, Step
from domain.values import Code, Instant, Prose, TimeZone

Minutes: TypeAlias = Annotated[int, Meta(ge=5, le=480, multiple_of=5)]
Seen: TypeAlias = Annotated[int, Meta(ge=0)]
Rhythm: TypeAlias = Literal["week", "two_weeks", "month", "cadence"]
"""How far the sessions of a series lie apart; `cadence` is what the agreement says."""


class Reasoned(Command, frozen=True, kw_only=True):
    """A command that says why: a code of the organization's list, at least ten characters of reason, or both."""

    reason_code: Code | None = None
    reason: Prose | None = None


class Repeat(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Makes a series of a session: so many in all, at the same time of the clock where the time was chosen.

    A month later is the same day of the month, or its last one where there is no such day.
    """

    every: Rhythm
    times: Annotated[int, Meta(ge=2, le=52)]


class ScheduleSession(Reasoned, frozen=True, kw_only=True):
    """Books a time of the engagement's coach, on any five minutes of the clock; with `repeat` a series, all of it or nothing.

    Its coach books one that took place before and was never booked, too, and gives the reason. `zone` is where the time was chosen, the organization's when left out. `strategy_id` is the strategy of the plan, one of
    meetings, that the session carries out.
    """

    engagement_id: UUID
    starts_at: Instant
    minutes: Minutes = 60
    zone: TimeZone | None = None
    kind: SessionKind = "coaching"
    repeat: Repeat | None = None
    strategy_id: UUID | None = None


class RescheduleSession(Reasoned, frozen=True, kw_only=True):
    """Moves a session. `from` is its time as you read it; `initiated_by` is whose wish it is, if not your own.

    The time that it had is free from then on, and `minutes` stay as they were when left out. With `rest` all later ones of its
    series that are still booked move as far, by days and by the clock: all of them or none.
    """

    from_: Instant = field(name="from")
    to: Instant
    minutes: Minutes | None = None
    initiated_by: Attendee | None = None
    rest: bool = False


class CancelSession(Reasoned, frozen=True, kw_only=True):
    """Calls a session off before it begins, or one that was booked after it had begun. `initiated_by` is whose wish it is, if not your own.

    Later than the agreement's notice it counts as one of the agreed sessions, when the client wished it. With `rest` all later
    ones of its series that are still booked are called off, too.
    """

    initiated_by: Attendee | None = None
    rest: bool = False


class MakeSessionAgreement(Command, frozen=True, kw_only=True):
    """Says what this conversation is about, what the client wants of it, how both will know, and why it matters.

    Until the session is over it may be said anew: `seen` is the version of the session that said it before, 0 when none did.
    """

    focus: Prose
    wanted_outcome: Prose
    success_sign: Prose | None = None
    why: Prose | None = None
    objective_ids: Annotated[tuple[UUID, ...], Meta(max_length=10)] = ()
    seen: Seen = 0


class CaptureInsight(Command, frozen=True, kw_only=True):
    """Keeps what the client became aware of. `visibility` is shared, or private_coach or private_client of who sends it."""

    text: Prose
    visibility: Code = "shared"


class ReviewCommitment(Report, frozen=True, kw_only=True):
    """Records what became of an action of the plan that the client had committed to."""

    action_id: UUID
    outcome: CommitmentOutcome
    learning: Prose | None = None


class CompleteSession(Report, frozen=True, kw_only=True):
    """Records that the session took place; `occurred_at` is when it began. `minutes` are those of the clock, 480 at most, and no more than
    have passed since. Of a session that was booked afterwards say `occurred_at`.

    `participants` is how many were coached: one, but for a group's session. `attended` are who of a group was there; then their
    number need not be said. `pro_bono` is as the engagement is when left out.
    """

    minutes: Annotated[int, Meta(ge=1)]
    pro_bono: bool | None = None
    participants: Annotated[int, Meta(ge=1, le=200)] = 1
    steps: Annotated[tuple[Step, ...], Meta(max_length=5)] = ()
    attended: Annotated[tuple[UUID, ...], Meta(min_length=1, max_length=200)] | None = None


class RecordSessionNoShow(Report, frozen=True, kw_only=True):
    """Records that the session did not take place, because one of the two did not come."""

    absent: Attendee


class RecordSessionNote(Command, frozen=True, kw_only=True):
    """Writes a note, or with `note_id` one of your own anew: `seen` is then the version of the session that set it.

    `visibility` is private_coach or private_client, for your eyes alone, or shared, for those of coach and client.
    """

    text: Prose
    visibility: Code
    note_id: UUID | None = None
    seen: Seen = 0


class RecordReflection(Command, frozen=True, kw_only=True):
    """Writes down what you learnt, or with `reflection_id` one of your own anew: `seen` is then the version that set it.

    `visibility` is private_coach or private_client, for your eyes alone, or shared, for those of coach and client.
    """

    text: Prose
    visibility: Code
    reflection_id: UUID | None = None
    seen: Seen = 0


class RateSession(Command, frozen=True, kw_only=True):
    """Rates a session that took place, once by each instrument: stars, nps, srs or wai_sr. `scores` maps each of its items to a point.

    Of a group each rates it for themselves who was there, and nobody but they and the coach reads it.
    """

    instrument: Code = "stars"
    scores: Annotated[dict[Code, int], Meta(min_length=1, max_length=50)]
    comment: Prose | None = None


class CorrectSessionTime(Reasoned, frozen=True, kw_only=True):
    """Corrects how many minutes a session took. `from` are the minutes as you read them."""

    from_: Annotated[int, Meta(ge=1)] = field(name="from")
    to: Annotated[int, Meta(ge=1)]


class CounterSessionTime(Reasoned, frozen=True, kw_only=True):
    """Corrects the minutes of a session that a log for a credential holds which was handed in: by an entry of its own.

    The line of the log stays as it was handed in; what is added or taken away stands beside it with its day. `from` are the minutes
    as you read them. While no such log holds the session, correct-session-time does.
    """

    from_: Annotated[int, Meta(ge=1)] = field(name="from")
    to: Annotated[int, Meta(ge=1)]
