"""A survey as the API shows it: to those who run the program, and to somebody with a link."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from msgspec import UNSET, Struct, UnsetType

from domain.survey.response import DECLARATIONS, ENDS, QUESTIONS, Audience
from domain.survey.state import SurveyState
from domain.values import Code
from projections.current import Current
from projections.kpi.survey import Polled, response_rate, results
from projections.kpi.value import Kpi


class SurveyAnswer(Struct, frozen=True, kw_only=True):
    """A survey: whom it asks by what, and once it is closed what came of it.

    `answered` counts those who answered so far. `response_rate` and `results` are there from the closing on; results are
    suppressed where fewer than `min_group` answered.
    """

    id: UUID
    version: int
    program_id: UUID
    audience: Audience
    instrument: Code
    instrument_version: int
    min_group: int
    issued_on: date
    closes_on: date
    closed_on: date | None
    invited: int
    answered: int
    reminders: int | UnsetType = UNSET
    response_rate: Kpi | UnsetType = UNSET
    results: Kpi | UnsetType = UNSET


class SurveysAnswer(Struct, frozen=True, kw_only=True):
    """A page of surveys; `next_cursor` leads to the next one."""

    items: tuple[SurveyAnswer, ...]
    next_cursor: str | UnsetType = UNSET


class SurveyItemAnswer(Struct, frozen=True, kw_only=True):
    """Something to be answered by a whole number, from `lowest` to `highest`, and what these mean."""

    item: Code
    text: str
    lowest: int
    highest: int
    lowest_means: str
    highest_means: str


class SurveyAskedAnswer(Struct, frozen=True, kw_only=True):
    """What a survey's link asks, until when, and what is promised."""

    organization: str
    closes_on: date
    promises: tuple[str, ...]
    items: tuple[SurveyItemAnswer, ...]


class ResponseTakenAnswer(Struct, frozen=True, kw_only=True):
    """The answer was taken. It is not kept with anybody's name, and cannot be changed."""

    taken: bool


def survey_answer(current: Current[SurveyState], waiting: int, position: int) -> SurveyAnswer:
    """`waiting` answers are not in the log yet."""
    state = current.state
    shown = SurveyAnswer(
        id=state.id,
        version=current.version,
        program_id=state.program_id,
        audience=state.audience,
        instrument=state.instrument,
        instrument_version=state.instrument_version,
        min_group=state.min_group,
        issued_on=state.issued_on,
        closes_on=state.closes_on,
        closed_on=state.closed_on,
        invited=len(state.recipients),
        answered=len(state.responses) if state.is_closed else waiting,
    )
    return shown if state.closed_on is None else with_results(shown, state, position)


def with_results(shown: SurveyAnswer, state: SurveyState, position: int) -> SurveyAnswer:
    polled = Polled.of(state)
    return SurveyAnswer(
        **{name: getattr(shown, name) for name in shown.__struct_fields__ if name not in ("reminders", "response_rate", "results")},
        reminders=state.reminders,
        response_rate=response_rate([polled], position),
        results=results(polled, position),
    )


def asked_answer(state: SurveyState, organization: str) -> SurveyAskedAnswer:
    instrument, (low, high) = state.asks_by, ENDS[state.instrument]
    return SurveyAskedAnswer(
        organization=organization,
        closes_on=state.closes_on,
        promises=tuple(promise.format(floor=state.min_group) for promise in DECLARATIONS[state.anonymity]),
        items=tuple(
            SurveyItemAnswer(
                item=item, text=text, lowest=instrument.lowest, highest=instrument.highest, lowest_means=low, highest_means=high
            )
            for item, text in QUESTIONS[state.instrument].items()
        ),
    )
