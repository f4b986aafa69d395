"""What happens to a session. Each conversation is a stream of its own."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, TypeAlias
from uuid import UUID

from domain.event import Event, stored
from domain.glossary import Visibility
from domain.values import OfAuthor, OfClient, StoredCode, TimeZone

SessionKind: TypeAlias = Literal["coaching", "kick_off", "alignment", "closing"]
"""What a session is for: an ordinary one, the first, one to align on goals with the sponsor's frame, the last."""
Attendee: TypeAlias = Literal["client", "coach"]
"""Who meets in a session."""
Step: TypeAlias = Literal["agreement", "awareness", "actions", "accountability", "close"]
"""The steps of a session's protocol, in their order."""
CommitmentOutcome: TypeAlias = Literal["done", "partly", "not_done"]


class ReasonedEvent(Event, frozen=True, kw_only=True):
    """An event with its reason: a code of the organization's list, the author's words, or both."""

    reason_code: StoredCode | None
    reason: OfAuthor[str] | None


@stored("session.session_scheduled", schema_v=2)
class SessionScheduled(Event, frozen=True):
    """Client and coach are to meet: `session_no` counts the engagement's sessions from 1, `zone` is where the time was chosen.

    `series_id` is what the sessions of one series share, `strategy_id` the strategy of the plan that they carry out. The reason says
    why it is booked only now, of one that took place before.
    """

    session_id: UUID
    engagement_id: UUID
    client_id: UUID
    coach_id: UUID
    session_no: int
    starts_at: datetime
    minutes: int
    zone: TimeZone
    kind: SessionKind
    series_id: UUID | None
    strategy_id: UUID | None
    reason_code: StoredCode | None = None
    reason: OfAuthor[str] | None = None


@stored("session.session_rescheduled")
class SessionRescheduled(ReasonedEvent, frozen=True):
    """It got another time; with another coach than `from_coach_id`, where the engagement has one by now."""

    from_: datetime
    from_minutes: int
    from_coach_id: UUID
    to: datetime
    minutes: int
    coach_id: UUID
    initiated_by: Attendee


@stored("session.session_cancelled")
class SessionCancelled(ReasonedEvent, frozen=True):
    """It will not take place. `late_cancel`: later than the agreement's notice allows."""

    starts_at: datetime
    minutes: int
    coach_id: UUID
    initiated_by: Attendee
    late_cancel: bool


@stored("session.session_agreement_made")
class SessionAgreementMade(Event, frozen=True):
    """Step 1: what this conversation is about, what is wanted of it, how both will know, and why it matters.

    `replaces` is the version of the one that it replaces, 0 for the first.
    """

    focus: OfClient[str]
    wanted_outcome: OfClient[str]
    success_sign: OfClient[str] | None
    why: OfClient[str] | None
    objective_ids: tuple[UUID, ...]
    replaces: int


@stored("session.insight_captured")
class InsightCaptured(Event, frozen=True):
    """Step 2: something that the client became aware of."""

    insight_id: UUID
    visibility: Visibility
    text: OfClient[str]


@stored("session.commitment_reviewed")
class CommitmentReviewed(Event, frozen=True):
    """Step 4: what became of an action that the client had committed to, and what was learnt of it."""

    action_id: UUID
    outcome: CommitmentOutcome
    learning: OfClient[str] | None


@stored("session.session_completed", schema_v=2)
class SessionCompleted(Event, frozen=True):
    """It took place: so many minutes by the clock, with so many people who were coached.

    `attended` is who of them was there; None where only their number was told.
    """

    minutes: int
    pro_bono: bool
    participants: int
    steps: tuple[Step, ...]
    attended: tuple[UUID, ...] | None = None


@stored("session.session_no_show_recorded")
class SessionNoShowRecorded(Event, frozen=True):
    """It did not take place, because one of the two did not come."""

    absent: Attendee


@stored("session.session_note_recorded")
class SessionNoteRecorded(Event, frozen=True):
    """Somebody wrote a note, or wrote it anew: `replaces` is the version that set it before, 0 for the first."""

    note_id: UUID
    note_version: int
    visibility: Visibility
    text: OfAuthor[str]
    replaces: int


@stored("session.reflection_recorded")
class ReflectionRecorded(Event, frozen=True):
    """Somebody wrote down what they learnt, or wrote it anew: `replaces` is the version that set it before, 0 for the first."""

    reflection_id: UUID
    reflection_version: int
    visibility: Visibility
    text: OfAuthor[str]
    replaces: int


@stored("session.session_rated")
class SessionRated(Event, frozen=True):
    """The client rated it: item of the instrument -> point on its scale."""

    instrument: StoredCode
    instrument_version: int
    scores: OfClient[dict[str, int]]
    comment: OfClient[str] | None


@stored("session.session_time_corrected")
class SessionTimeCorrected(ReasonedEvent, frozen=True):
    """It took another time than was recorded, in minutes."""

    from_: int
    to: int


@stored("session.session_time_countered")
class SessionTimeCountered(ReasonedEvent, frozen=True):
    """It took another time than a log says that was handed in: the line there stays, and one of its own says the difference."""

    from_: int
    to: int
