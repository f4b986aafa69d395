"""Reminders of evaluations: a week before, on the day, and a week after, to those who have not judged; when all is over, of what follows."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from domain.engagement.events import EngagementEndedEarly
from tests.projections.history import CLIENT, COACH, EVALUATION, History, uuid
from tests.projections.promise import judged, scheduled
from tests.projections.test_reminders_engagement import begun, since, told

FOLLOWING = uuid(41)
ENDED = EngagementEndedEarly(
    engagement_id=uuid(4),
    client_id=CLIENT,
    coach_id=COACH,
    program_id=None,
    seat=None,
    closed_on=date(2026, 2, 1),
    next_session_no=1,
    sessions_held=0,
    ended_by="client",
    reason_code="other",
    reason=None,
)


def promised(history: History, kind: Any = "interim", evaluation: UUID = EVALUATION, on: str = "2026-01-15") -> History:
    return history.on(on, replace(scheduled("2026-03-10", evaluation), kind=kind), stream=evaluation)


def of(who: UUID) -> list[tuple[UUID, int, str]]:
    return [(who, -7, "03-03"), (who, 0, "03-10"), (who, 7, "03-17")]


def test_each_evaluator_is_reminded_until_they_have_judged() -> None:
    history = promised(begun())
    assert told(history, "evaluation_due") == [*of(CLIENT), *of(COACH)]
    history.on("2026-03-04", judged("coach"), stream=EVALUATION)
    assert told(history, "evaluation_due") == of(CLIENT)


def test_when_it_is_over_only_of_what_follows_and_not_the_coach() -> None:
    history = since(promised(begun()), "2026-02-01", ENDED)
    assert told(history, "evaluation_due") == []
    history = promised(history, "follow_up", FOLLOWING, "2026-02-01")
    assert told(history, "evaluation_due") == of(CLIENT)
    history.on("2026-03-09", judged("client"), stream=FOLLOWING)
    assert told(history, "evaluation_due") == []
