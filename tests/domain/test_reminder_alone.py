"""Who alone learns of a reminder: one that tells of a rating is nobody else's."""

from __future__ import annotations

from typing import Any

import pytest

from domain.reminder.events import DedupeKey, ReminderFailed, ReminderSent, ReminderSuppressed, alone_told
from tests.domain.spec import COACH, uuid
from tests.domain.test_session_held import RATED


def key(rule: str) -> DedupeKey:
    return DedupeKey(rule=rule, subject_id=uuid(40), recipient_id=COACH, anchor="4", offset_days=0)


@pytest.mark.parametrize(
    "event",
    [
        lambda rule: ReminderSent(key=key(rule), channel="email", provider_ref=None),
        lambda rule: ReminderSuppressed(key=key(rule), why="stale"),
        lambda rule: ReminderFailed(key=key(rule), channel="email", why="refused"),
    ],
)
def test_that_a_coach_was_asked_to_talk_is_the_coachs_alone(event: Any) -> None:
    assert alone_told(event("rating_low")) == COACH
    assert alone_told(event("session_ahead")) is None
    assert alone_told(RATED) is None
