"""How each event changes a needs assessment."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from domain.assessment.events import NeedIdentified, NeedsAssessmentLaunched, SelfAssessmentSubmitted
from domain.assessment.state import AssessmentState, Need
from domain.decider import Evolve
from domain.event import Recorded

evolve: Final[Evolve[AssessmentState]] = Evolve()


@evolve.on(NeedsAssessmentLaunched)
def launched(state: AssessmentState, recorded: Recorded[NeedsAssessmentLaunched]) -> AssessmentState:
    event = recorded.event
    return replace(
        state,
        id=event.assessment_id,
        engagement_id=event.engagement_id,
        client_id=event.client_id,
        kind=event.kind,
        instrument=event.instrument,
        instrument_version=event.instrument_version,
        competencies=event.competencies,
        opens_on=event.opens_on,
        closes_on=event.closes_on,
    )


@evolve.on(SelfAssessmentSubmitted)
def submitted(state: AssessmentState, recorded: Recorded[SelfAssessmentSubmitted]) -> AssessmentState:
    return replace(state, answers=recorded.event.answers)


@evolve.on(NeedIdentified)
def identified(state: AssessmentState, recorded: Recorded[NeedIdentified]) -> AssessmentState:
    event = recorded.event
    need = Need(id=event.need_id, competency=event.competency, need_class=event.need_class, client_agrees=event.client_agrees)
    return replace(state, needs=(*state.needs, need))
