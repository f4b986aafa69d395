"""How each event changes a survey."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from domain.decider import Evolve
from domain.event import Recorded
from domain.survey.events import SurveyClosed, SurveyIssued, SurveyResponseSubmitted
from domain.survey.response import Response
from domain.survey.state import SurveyState

evolve: Final[Evolve[SurveyState]] = Evolve()


@evolve.on(SurveyIssued)
def issued(state: SurveyState, recorded: Recorded[SurveyIssued]) -> SurveyState:
    event = recorded.event
    return replace(
        state,
        id=event.survey_id,
        program_id=event.program_id,
        audience=event.audience,
        instrument=event.instrument,
        instrument_version=event.instrument_version,
        min_group=event.min_group,
        anonymity=event.anonymity,
        recipients=event.recipients,
        issued_on=event.issued_on,
        closes_on=event.closes_on,
    )


@evolve.on(SurveyResponseSubmitted)
def answered(state: SurveyState, recorded: Recorded[SurveyResponseSubmitted]) -> SurveyState:
    response = Response(scores={one.item: one.point for one in recorded.event.scores})
    return replace(state, responses=(*state.responses, response))


@evolve.on(SurveyClosed)
def closed(state: SurveyState, recorded: Recorded[SurveyClosed]) -> SurveyState:
    return replace(state, closed_on=recorded.event.closed_on, reminders=recorded.event.reminders)
