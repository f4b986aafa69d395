"""What a rater is asked, as the API shows it."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from domain.assessment.decide.table import instrument_of
from domain.assessment.feedback import DECLARATIONS, QUESTIONS
from domain.assessment.state import AssessmentState
from domain.values import Code


class PointAnswer(Struct, frozen=True, kw_only=True):
    """A point on the scale, and what it means."""

    point: int
    label: str


class ItemAnswer(Struct, frozen=True, kw_only=True):
    """A statement about the client, to be answered by a point on the scale."""

    item: Code
    statement: str


class CompetencyAnswer(Struct, frozen=True, kw_only=True):
    """What is asked about one competency."""

    competency: Code
    label: str
    items: tuple[ItemAnswer, ...]


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


def asked_answer(state: AssessmentState, organization: str, client: str) -> AskedAnswer:
    instrument = instrument_of(state)
    own = {statement.item: statement.text for statement in state.statements}
    promises = DECLARATIONS[state.anonymity] if state.anonymity is not None else ()
    return AskedAnswer(
        organization=organization,
        client=client,
        language=state.language,
        closes_on=state.closes_on,
        promises=tuple(promise.format(floor=state.rater_min_group) for promise in promises),
        scale=tuple(PointAnswer(point=point, label=label) for point, label in enumerate(instrument.anchors, start=instrument.lowest)),
        competencies=tuple(
            CompetencyAnswer(
                competency=code,
                label=instrument.competencies[code].label,
                items=tuple(
                    ItemAnswer(item=item, statement=own.get(item, text)) for item, text in instrument.competencies[code].of_others.items()
                ),
            )
            for code in state.competencies
        ),
        questions=tuple(OpenQuestionAnswer(question=code, text=text) for code, text in QUESTIONS.items()),
    )
