"""The table that the other files of this package fill, and what several of them ask."""

from __future__ import annotations

from typing import Final

from domain.assessment.context import AssessmentContext
from domain.assessment.state import AssessmentState
from domain.decider import Decide
from domain.errors.assessment import AssessmentClosed, NotOfRaters
from domain.errors.engagement import EngagementNotActive
from domain.questionnaire import INSTRUMENTS, Instrument

decide: Final[Decide[AssessmentState, AssessmentContext]] = Decide()


def require_active(context: AssessmentContext) -> None:
    if context.engagement.state != "active":
        raise EngagementNotActive(state=context.engagement.state)


def require_raters(state: AssessmentState) -> None:
    if state.kind == "self":
        raise NotOfRaters


def require_unclosed(state: AssessmentState) -> None:
    if state.closed_on is not None:
        raise AssessmentClosed(closed_on=state.closed_on)


def instrument_of(state: AssessmentState) -> Instrument:
    return INSTRUMENTS[state.instrument, state.instrument_version] if state.licensed is None else state.licensed.instrument
