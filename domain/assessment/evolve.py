"""How each event changes a needs assessment."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from domain.assessment.events import (
    AssessmentClosed,
    AssessmentDebriefed,
    AssessmentResultsReleased,
    NeedIdentified,
    NeedsAssessmentLaunched,
    RaterFeedbackSubmitted,
    RaterNominated,
    RaterNominationDecided,
    SelfAssessmentSubmitted,
)
from domain.assessment.state import AssessmentState, Need, Rater, Released
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
        language=event.language,
        competencies=event.competencies,
        statements=event.statements,
        rater_min_group=event.rater_min_group,
        anonymity=event.anonymity,
        opens_on=event.opens_on,
        closes_on=event.closes_on,
        licensed=event.licensed,
    )


@evolve.on(RaterNominated)
def nominated(state: AssessmentState, recorded: Recorded[RaterNominated]) -> AssessmentState:
    event = recorded.event
    rater = Rater(id=event.rater_id, group=event.group, approved=None, name=event.name, email=event.email)
    return replace(state, raters={**state.raters, rater.id: rater})


@evolve.on(RaterNominationDecided)
def decided(state: AssessmentState, recorded: Recorded[RaterNominationDecided]) -> AssessmentState:
    event = recorded.event
    rater = replace(state.raters[event.rater_id], group=event.group, approved=event.approved)
    return replace(state, raters={**state.raters, rater.id: rater})


@evolve.on(SelfAssessmentSubmitted)
def submitted(state: AssessmentState, recorded: Recorded[SelfAssessmentSubmitted]) -> AssessmentState:
    return replace(state, answers=recorded.event.answers)


@evolve.on(RaterFeedbackSubmitted)
def answered(state: AssessmentState, recorded: Recorded[RaterFeedbackSubmitted]) -> AssessmentState:
    return replace(state, feedback=(*state.feedback, recorded.event.feedback))


@evolve.on(AssessmentClosed)
def closed(state: AssessmentState, recorded: Recorded[AssessmentClosed]) -> AssessmentState:
    event = recorded.event
    return replace(state, closed_on=event.closed_on, answered=event.answered, counts=event.groups, reminders=event.reminders)


@evolve.on(AssessmentResultsReleased)
def released(state: AssessmentState, recorded: Recorded[AssessmentResultsReleased]) -> AssessmentState:
    event = recorded.event
    known = Released(ruleset=event.ruleset, decision=event.decision, results=event.results, result_hash=event.result_hash)
    return replace(state, released=known)


@evolve.on(AssessmentDebriefed)
def debriefed(state: AssessmentState, recorded: Recorded[AssessmentDebriefed]) -> AssessmentState:
    return replace(state, debriefed_on=recorded.event.held_on)


@evolve.on(NeedIdentified)
def identified(state: AssessmentState, recorded: Recorded[NeedIdentified]) -> AssessmentState:
    event = recorded.event
    need = Need(id=event.need_id, competency=event.competency, need_class=event.need_class, client_agrees=event.client_agrees)
    return replace(state, needs=(*state.needs, need))
