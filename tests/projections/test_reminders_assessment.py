"""Reminders of a self-assessment: weekly, at most three, until it is answered or closed. Of raters the log knows no reminder."""

from __future__ import annotations

from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.assessment.events import NeedsAssessmentLaunched, SelfAssessmentSubmitted
from domain.values import OfClient
from tests.domain.assessing import closed
from tests.domain.test_assessment import LAUNCHED
from tests.projections.history import BERLIN, CLIENT, COACH, History, uuid
from tests.projections.test_reminders_due import TERMS, facts_of
from workers.reminder.rule import firings

ZONES: dict[UUID, ZoneInfo] = {CLIENT: BERLIN, COACH: BERLIN}
ASSESSMENT = uuid(70)


def launched(closes_on: str = "2026-12-31") -> History:
    event = NeedsAssessmentLaunched(
        **{name: getattr(LAUNCHED, name) for name in LAUNCHED.__struct_fields__}
        | {"assessment_id": ASSESSMENT, "kind": "feedback_360", "opens_on": date(2026, 3, 2), "closes_on": date.fromisoformat(closes_on)}
    )
    return History().on("2026-03-01", event, stream=ASSESSMENT)


def told(history: History) -> list[tuple[UUID, int, str]]:
    found = [one for one in firings(facts_of(history), TERMS, ZONES) if one.key.rule == "self_assessment_due"]
    return [(one.key.recipient_id, one.key.offset_days, f"{one.due_at:%m-%d}") for one in found if not one.is_stale(one.due_at)]


def test_the_client_is_reminded_weekly_and_at_most_three_times() -> None:
    assert told(launched()) == [(CLIENT, 7, "03-09"), (CLIENT, 14, "03-16"), (CLIENT, 21, "03-23")]


def test_nobody_is_reminded_of_what_was_answered_or_closed_or_is_over() -> None:
    answers = SelfAssessmentSubmitted(engagement_id=uuid(4), kind="feedback_360", answers=OfClient({"delegation_1": 3}), scale_version=1)
    assert told(launched().on("2026-03-10", answers, stream=ASSESSMENT)) == []
    assert told(launched().on("2026-03-10", closed(0), stream=ASSESSMENT)) == []
    assert told(launched("2026-03-12")) == [(CLIENT, 7, "03-09")]
