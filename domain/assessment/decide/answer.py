"""Answering: by the client about themselves, by a rater with a link.

Every item that is asked stands in an answer, with its point or with null for "does not apply": so an item that was overlooked is not
taken for one that does not apply, and one answer of three is not the whole. What does not apply is kept as absent, and is no 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from domain.assessment.commands import SubmitSelfAssessment
from domain.assessment.context import AssessmentContext
from domain.assessment.decide.table import decide, instrument_of, require_active
from domain.assessment.events import SelfAssessmentSubmitted
from domain.assessment.feedback import QUESTIONS, Feedback, FeedbackBody
from domain.assessment.state import AssessmentState
from domain.errors import NotFound, NotPermitted
from domain.errors.answering import AlreadySubmitted
from domain.errors.assessment import AnswerIncomplete, AnswerOutOfScale, AssessmentClosed, AssessmentNotOpen
from domain.event import Event
from domain.values import OfClient


@decide.on(SubmitSelfAssessment)
def submit(state: AssessmentState, command: SubmitSelfAssessment, context: AssessmentContext) -> Sequence[Event]:
    if context.actor != state.client_id:
        raise NotPermitted("A self-assessment is answered by the client, and by nobody else.")
    require_active(context)
    if state.answers is not None:
        raise AlreadySubmitted
    require_day(state, context.today)
    points = _points(state, command.answers)
    return (
        SelfAssessmentSubmitted(
            engagement_id=state.engagement_id,
            kind=state.kind,
            answers=OfClient[dict[str, int]](points),
            scale_version=instrument_of(state).scale_version,
        ),
    )


def answered(state: AssessmentState, rater_id: UUID, body: FeedbackBody, today: date) -> Feedback:
    """What a rater answered, as it waits for the closing: no event follows from it before."""
    rater = state.approved.get(rater_id)
    if rater is None:
        raise NotFound
    require_day(state, today)
    points = _points(state, body.answers)
    for question in body.comments:
        if question not in QUESTIONS:
            raise AnswerOutOfScale("There is no such question.", pointer=f"/comments/{question}")
    words = {question: text.strip() for question, text in body.comments.items() if text.strip()}
    return Feedback(group=rater.group, answers=points, comments=words)


def require_day(state: AssessmentState, today: date) -> None:
    if state.closed_on is not None:
        raise AssessmentClosed(closed_on=state.closed_on)
    if today < state.opens_on:
        raise AssessmentNotOpen(opens_on=state.opens_on)
    if today > state.closes_on:
        raise AssessmentClosed(closed_on=state.closes_on)


def _points(state: AssessmentState, answers: Mapping[str, int | None]) -> dict[str, int]:
    """What was answered by a point. Raises `AnswerOutOfScale`, or `AnswerIncomplete` when an item has neither a point nor null."""
    instrument = instrument_of(state)
    asked = instrument.items(state.competencies)
    for item, answer in answers.items():
        if item not in asked or not (answer is None or instrument.lowest <= answer <= instrument.highest):
            raise AnswerOutOfScale(pointer=f"/answers/{item}", lowest=instrument.lowest, highest=instrument.highest)
    if missing := sorted(asked - answers.keys()):
        raise AnswerIncomplete(pointer="/answers", missing=missing)
    points = {item: answer for item, answer in answers.items() if answer is not None}
    if not points:
        raise AnswerIncomplete("Nothing of it applies: give at least one item a point, or send no answer.", pointer="/answers", missing=[])
    return points
