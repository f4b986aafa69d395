"""What emergencies opened, and whether what was read in one was read while it was open: a part of questions 7 and 10."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

from domain.engagement.events import (
    EmergencyAccessApproved,
    EmergencyAccessDeclined,
    EmergencyAccessEnded,
    EmergencyAccessRequested,
)
from domain.engagement.state import EngagementState
from infra.eventstore.feed import Fed
from projections.access_log import Access
from services.audit.question.case import Case
from services.audit.question.finding import Finding, finding

NOTED_WITHIN: Final = timedelta(minutes=1)
"""How long a reading that was right when it began may take until it stands in the log."""
EMERGENCIES: Final = (EmergencyAccessRequested, EmergencyAccessApproved, EmergencyAccessDeclined, EmergencyAccessEnded)


def emergencies(case: Case, known: Sequence[Fed], state: EngagementState) -> Iterator[Finding]:
    """Each request with what came of it, by all that is known."""
    steps = steps_of(known)
    for one in state.emergencies:
        facts = {"engagement": case.engagement, "asker": one.asker_id, "reason_code": one.reason_code, "asked_at": one.asked_at}
        if one.open_until is None:
            yield finding("emergency_asked", *steps[one.id], about=facts, standing=one.standing(case.now))
            continue
        until = min(one.ended_at or one.open_until, one.open_until)
        yield finding("emergency_opened", *steps[one.id], about=facts, approver=one.answered_by, since=one.answered_at, until=until)


def steps_of(known: Sequence[Fed]) -> dict[UUID, list[Fed]]:
    """What happened to each request."""
    found: dict[UUID, list[Fed]] = {}
    for fed in known:
        if isinstance(fed.event, EMERGENCIES):
            found.setdefault(fed.event.emergency_id, []).append(fed)
    return found


def was_open(access: Access, state: EngagementState | None) -> bool:
    """Whether the engagement, as it stood before the reading was noted, was open to the reader because of an emergency."""
    if access.purpose != "emergency" or state is None:
        return False
    opened = (one for one in state.emergencies if one.asker_id == access.reader_id and one.open_until is not None)
    return any(access.at <= min(one.ended_at or one.open_until, one.open_until) + NOTED_WITHIN for one in opened if one.open_until)
