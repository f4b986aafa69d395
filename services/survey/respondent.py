"""The link of a survey: what it asks, and the two routes by which it is looked at and answered."""

from __future__ import annotations

from typing import Final

from domain.errors.answering import RatingOutOfScale
from domain.errors.survey import SurveyClosedAlready
from domain.survey import decide
from domain.survey.response import Response, ResponseBody
from domain.survey.state import SurveyState
from infra.eventstore.vault import Holder
from services.respondent.answering import Asked, Questionnaire, Respondents
from services.respondent.routes import answering, asking
from services.survey.answers import ResponseTakenAnswer, SurveyAskedAnswer, asked_answer

PATH: Final = "/v1/respondents/{link:str}"
ASKING: Final = """Look at what a survey's link asks.

The link comes in a mail. Looking uses nothing up."""
ANSWERING: Final = """Answer a survey by its link.

Once, while it is open. Who answered is not kept with the answer, nor when; until the survey closes nobody sees any."""


def require_unclosed(state: SurveyState) -> None:
    if state.closed_on is not None:
        raise SurveyClosedAlready(closed_on=state.closed_on)


def require_open(asked: Asked[SurveyState]) -> None:
    decide.require_open(asked.state, asked.today)


def taken(asked: Asked[SurveyState], body: ResponseBody) -> tuple[Holder, Response]:
    """What is answered about nobody is the survey's own."""
    response = decide.responded(asked.state, asked.respondent, body, asked.today)
    return Holder(asked.state.id, asked.state.id), response


SURVEY: Final = Questionnaire(
    noun="survey",
    action="answer_survey",
    people=lambda state: state.recipients,
    require_unclosed=require_unclosed,
    require_open=require_open,
    taken=taken,
)


@asking(PATH, SURVEY, SurveyAskedAnswer, ASKING, SurveyClosedAlready)
async def read_survey_asked(respondents: Respondents, asked: Asked[SurveyState]) -> SurveyAskedAnswer:
    return asked_answer(asked.state, asked.organization.name)


submit_survey_response: Final = answering(
    PATH,
    SURVEY,
    "submit_survey_response",
    ResponseBody,
    ResponseTakenAnswer(taken=True),
    ANSWERING,
    SurveyClosedAlready,
    RatingOutOfScale,
)
ROUTES: Final = (read_survey_asked, submit_survey_response)
