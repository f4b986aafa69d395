"""What an assessment asks, as the API shows it: the client about themselves, a rater about the client."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from msgspec import Struct

from domain.assessment.decide.table import instrument_of
from domain.assessment.feedback import QUESTIONS
from domain.assessment.state import AssessmentState
from domain.questionnaire import Competency, Instrument
from domain.values import Code
from services.wording.language import language_of
from services.wording.rater import promised


class PointAnswer(Struct, frozen=True, kw_only=True):
    """A point on the scale, and what it means."""

    point: int
    label: str


class ItemAnswer(Struct, frozen=True, kw_only=True):
    """A statement about the client, to be answered by a point on the scale, or by null where it does not apply."""

    item: Code
    statement: str


class CompetencyAnswer(Struct, frozen=True, kw_only=True):
    """What is asked about one competency."""

    competency: Code
    label: str
    items: tuple[ItemAnswer, ...]


class AsksAnswer(Struct, frozen=True, kw_only=True):
    """What the client is asked: statements about themselves, competency by competency, each to be answered on the scale.

    `language` is that of the statements; `scale` holds every point, lowest first.
    """

    language: Code
    scale: tuple[PointAnswer, ...]
    competencies: tuple[CompetencyAnswer, ...]


class OpenQuestionAnswer(Struct, frozen=True, kw_only=True):
    """Something to be answered in words, or not at all."""

    question: Code
    text: str


class AskedAnswer(Struct, frozen=True, kw_only=True):
    """What a rater is asked about whom, until when, and what they are promised."""

    organization: str
    client: str
    language: Code
    closes_on: date
    promises: tuple[str, ...]
    scale: tuple[PointAnswer, ...]
    competencies: tuple[CompetencyAnswer, ...]
    questions: tuple[OpenQuestionAnswer, ...]


class TakenAnswer(Struct, frozen=True, kw_only=True):
    """The answers were taken. They are not kept with anybody's name, and cannot be changed."""

    taken: bool


def asks_answer(state: AssessmentState) -> AsksAnswer:
    """As the client reads it."""
    return AsksAnswer(language=state.language, scale=points(instrument_of(state)), competencies=competencies(state, lambda one: one.items))


def asked_answer(state: AssessmentState, organization: str, client: str) -> AskedAnswer:
    language = language_of(state.language)
    return AskedAnswer(
        organization=organization,
        client=client,
        language=state.language,
        closes_on=state.closes_on,
        promises=tuple(language.say(promise, floor=state.rater_min_group) for promise in promised(state)),
        scale=points(instrument_of(state)),
        competencies=competencies(state, lambda one: one.of_others),
        questions=tuple(OpenQuestionAnswer(question=code, text=text) for code, text in QUESTIONS.items()),
    )


def points(instrument: Instrument) -> tuple[PointAnswer, ...]:
    return tuple(PointAnswer(point=point, label=label) for point, label in enumerate(instrument.anchors, start=instrument.lowest))


def competencies(state: AssessmentState, worded: Callable[[Competency], Mapping[Code, str]]) -> tuple[CompetencyAnswer, ...]:
    """In the instrument's words, as `worded` takes them, or in those that the assessment brought."""
    own = {statement.item: statement.text for statement in state.statements}
    asked = {code: instrument_of(state).competencies[code] for code in state.competencies}
    return tuple(
        CompetencyAnswer(
            competency=code,
            label=competency.label,
            items=tuple(ItemAnswer(item=item, statement=own.get(item, text)) for item, text in worded(competency).items()),
        )
        for code, competency in asked.items()
    )
