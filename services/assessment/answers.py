"""A needs assessment as the API shows it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from msgspec import UNSET, Struct, UnsetType

from domain.assessment.need import NeedClass
from domain.assessment.state import AssessmentState
from domain.glossary import AssessmentKind
from domain.values import Code
from projections.current import Current
from services.view import GONE, WITHHELD, Hidden, Sight


class NeedAnswer(Struct, frozen=True, kw_only=True):
    """A gap or a strength that was found."""

    id: UUID
    competency: Code
    need_class: NeedClass
    client_agrees: bool | None


class AssessmentAnswer(Struct, frozen=True, kw_only=True):
    """What is asked, what was answered (item -> point on the scale) and what was found. `hidden` says why answers are missing."""

    id: UUID
    version: int
    engagement_id: UUID
    client_id: UUID
    kind: AssessmentKind
    instrument: Code
    instrument_version: int
    competencies: tuple[Code, ...]
    opens_on: date
    closes_on: date
    complete: bool
    answers: dict[str, int] | None
    hidden: Hidden | UnsetType = UNSET
    needs: tuple[NeedAnswer, ...]


def assessment_answer(current: Current[AssessmentState], seen: Sight) -> AssessmentAnswer:
    state = current.state
    answers: dict[str, int] | None = None
    hidden: Hidden | UnsetType = UNSET
    if state.answers is not None:
        readable = seen.words and state.answers.is_open
        answers = state.answers.plain() if readable else None
        hidden = UNSET if readable else GONE if state.answers.is_erased else WITHHELD
    return AssessmentAnswer(
        id=state.id,
        version=current.version,
        engagement_id=state.engagement_id,
        client_id=state.client_id,
        kind=state.kind,
        instrument=state.instrument,
        instrument_version=state.instrument_version,
        competencies=state.competencies,
        opens_on=state.opens_on,
        closes_on=state.closes_on,
        complete=state.is_complete,
        answers=answers,
        hidden=hidden,
        needs=tuple(
            NeedAnswer(id=need.id, competency=need.competency, need_class=need.need_class, client_agrees=need.client_agrees)
            for need in state.needs
        ),
    )
