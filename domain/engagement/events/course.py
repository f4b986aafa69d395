"""How coaching begins, rests, goes on and ends."""

from __future__ import annotations

from datetime import date
from typing import Literal, TypeAlias
from uuid import UUID

from domain.event import Event, stored
from domain.values import OfAuthor, OfClient, StoredCode

Ender: TypeAlias = Literal["client", "coach", "sponsor", "organization"]
"""Who ends a coaching early: a party, or who runs the program."""


@stored("engagement.engagement_activated")
class EngagementActivated(Event, frozen=True):
    """Coaching began, under an agreement that every party has signed."""

    starts_on: date
    planned_end: date


class ReasonedEvent(Event, frozen=True, kw_only=True):
    """An event with its reason: a code of the organization's list, the author's words, or both."""

    reason_code: StoredCode | None
    reason: OfAuthor[str] | None


@stored("engagement.engagement_paused")
class EngagementPaused(ReasonedEvent, frozen=True):
    """Coaching rests from that day on, and every clock with it; `until` is the day foreseen for its end.

    With `shifts_due_dates` what is open and due on that day or later becomes due later by as long as the pause lasts.
    """

    paused_on: date
    until: date | None
    shifts_due_dates: bool


@stored("engagement.engagement_resumed")
class EngagementResumed(ReasonedEvent, frozen=True):
    """Coaching went on: the days from `paused_on` up to, and without, `resumed_on` count nowhere. `planned_end` is the end from now on."""

    paused_on: date
    resumed_on: date
    shifted_days: int
    planned_end: date


class Closing(Event, frozen=True, kw_only=True):
    """That an engagement is over since `closed_on`, with what it gives back: the client's and the coach's place in the program.

    `next_session_no` is the number that the next session would have had: there is none.
    """

    engagement_id: UUID
    client_id: UUID
    coach_id: UUID | None
    program_id: UUID | None
    seat: int | None
    closed_on: date
    next_session_no: int


@stored("engagement.engagement_completed")
class EngagementCompleted(Closing, frozen=True):
    """The coaching came to its end as it was agreed, evaluated; `sustainment_plan` is how the client keeps what was reached."""

    sessions_held: int
    final_evaluation_id: UUID
    sustainment_plan: OfClient[str] | None


class ReasonedClosing(Closing, frozen=True, kw_only=True):
    """An end that has its reason: a code of the organization's list, the author's words, or both."""

    reason_code: StoredCode | None
    reason: OfAuthor[str] | None


@stored("engagement.engagement_ended_early")
class EngagementEndedEarly(ReasonedClosing, frozen=True):
    """A party, or the organization, ended the coaching before its end."""

    sessions_held: int
    ended_by: Ender


@stored("engagement.engagement_notice_given")
class EngagementNoticeGiven(ReasonedEvent, frozen=True, kw_only=True):
    """A party, or the organization, ends the coaching with the day `ends_on`, which lies ahead. `notice_days` are those of the agreement.

    `next_session_no` is the number that the next session would have had: the notice takes it, so that a session that is booked at the
    same moment has to look anew.
    """

    engagement_id: UUID
    ends_on: date
    given_on: date
    given_by: Ender
    notice_days: int
    next_session_no: int


@stored("engagement.engagement_notice_withdrawn")
class EngagementNoticeWithdrawn(ReasonedEvent, frozen=True, kw_only=True):
    """The coaching goes on after all, and does not end with the day `ends_on`."""

    ends_on: date


@stored("engagement.engagement_cancelled")
class EngagementCancelled(ReasonedClosing, frozen=True):
    """The engagement was given up before its coaching began."""
