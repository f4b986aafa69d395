"""The released results of an assessment as the API shows them: what stands in the log, with what was hidden and why."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Final
from uuid import UUID

from msgspec import Struct

from domain.assessment.decide.table import instrument_of
from domain.assessment.feedback import QUESTIONS
from domain.assessment.need import NeedClass
from domain.assessment.result.group import Reason
from domain.assessment.result.score import Cell
from domain.assessment.result.whole import POOLED, Results, gap
from domain.assessment.state import AssessmentState, Released
from domain.errors import NotPermitted, SubjectErased
from domain.errors.assessment import AssessmentNotReleased
from domain.values import Code, Digest

PLACES: Final = Decimal("0.0001")
"""How exactly numbers are shown; what is kept is not rounded."""


class ScoreAnswer(Struct, frozen=True, kw_only=True):
    """What a group of `n` raters, or all (`pooled`), answered. `deviation` and `counts` (of each point, lowest first) from five on."""

    group: Code
    n: int
    mean: Decimal
    deviation: Decimal | None
    counts: tuple[int, ...] | None


class ItemResult(Struct, frozen=True, kw_only=True):
    """One item: the client's own answer, and the raters' as far as it can be shown."""

    item: Code
    statement: str
    own: int | None
    scores: tuple[ScoreAnswer, ...]


class CompetencyResult(Struct, frozen=True, kw_only=True):
    """One competency: the client's own mean, that of others, `gap` (own less all others'), and how it is classed."""

    competency: Code
    label: str
    own: Decimal | None
    gap: Decimal | None
    classes: tuple[NeedClass, ...]
    scores: tuple[ScoreAnswer, ...]
    items: tuple[ItemResult, ...]


class WordsResult(Struct, frozen=True, kw_only=True):
    """What raters wrote, in an order that tells nothing."""

    question: Code
    text: str
    words: tuple[str, ...]


class HiddenResult(Struct, frozen=True, kw_only=True):
    """What is not shown, and why: too few, or it would tell what too few said."""

    group: Code
    about: Code
    reason: Reason


class ResultsAnswer(Struct, frozen=True, kw_only=True):
    """What raters and client answered, as far as nobody can tell who said it."""

    id: UUID
    ruleset: Code
    result_hash: Digest
    rater_min_group: int
    lowest: int
    highest: int
    anchors: tuple[str, ...]
    competencies: tuple[CompetencyResult, ...]
    words: tuple[WordsResult, ...]
    suppressed: tuple[HiddenResult, ...]


def results_answer(state: AssessmentState) -> ResultsAnswer:
    """Of a state whose values are open. Raises `AssessmentNotReleased`, `SubjectErased`, or `NotPermitted` of what was not handed over."""
    released = state.released
    if released is None:
        raise AssessmentNotReleased
    if released.results.is_erased:
        raise SubjectErased
    if not released.results.is_open:
        raise NotPermitted("These results were not handed over to you: the client can allow it.")
    results, instrument = released.results.plain(), instrument_of(state)
    return ResultsAnswer(
        id=state.id,
        ruleset=released.ruleset,
        result_hash=released.result_hash,
        rater_min_group=state.rater_min_group,
        lowest=instrument.lowest,
        highest=instrument.highest,
        anchors=instrument.anchors,
        competencies=tuple(competency_result(state, results, code) for code in state.competencies),
        words=tuple(
            WordsResult(question=question, text=text, words=results.texts[question])
            for question, text in QUESTIONS.items()
            if question in results.texts
        ),
        suppressed=suppressed(released),
    )


def competency_result(state: AssessmentState, results: Results, code: str) -> CompetencyResult:
    competency = instrument_of(state).competencies[code]
    statements = {statement.item: statement.text for statement in state.statements}
    own = results.own.get(code)
    others = next((cell for cell in results.cells if (cell.group, cell.about) == (POOLED, code)), None)
    return CompetencyResult(
        competency=code,
        label=competency.label,
        own=None if own is None else shown(own.exact),
        gap=None if own is None or others is None else shown(gap(own.exact, others.mean.exact)),
        classes=results.classes.get(code, ()),
        scores=scores(cell for cell in results.cells if cell.about == code),
        items=tuple(
            ItemResult(
                item=item,
                statement=statements.get(item, text),
                own=results.own_items.get(item),
                scores=scores(cell for cell in results.cells if cell.about == item),
            )
            for item, text in competency.of_others.items()
        ),
    )


def scores(cells: Iterable[Cell]) -> tuple[ScoreAnswer, ...]:
    return tuple(
        ScoreAnswer(
            group=cell.group,
            n=cell.n,
            mean=shown(cell.mean.exact),
            deviation=None if cell.variance is None else root(cell.variance.exact),
            counts=cell.counts,
        )
        for cell in cells
    )


def suppressed(released: Released) -> tuple[HiddenResult, ...]:
    return tuple(HiddenResult(group=one.group, about=one.about, reason=one.verdict) for one in released.decision if one.verdict != "shown")


def shown(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(PLACES)


def root(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).sqrt().quantize(PLACES)
