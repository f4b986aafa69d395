"""Showing results, and going through them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from domain.assessment.commands import DebriefAssessment, ReleaseAssessmentResults
from domain.assessment.context import AssessmentContext
from domain.assessment.decide.table import decide, instrument_of
from domain.assessment.events import AssessmentDebriefed, AssessmentResultsReleased
from domain.assessment.result.whole import SUPPRESSION, Answered, Verdict, report, result_hash
from domain.assessment.state import AssessmentState
from domain.errors import ItemUnknown
from domain.errors.assessment import AssessmentNotReleased, AssessmentStillOpen, BelowAnonymityFloor, ResultsAlreadyReleased
from domain.errors.program import DatesInverted
from domain.event import Event
from domain.values import OfClient


@decide.on(ReleaseAssessmentResults)
def release(state: AssessmentState, command: ReleaseAssessmentResults, context: AssessmentContext) -> Sequence[Event]:
    if not state.is_closed:
        raise AssessmentStillOpen(closes_on=state.closes_on)
    if state.released is not None:
        raise ResultsAlreadyReleased
    answered = Answered(instrument_of(state), state.competencies, state.rater_min_group, context.own, context.feedback)
    results, decision = report(answered, context.rulesets.johari, context.salt)
    if state.kind != "self" and not results.cells:
        raise BelowAnonymityFloor(answered=state.answered, floor=state.rater_min_group)
    return (
        AssessmentResultsReleased(
            ruleset=context.rulesets.johari,
            suppression=SUPPRESSION,
            decision=(*_folded(state), *decision),
            results=OfClient(results),
            result_hash=result_hash(results),
        ),
    )


def _folded(state: AssessmentState) -> Iterator[Verdict]:
    """What was decided when the assessment closed: of these groups nothing is known any more."""
    for count in state.counts:
        if count.folded is not None:
            for competency in state.competencies:
                yield Verdict(group=count.group, about=competency, verdict=count.folded)


@decide.on(DebriefAssessment)
def debrief(state: AssessmentState, command: DebriefAssessment, context: AssessmentContext) -> Sequence[Event]:
    if state.released is None:
        raise AssessmentNotReleased
    if command.session_id is not None and command.session_id not in context.session_ids:
        raise ItemUnknown("The engagement has no such session.", pointer="/session_id")
    held_on = command.held_on or context.today
    if held_on > context.today or (state.closed_on is not None and held_on < state.closed_on):
        raise DatesInverted("Results are gone through after the assessment has closed, and not in the future.", pointer="/held_on")
    if state.debriefed_on == held_on:
        return ()
    return (AssessmentDebriefed(held_on=held_on, session_id=command.session_id),)
