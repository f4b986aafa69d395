"""When coaching rests and goes on, and what moves meanwhile."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from domain.engagement.commands import PauseEngagement, ResumeEngagement
from domain.engagement.events import EngagementPaused, EngagementResumed
from domain.errors import ReasonRequired
from domain.errors.engagement import EngagementAlreadyActive, EngagementNotActive, EngagementNotPaused
from domain.errors.program import DatesInverted
from domain.values import OfAuthor
from tests.domain.spec import NOW, days, given
from tests.domain.test_engagement import ACTIVATE, ACTIVATED, CONTRACTED, context

PAUSE = PauseEngagement(reason_code="absence", reason="Parental leave.", until=days(30))
PAUSED = EngagementPaused(
    paused_on=days(0), until=days(30), shifts_due_dates=True, reason_code="absence", reason=OfAuthor("Parental leave.")
)
RESUME = ResumeEngagement(reason_code="absence")
RESUMED = EngagementResumed(
    paused_on=days(0), resumed_on=days(10), shifted_days=10, planned_end=days(130), reason_code="absence", reason=None
)
RUNNING = (*CONTRACTED, ACTIVATED)


def later(number: int) -> Any:
    return context(now=NOW + timedelta(days=number))


def test_pauses_what_is_active() -> None:
    state = given(*RUNNING).when(PAUSE, context()).then(PAUSED)
    assert (state.stage, state.pause.paused_on, state.pause.until) == ("paused", days(0), days(30))


@pytest.mark.parametrize("past", [CONTRACTED, (*RUNNING, PAUSED)])
def test_refuses_to_pause_what_is_not_active(past: Any) -> None:
    given(*past).when(PAUSE, context()).then_refused(EngagementNotActive)


def test_a_pause_has_a_reason_and_a_foreseen_end_that_lies_ahead() -> None:
    given(*RUNNING).when(PauseEngagement(), context()).then_refused(ReasonRequired, "/reason")
    given(*RUNNING).when(replace(PAUSE, until=days(0)), context()).then_refused(DatesInverted, "/until")


def test_what_rests_is_not_activated_anew() -> None:
    given(*RUNNING, PAUSED).when(ACTIVATE, context()).then_refused(EngagementAlreadyActive)


def test_going_on_moves_the_planned_end_by_the_days_of_rest() -> None:
    state = given(*RUNNING, PAUSED).when(RESUME, later(10)).then(RESUMED)
    assert (state.stage, state.pause, state.planned_end) == ("active", None, days(130))


def test_without_shifting_no_date_moves() -> None:
    paused = replace(PAUSED, shifts_due_dates=False)
    given(*RUNNING, paused).when(RESUME, later(10)).then(replace(RESUMED, shifted_days=0, planned_end=days(120)))


def test_a_planned_end_that_had_passed_before_the_pause_stays() -> None:
    begun = replace(ACTIVATED, starts_on=days(-50), planned_end=days(-1))
    given(*CONTRACTED, begun, PAUSED).when(RESUME, later(10)).then(replace(RESUMED, planned_end=days(-1)))


def test_a_pause_of_no_day_moves_nothing() -> None:
    given(*RUNNING, PAUSED).when(RESUME, context()).then(replace(RESUMED, resumed_on=days(0), shifted_days=0, planned_end=days(120)))


def test_refuses_to_resume_what_does_not_rest_or_without_a_reason() -> None:
    given(*RUNNING).when(RESUME, context()).then_refused(EngagementNotPaused)
    given(*RUNNING, PAUSED).when(ResumeEngagement(), later(3)).then_refused(ReasonRequired, "/reason")
