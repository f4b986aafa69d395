"""An assessment by raters, told in events: what several tests begin with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from domain.assessment.context import AssessmentContext
from domain.assessment.events import AssessmentClosed, GroupCount, RaterFeedbackSubmitted, RaterNominated, RaterNominationDecided
from domain.assessment.feedback import ANONYMITY, Feedback
from domain.event import Event
from domain.glossary import RaterGroup
from domain.values import OfNobody, OfPerson
from tests.domain.spec import days, known, uuid
from tests.domain.test_assessment import ENGAGEMENT, LAUNCHED

ASKED = replace(LAUNCHED, kind="feedback_360", anonymity=ANONYMITY)
"""Of raters, too, about delegation and feedback, for two weeks from today."""


def context(**changes: Any) -> AssessmentContext:
    return AssessmentContext(**known(**{"engagement": ENGAGEMENT} | changes))


def nominated(rater: UUID, group: RaterGroup, by: Any = "client") -> RaterNominated:
    return RaterNominated(
        rater_id=rater,
        group=group,
        nominated_by=by,
        name=OfPerson("Ada Lindqvist", subject=rater),
        email=OfPerson(f"{rater}@corvane.example", subject=rater),
    )


def approved(*groups: RaterGroup) -> list[Event]:
    """Raters 200, 201, ... of these groups, all approved."""
    told: list[Event] = []
    for number, group in enumerate(groups, start=200):
        told += [nominated(uuid(number), group), RaterNominationDecided(rater_id=uuid(number), group=group, approved=True)]
    return told


def said(group: RaterGroup | None, *points: int, **comments: str) -> Feedback:
    """Answers to the three items about delegation, in order; 0: it does not apply."""
    answers = {f"delegation_{number}": point for number, point in enumerate(points, start=1) if point}
    return Feedback(group=group, answers=answers, comments=comments)


def submitted(feedback: Feedback) -> RaterFeedbackSubmitted:
    return RaterFeedbackSubmitted(feedback=OfNobody(feedback), scale_version=1)


def closed(answered: int, groups: Sequence[GroupCount] = (), **changes: Any) -> AssessmentClosed:
    event = AssessmentClosed(
        engagement_id=ENGAGEMENT.id,
        kind="feedback_360",
        closed_on=days(15),
        early=False,
        answered=answered,
        groups=tuple(groups),
        reminders=0,
        reason_code=None,
        reason=None,
    )
    return replace(event, **changes)
