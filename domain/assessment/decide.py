"""What a needs assessment allows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from domain.assessment.commands import IdentifyNeed, LaunchNeedsAssessment, SubmitSelfAssessment
from domain.assessment.context import AssessmentContext
from domain.assessment.events import NeedEvidence, NeedIdentified, NeedsAssessmentLaunched, SelfAssessmentSubmitted
from domain.assessment.instrument import INSTRUMENTS, Instrument, current
from domain.assessment.state import AssessmentState
from domain.decider import Decide
from domain.errors import ItemUnknown, NotPermitted
from domain.errors.assessment import AlreadySubmitted, AnswerOutOfScale, AssessmentClosed, AssessmentNotOpen, NeedAlreadyIdentified
from domain.errors.engagement import EngagementNotActive
from domain.errors.organization import FloorTooLow
from domain.errors.program import DatesInverted
from domain.event import Event
from domain.values import OfClient

OPEN_FOR: Final = timedelta(days=14)

decide: Final[Decide[AssessmentState, AssessmentContext]] = Decide()


@decide.on(LaunchNeedsAssessment)
def launch(state: AssessmentState, command: LaunchNeedsAssessment, context: AssessmentContext) -> Sequence[Event]:
    _require_active(context)
    instrument = current(command.instrument)
    if instrument is None:
        raise ItemUnknown("There is no instrument of that code.", pointer="/instrument")
    competencies = tuple(dict.fromkeys(command.competencies)) or tuple(instrument.competencies)
    if unknown := [code for code in competencies if code not in instrument.competencies]:
        raise ItemUnknown("The instrument does not ask for that.", pointer="/competencies", unknown=unknown)
    floor = context.policy.rater_min_group
    if command.rater_min_group is not None and command.rater_min_group < floor:
        raise FloorTooLow("The organization's policy sets a higher floor.", pointer="/rater_min_group", floor=floor)
    opens_on = command.opens_on or context.today
    closes_on = command.closes_on or opens_on + OPEN_FOR
    if closes_on < opens_on or closes_on < context.today:
        raise DatesInverted("An assessment closes on the day it opens or later, and not in the past.", pointer="/closes_on")
    return (
        NeedsAssessmentLaunched(
            assessment_id=context.ids[0],
            engagement_id=context.engagement.id,
            client_id=context.engagement.client_id,
            kind=command.kind,
            instrument=instrument.code,
            instrument_version=instrument.version,
            competencies=competencies,
            rater_min_group=command.rater_min_group or floor,
            opens_on=opens_on,
            closes_on=closes_on,
        ),
    )


@decide.on(SubmitSelfAssessment)
def submit(state: AssessmentState, command: SubmitSelfAssessment, context: AssessmentContext) -> Sequence[Event]:
    if context.actor != state.client_id:
        raise NotPermitted("A self-assessment is answered by the client, and by nobody else.")
    _require_active(context)
    if state.answers is not None:
        raise AlreadySubmitted
    if context.today < state.opens_on:
        raise AssessmentNotOpen(opens_on=state.opens_on)
    if context.today > state.closes_on:
        raise AssessmentClosed(closed_on=state.closes_on)
    instrument = _instrument(state)
    asked = instrument.items(state.competencies)
    for item, answer in command.answers.items():
        if item not in asked or not instrument.lowest <= answer <= instrument.highest:
            raise AnswerOutOfScale(pointer=f"/answers/{item}", lowest=instrument.lowest, highest=instrument.highest)
    answers = OfClient[dict[str, int]](command.answers)
    return (
        SelfAssessmentSubmitted(
            engagement_id=state.engagement_id, kind=state.kind, answers=answers, scale_version=instrument.scale_version
        ),
    )


@decide.on(IdentifyNeed)
def identify(state: AssessmentState, command: IdentifyNeed, context: AssessmentContext) -> Sequence[Event]:
    _require_active(context)
    if command.competency not in state.competencies:
        raise ItemUnknown("The assessment does not ask for that.", pointer="/competency")
    if any(need.competency == command.competency for need in state.needs):
        raise NeedAlreadyIdentified(pointer="/competency")
    for number, evidence in enumerate(command.evidence):
        _require_evidence(state, evidence, pointer=f"/evidence/{number}")
    return (
        NeedIdentified(
            need_id=context.ids[0],
            competency=command.competency,
            need_class=command.need_class,
            evidence=command.evidence,
            client_agrees=command.client_agrees,
        ),
    )


def _require_active(context: AssessmentContext) -> None:
    if context.engagement.state != "active":
        raise EngagementNotActive(state=context.engagement.state)


def _require_evidence(state: AssessmentState, evidence: NeedEvidence, pointer: str) -> None:
    if evidence.source == "self_assessment" and state.answers is None:
        raise ItemUnknown("Nothing was answered yet that could show this.", pointer=f"{pointer}/source")
    if evidence.item is not None and evidence.item not in _instrument(state).items(state.competencies):
        raise ItemUnknown("The assessment has no such item.", pointer=f"{pointer}/item")


def _instrument(state: AssessmentState) -> Instrument:
    return INSTRUMENTS[state.instrument, state.instrument_version]
