"""A rater's link: what it asks about whom, and the two routes by which it is looked at and answered."""

from __future__ import annotations

from typing import Final

from domain.assessment.decide.answer import answered, require_day
from domain.assessment.feedback import Feedback, FeedbackBody
from domain.assessment.state import AssessmentState
from domain.engagement.state import EngagementState
from domain.errors import SubjectErased
from domain.errors.assessment import AnswerIncomplete, AnswerOutOfScale, AssessmentClosed, AssessmentNotOpen
from domain.errors.engagement import EngagementNotActive
from domain.glossary import ENDED
from domain.person.state import PersonState
from infra.eventstore.opening import Opener
from infra.eventstore.vault import Holder
from services.assessment.asked import AskedAnswer, TakenAnswer, asked_answer
from services.respondent.answering import Asked, Questionnaire, Respondents
from services.respondent.routes import answering, asking

PATH: Final = "/v1/raters/{link:str}"
ASKING: Final = """Look at what a rater's link asks.

The link comes in a mail to the rater. Looking uses nothing up."""
ANSWERING: Final = """Answer by a rater's link.

Once, while the assessment is open. Who answered is not kept with the answers, nor when; until the assessment closes nobody sees any."""
REFUSED: Final = (AssessmentClosed, AssessmentNotOpen, EngagementNotActive, SubjectErased)


def require_unclosed(state: AssessmentState) -> None:
    if state.closed_on is not None:
        raise AssessmentClosed(closed_on=state.closed_on)


def require_open(asked: Asked[AssessmentState]) -> None:
    """What is over for good is told as closed, for whatever reason: a rater does not learn that the client was erased."""
    engagement: EngagementState = asked.reading.state(asked.state.engagement_id, "engagement")
    if engagement.stage in ENDED:
        raise AssessmentClosed(closed_on=engagement.closed_on)
    if engagement.stage != "active":
        raise EngagementNotActive(state=engagement.stage)
    require_day(asked.state, asked.today)


def taken(asked: Asked[AssessmentState], body: FeedbackBody) -> tuple[Holder, Feedback]:
    """About the client, in the realm of the engagement: with the client's key it is erased."""
    feedback = answered(asked.state, asked.respondent, body, asked.today)
    return Holder(asked.state.client_id, asked.state.engagement_id), feedback


RATER: Final = Questionnaire(
    noun="assessment",
    action="answer_assessment",
    people=lambda state: state.approved,
    require_unclosed=require_unclosed,
    require_open=require_open,
    taken=taken,
)


async def client(respondents: Respondents, asked: Asked[AssessmentState]) -> str:
    """Whom it is about, by name. Raises `SubjectErased`."""
    tenant, id = asked.link.tenant, asked.state.client_id
    person: PersonState = (await respondents.read(tenant, id)).state(id, "person")
    (name,) = await Opener(respondents.vault).plain(respondents.pool.of(tenant), tenant, id, [person.name])
    if name is None:
        raise SubjectErased
    return str(name)


async def asked_of_rater(respondents: Respondents, asked: Asked[AssessmentState]) -> AskedAnswer:
    return asked_answer(asked.state, asked.organization.name, await client(respondents, asked))


@asking(PATH, RATER, AskedAnswer, ASKING, *REFUSED)
async def read_asked(respondents: Respondents, asked: Asked[AssessmentState]) -> AskedAnswer:
    return await asked_of_rater(respondents, asked)


submit_rater_feedback: Final = answering(
    PATH,
    RATER,
    "submit_rater_feedback",
    FeedbackBody,
    TakenAnswer(taken=True),
    ANSWERING,
    *REFUSED,
    AnswerOutOfScale,
    AnswerIncomplete,
)
ROUTES: Final = (read_asked, submit_rater_feedback)
