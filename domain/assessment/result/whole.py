"""The whole report of an assessment: cell by cell what is shown, and of what is not, why. The same answers give the same report."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final, Literal, NamedTuple

import msgspec
from msgspec import Struct

from domain.assessment.feedback import QUESTIONS, Feedback
from domain.assessment.need import NeedClass
from domain.assessment.result.block import Block, Part, block
from domain.assessment.result.johari import classes
from domain.assessment.result.score import Cell, Ratio, mean, own_mean, ratio, variance
from domain.glossary import RaterGroup
from domain.questionnaire import Instrument
from domain.values import Digest, StoredCode

SUPPRESSION: Final = "suppression@1"
POOLED: Final = "pooled"
SPREAD: Final = 5
"""From so many raters on it is shown how far their answers lie apart: of fewer, it tells the answers themselves."""


class Verdict(Struct, frozen=True, kw_only=True):
    """Whether what a group, or all raters (`pooled`), said about a competency, an item or a question is shown."""

    group: StoredCode
    about: StoredCode
    verdict: Literal["shown", "below_floor", "difference"]


class Results(Struct, frozen=True, kw_only=True):
    """What client and coach are shown. `salt` keeps the report's hash from confirming a guess.

    `own_items` and `own` are the client's answers, and their mean in each competency; `texts` the words of at least so many raters
    as the floor asks for, by question, in an order of their own.
    """

    salt: str
    own_items: dict[str, int]
    own: dict[str, Ratio]
    cells: tuple[Cell, ...]
    classes: dict[str, tuple[NeedClass, ...]]
    texts: dict[str, tuple[str, ...]]


class Report(NamedTuple):
    """Results with the decision on each cell."""

    results: Results
    decision: tuple[Verdict, ...]


class Answered(NamedTuple):
    """What a report is made of."""

    instrument: Instrument
    competencies: Sequence[str]
    floor: int
    own: Mapping[str, int]
    feedback: Sequence[Feedback]


def report(answered: Answered, ruleset: StoredCode, salt: str) -> Report:
    blocks = {competency: of_competency(answered, competency) for competency in answered.competencies}
    cells: list[Cell] = []
    decision: list[Verdict] = []
    for competency, one in blocks.items():
        cells.extend(cells_of(answered.instrument, competency, one))
        decision.extend(decided(competency, one))
    texts, on_texts = texts_of(answered, salt)
    own = {competency: own_mean(some) for competency in blocks if (some := of_items(answered, competency, answered.own).values())}
    others = {cell.about: cell.mean.exact for cell in cells if cell.group == POOLED and cell.about in blocks}
    results = Results(
        salt=salt,
        own_items=dict(sorted(answered.own.items())),
        own={competency: ratio(score) for competency, score in own.items()},
        cells=tuple(cells),
        classes=classes(ruleset, answered.instrument, own, others),
        texts=texts,
    )
    return Report(results, (*decision, *on_texts))


def result_hash(results: Results) -> Digest:
    """The SHA-256 of the report, by which it is told from another one. Its salt is a secret of those who may read it."""
    return hashlib.sha256(b"throughline-results-v1" + msgspec.json.encode(results, order="deterministic")).hexdigest()


def of_competency(answered: Answered, competency: str) -> Block:
    raters = [(one.group, of_items(answered, competency, one.answers)) for one in answered.feedback]
    return block([(group, answers) for group, answers in raters if answers], answered.floor)


def of_items(answered: Answered, competency: str, answers: Mapping[str, int]) -> dict[str, int]:
    return {item: answers[item] for item in answered.instrument.competencies[competency].items if item in answers}


def cells_of(instrument: Instrument, competency: str, one: Block) -> Iterator[Cell]:
    for group, part in one.groups.items():
        yield competency_cell(group, competency, part.raters, has_spread=group != "manager" and not part.hidden)
        yield from items_of(instrument, group, part, is_one=group == "manager")
    if one.pooled:
        shown = [item for item in one.items if one.shows(item)]
        has_spread = len(shown) == len(one.items) and is_covered([part.raters for part in uncovered(one)])
        yield competency_cell(POOLED, competency, one.raters, has_spread=has_spread)
        for item in shown:
            answers = [rater[item] for rater in one.raters if item in rater]
            few = [[rater for rater in part.raters if item in rater] for part in one.parts if part is not one.groups.get("manager")]
            yield item_cell(instrument, POOLED, item, answers, has_spread=is_covered([some for some in few if 0 < len(some) < SPREAD]))


def items_of(instrument: Instrument, group: RaterGroup, part: Part, *, is_one: bool) -> Iterator[Cell]:
    for item in sorted({item for rater in part.raters for item in rater}):
        if part.shows(item):
            yield item_cell(instrument, group, item, [rater[item] for rater in part.raters if item in rater], has_spread=not is_one)


def competency_cell(group: str, competency: str, raters: Sequence[Mapping[str, int]], *, has_spread: bool) -> Cell:
    means = [own_mean(rater.values()) for rater in raters]
    spread = ratio(variance(means)) if has_spread and len(means) >= SPREAD else None
    return Cell(group=group, about=competency, n=len(means), mean=ratio(mean(means)), variance=spread, counts=None)


def item_cell(instrument: Instrument, group: str, item: str, answers: Sequence[int], *, has_spread: bool) -> Cell:
    is_spread = has_spread and len(answers) >= SPREAD
    points = range(instrument.lowest, instrument.highest + 1)
    return Cell(
        group=group,
        about=item,
        n=len(answers),
        mean=ratio(mean(answers)),
        variance=ratio(variance(answers)) if is_spread else None,
        counts=tuple(answers.count(point) for point in points) if is_spread else None,
    )


def uncovered(one: Block) -> list[Part]:
    """The parts whose answers' spread is not shown for itself; the manager's answers are."""
    return [part for part in one.parts if part is not one.groups.get("manager") and 0 < len(part.raters) < SPREAD]


def is_covered(few: Sequence[Sequence[Mapping[str, int]]]) -> bool:
    """Whether the spread of all tells that of nobody, or of at least five, whose own is not shown."""
    together = sum(map(len, few))
    return together == 0 or together >= SPREAD


def decided(competency: str, one: Block) -> Iterator[Verdict]:
    for group, reason in sorted(one.folded.items()):
        yield Verdict(group=group, about=competency, verdict=reason)
    for group, part in one.groups.items():
        yield Verdict(group=group, about=competency, verdict="shown")
        for item in sorted({item for rater in part.raters for item in rater}):
            yield Verdict(group=group, about=item, verdict=part.hidden.get(item, "shown"))
    if one.raters:
        yield Verdict(group=POOLED, about=competency, verdict="shown" if one.pooled else "below_floor")
        for item in one.items:
            yield Verdict(group=POOLED, about=item, verdict=of_pool(one, item))


def of_pool(one: Block, item: str) -> Literal["shown", "below_floor", "difference"]:
    if not one.pooled:
        return "below_floor"
    return "shown" if one.shows(item) else "difference"


def texts_of(answered: Answered, salt: str) -> tuple[dict[str, tuple[str, ...]], list[Verdict]]:
    """By question, in an order that tells neither when they came nor which are of one rater."""
    texts, decision = {}, []
    for question in QUESTIONS:
        some = [text for one in answered.feedback if (text := one.comments.get(question))]
        if len(some) >= answered.floor:
            texts[question] = tuple(sorted(some, key=lambda text: hashlib.sha256(f"{salt}{question}{text}".encode()).digest()))
        if some:
            decision.append(Verdict(group=POOLED, about=question, verdict="shown" if question in texts else "below_floor"))
    return texts, decision


def gap(own: Fraction, others: Fraction) -> Fraction:
    """How much higher the client sees themselves than all others together do."""
    return own - others
