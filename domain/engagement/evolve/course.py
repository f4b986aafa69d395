"""How coaching begins, rests, goes on and ends."""

from __future__ import annotations

from msgspec.structs import replace

from domain.engagement.events import (
    Closing,
    EngagementActivated,
    EngagementCancelled,
    EngagementCompleted,
    EngagementEndedEarly,
    EngagementNoticeGiven,
    EngagementNoticeWithdrawn,
    EngagementPaused,
    EngagementResumed,
)
from domain.engagement.evolve.table import evolve
from domain.engagement.notice import Notice
from domain.engagement.state import EngagementState, Pause
from domain.event import Recorded
from domain.glossary import EngagementStage


@evolve.on(EngagementActivated)
def activated(state: EngagementState, recorded: Recorded[EngagementActivated]) -> EngagementState:
    return replace(state, stage="active", starts_on=recorded.event.starts_on, planned_end=recorded.event.planned_end)


@evolve.on(EngagementPaused)
def paused(state: EngagementState, recorded: Recorded[EngagementPaused]) -> EngagementState:
    event = recorded.event
    pause = Pause(paused_on=event.paused_on, until=event.until, shifts_due_dates=event.shifts_due_dates)
    return replace(state, stage="paused", pause=pause)


@evolve.on(EngagementResumed)
def resumed(state: EngagementState, recorded: Recorded[EngagementResumed]) -> EngagementState:
    return replace(state, stage="active", pause=None, planned_end=recorded.event.planned_end)


@evolve.on(EngagementCompleted)
def completed(state: EngagementState, recorded: Recorded[EngagementCompleted]) -> EngagementState:
    return closed(state, recorded.event, "completed")


@evolve.on(EngagementEndedEarly)
def ended_early(state: EngagementState, recorded: Recorded[EngagementEndedEarly]) -> EngagementState:
    return closed(state, recorded.event, "ended_early")


@evolve.on(EngagementNoticeGiven)
def notice_given(state: EngagementState, recorded: Recorded[EngagementNoticeGiven]) -> EngagementState:
    event = recorded.event
    notice = Notice(
        ends_on=event.ends_on, given_on=event.given_on, given_by=event.given_by, reason_code=event.reason_code, reason=event.reason
    )
    return replace(state, notice=notice, notices=state.notices + 1)


@evolve.on(EngagementNoticeWithdrawn)
def notice_withdrawn(state: EngagementState, recorded: Recorded[EngagementNoticeWithdrawn]) -> EngagementState:
    return replace(state, notice=None)


@evolve.on(EngagementCancelled)
def cancelled(state: EngagementState, recorded: Recorded[EngagementCancelled]) -> EngagementState:
    return closed(state, recorded.event, "cancelled")


def closed(state: EngagementState, event: Closing, stage: EngagementStage) -> EngagementState:
    """What the client consented to was for the time of the coaching."""
    return replace(state, stage=stage, closed_on=event.closed_on, pause=None, notice=None, seat=None, consents=())
