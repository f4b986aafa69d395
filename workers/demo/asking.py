"""What is asked by link beside the tale: people around Lena say how they see her, and those of the group whether they would recommend it."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from domain.assessment.commands import (
    CloseAssessment,
    DebriefAssessment,
    DecideRaterNomination,
    IdentifyNeed,
    LaunchNeedsAssessment,
    NeedEvidenceBody,
    NominateRater,
    ReleaseAssessmentResults,
    SubmitSelfAssessment,
)
from domain.assessment.feedback import FeedbackBody
from domain.glossary import RaterGroup
from domain.survey.commands import CloseSurvey, IssueSurvey
from domain.survey.response import ResponseBody
from services.assessment.rater import RATER
from services.survey.respondent import SURVEY
from workers.demo.so_far import Contracted, Grouped
from workers.demo.teller import Asker

ABOUT: Final = ("delegation", "feedback")
ITEMS: Final = tuple(f"{competency}_{number}" for competency in ABOUT for number in (1, 2, 3))
RATERS: Final[tuple[tuple[str, RaterGroup, str, str], ...]] = (
    ("Henrik Osei", "manager", "334343", "Trust that the second draft is theirs, too."),
    ("Clara Neumann", "peer", "343434", "Say no to us earlier."),
    ("Yusuf Demir", "peer", "434344", ""),
    ("Ines Pereira", "peer", "334433", "Keep bringing bad news on the day you hear it."),
    ("Priya Sundaram", "direct_report", "222445", "Leave me alone with it until the day we agreed on."),
    ("Tom Albers", "direct_report", "321444", "Tell me what is good enough."),
    ("Wei Zhang", "direct_report", "232455", ""),
)
"""Name, group, a point for each item, and what they would have her do differently."""
OWN: Final = "443233"
WOULD_RECOMMEND: Final = (9, 10, 7, 9)


async def asked_around(teller: Asker, contracted: Contracted) -> UUID:
    """Client and coach agree on whom to ask; nothing is seen before it is closed, and no group of fewer than three after it."""
    await teller.turn_to(72)
    launch = LaunchNeedsAssessment(engagement_id=contracted.engagement, kind="feedback_360", competencies=ABOUT)
    assessment = (await teller.does("Amir", launch)).id
    raters = []
    for name, group, *_ in RATERS:
        first, last = name.lower().split()
        nomination = NominateRater(name=name, email=f"{first}.{last}@corvane.example", group=group)
        raters.append((await teller.does("Lena", nomination, assessment)).item_id)
    for rater in raters:
        await teller.does("Amir", DecideRaterNomination(rater_id=rater, approved=True), assessment)
    await teller.does("Lena", SubmitSelfAssessment(answers=points(OWN)), assessment)
    await teller.turn_to(79)
    for rater, (_, _, given, change) in zip(raters, RATERS, strict=True):
        await teller.answers(RATER, assessment, rater, FeedbackBody(answers=points(given), comments={"change": change}))
    await told(teller, assessment)
    return assessment


async def told(teller: Asker, assessment: UUID) -> None:
    """What may be shown of it is, and becomes a need that Lena agrees to."""
    await teller.come_to_today()
    await teller.does("Amir", CloseAssessment(reason="All seven have answered."), assessment)
    await teller.does("Amir", ReleaseAssessmentResults(), assessment)
    await teller.does("Amir", DebriefAssessment(), assessment)
    seen = (NeedEvidenceBody(source="rater_feedback", group="direct_report"),)
    need = IdentifyNeed(competency="delegation", need_class="blind_spot", evidence=seen, client_agrees=True)
    await teller.does("Amir", need, assessment)


def points(given: str) -> dict[str, int | None]:
    return {item: int(point) for item, point in zip(ITEMS, given, strict=True)}


async def surveyed(teller: Asker, grouped: Grouped) -> UUID:
    """All four are asked by mail, without an account, and all four answer."""
    await teller.turn_to(76)
    survey = (await teller.does("Dana", IssueSurvey(program_id=grouped.program))).id
    await teller.turn_to(80)
    for person, answer in zip(grouped.people.values(), WOULD_RECOMMEND, strict=True):
        await teller.answers(SURVEY, survey, person, ResponseBody(scores={"nps": answer}))
    await teller.come_to_today()
    await teller.does("Dana", CloseSurvey(reason="All four have answered."), survey)
    return survey
