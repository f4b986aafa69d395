"""A needs assessment as the API shows it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from msgspec import UNSET, Struct, UnsetType

from domain.assessment.need import NeedClass
from domain.assessment.result.group import Reason
from domain.assessment.state import AssessmentStage, AssessmentState
from domain.glossary import AssessmentKind, RaterGroup
from domain.values import Code
from projections.current import Current
from services.assessment.asked import AsksAnswer, asks_answer
from services.reading.view import GONE, WITHHELD, Hidden, Sight, Text


class NeedAnswer(Struct, frozen=True, kw_only=True):
    """A gap or a strength that was found."""

    id: UUID
    competency: Code
    need_class: NeedClass
    client_agrees: bool | None


class RaterAnswer(Struct, frozen=True, kw_only=True):
    """Somebody who was nominated; `approved` is null until that is decided. Whether they answered is told to nobody."""

    id: UUID
    group: RaterGroup
    approved: bool | None
    name: Text | None
    email: Text | None


class GroupAnswer(Struct, frozen=True, kw_only=True):
    """How many of a group were asked, and once it is closed, how many answered: null for fewer than the floor.

    `folded` says why a group's answers are only shown among those of all.
    """

    group: RaterGroup
    asked: int
    answered: int | None
    folded: Reason | None


class AssessmentAnswer(Struct, frozen=True, kw_only=True):
    """What is asked, what was answered (item -> point on the scale) and what was found. `hidden` says why answers are missing.

    `asks` holds every item that `submit-self-assessment` wants, in the words in which the client reads it.
    `answered` counts the raters who answered: null for fewer than the floor. Of an assessment that is still open it is told only where
    the present is shown, and never that the last of those asked has answered: then it is one less.
    """

    id: UUID
    version: int
    engagement_id: UUID
    client_id: UUID
    kind: AssessmentKind
    stage: AssessmentStage
    instrument: Code
    instrument_version: int
    language: Code
    competencies: tuple[Code, ...]
    asks: AsksAnswer
    opens_on: date
    closes_on: date
    complete: bool
    answers: dict[str, int] | None
    hidden: Hidden | UnsetType = UNSET
    rater_min_group: int
    asked: int
    answered: int | None
    raters: tuple[RaterAnswer, ...] | Hidden
    groups: tuple[GroupAnswer, ...]
    closed_on: date | None
    debriefed_on: date | None
    needs: tuple[NeedAnswer, ...]


def assessment_answer(current: Current[AssessmentState], seen: Sight, waiting: int | None = None) -> AssessmentAnswer:
    """`waiting` is how many raters' answers wait at this moment."""
    state = current.state
    answers, hidden = own_answers(state, seen)
    return AssessmentAnswer(
        id=state.id,
        version=current.version,
        engagement_id=state.engagement_id,
        client_id=state.client_id,
        kind=state.kind,
        stage=state.stage,
        instrument=state.instrument,
        instrument_version=state.instrument_version,
        language=state.language,
        competencies=state.competencies,
        asks=asks_answer(state),
        opens_on=state.opens_on,
        closes_on=state.closes_on,
        complete=state.is_complete,
        answers=answers,
        hidden=hidden,
        rater_min_group=state.rater_min_group,
        asked=len(state.approved),
        answered=told(state, state.answered if state.is_closed else waiting),
        raters=raters(state, seen),
        groups=tuple(
            GroupAnswer(group=count.group, asked=count.asked, answered=count.answered, folded=count.folded) for count in state.counts
        ),
        closed_on=state.closed_on,
        debriefed_on=state.debriefed_on,
        needs=tuple(
            NeedAnswer(id=need.id, competency=need.competency, need_class=need.need_class, client_agrees=need.client_agrees)
            for need in state.needs
        ),
    )


def told(state: AssessmentState, answered: int | None) -> int | None:
    """How many raters answered, as far as that tells of none of them whether they did: who asked a rater and looks again and again
    would learn when that one answers, and of the last one that nobody is missing.
    """
    if answered is None or state.kind == "self":
        return answered
    least = answered if state.is_closed else min(answered, len(state.approved) - 1)
    return least if least >= state.rater_min_group else None


def own_answers(state: AssessmentState, seen: Sight) -> tuple[dict[str, int] | None, Hidden | UnsetType]:
    """What the client answered, or why that is not shown."""
    if state.answers is None:
        return None, UNSET
    if seen.words and state.answers.is_open:
        return state.answers.plain(), UNSET
    return None, GONE if state.answers.is_erased else WITHHELD


def raters(state: AssessmentState, seen: Sight) -> tuple[RaterAnswer, ...] | Hidden:
    """Whom client and coach asked: of all others' eyes they are kept, with their groups."""
    if not seen.words:
        return WITHHELD
    return tuple(
        RaterAnswer(id=rater.id, group=rater.group, approved=rater.approved, name=seen.name(rater.name), email=seen.name(rater.email))
        for rater in sorted(state.raters.values(), key=lambda rater: (rater.group, rater.id))
    )
