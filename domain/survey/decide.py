"""What a survey allows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from domain.decider import Decide
from domain.errors import NotFound
from domain.errors.answering import RatingInstrumentUnknown, RatingOutOfScale
from domain.errors.assessment import BelowAnonymityFloor
from domain.errors.program import DatesInverted
from domain.errors.survey import SurveyClosedAlready
from domain.event import Event
from domain.rules import require_reason
from domain.survey.commands import CloseSurvey, IssueSurvey
from domain.survey.context import SurveyContext
from domain.survey.events import Score, SurveyClosed, SurveyIssued, SurveyResponseSubmitted
from domain.survey.response import ANONYMITY, QUESTIONS, Response, ResponseBody, asked_by
from domain.survey.state import SurveyState
from domain.values import of_author

OPEN_FOR: Final = timedelta(days=14)
decide: Final[Decide[SurveyState, SurveyContext]] = Decide()


@decide.on(IssueSurvey)
def issue(state: SurveyState, command: IssueSurvey, context: SurveyContext) -> Sequence[Event]:
    instrument = asked_by(command.instrument)
    if instrument is None:
        raise RatingInstrumentUnknown(pointer="/instrument", known=sorted(QUESTIONS))
    closes_on = command.closes_on or context.today + OPEN_FOR
    if closes_on < context.today:
        raise DatesInverted("A survey closes today or later.", pointer="/closes_on")
    floor = context.policy.rater_min_group
    if len(context.recipients) < floor:
        raise BelowAnonymityFloor(
            "So few are in that audience that nothing could ever be shown of what they answer.", pointer="/audience", floor=floor
        )
    return (
        SurveyIssued(
            survey_id=context.ids[0],
            program_id=command.program_id,
            audience=command.audience,
            instrument=instrument.code,
            instrument_version=instrument.version,
            min_group=floor,
            anonymity=ANONYMITY,
            recipients=context.recipients,
            issued_on=context.today,
            closes_on=closes_on,
        ),
    )


@decide.on(CloseSurvey)
def close(state: SurveyState, command: CloseSurvey, context: SurveyContext) -> Sequence[Event]:
    if state.closed_on is not None:
        raise SurveyClosedAlready(closed_on=state.closed_on)
    early = context.today <= state.closes_on
    if early:
        require_reason(command.reason_code, command.reason, context.policy)
    return (
        *(
            SurveyResponseSubmitted(
                scores=tuple(Score(item=item, point=point) for item, point in sorted(one.scores.items())),
                instrument=state.instrument,
                instrument_version=state.instrument_version,
            )
            for one in context.responses
        ),
        SurveyClosed(
            program_id=state.program_id,
            audience=state.audience,
            instrument=state.instrument,
            closed_on=context.today,
            early=early,
            invited=len(state.recipients),
            answered=len(context.responses),
            reminders=context.reminders,
            reason_code=command.reason_code,
            reason=of_author(command.reason),
        ),
    )


def responded(state: SurveyState, recipient: UUID, body: ResponseBody, today: date) -> Response:
    """What somebody answered, as it waits for the closing: no event follows from it before."""
    if recipient not in state.recipients:
        raise NotFound
    require_open(state, today)
    instrument = state.asks_by
    if not instrument.fits(body.scores):
        raise RatingOutOfScale(pointer="/scores", items=sorted(instrument.items), lowest=instrument.lowest, highest=instrument.highest)
    return Response(scores=body.scores)


def require_open(state: SurveyState, today: date) -> None:
    if state.closed_on is not None or today > state.closes_on:
        raise SurveyClosedAlready(closed_on=state.closed_on or state.closes_on)
