"""An objective as the API shows it: its words, its numbers and its verdicts, each as far as the reader may see them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

from msgspec import UNSET, Struct, UnsetType, structs

from domain.glossary import Party
from domain.plan import terms as agreed
from domain.plan.smart.verdict import Lint, SmartCode, smart_score
from domain.plan.state import Conclusion, Measurement, Objective, Scale
from domain.plan.terms import Band, Direction, Links, Measure, MeasureKind, Outcome
from domain.values import Code, Label, LabelOfClient
from services.reading.view import Hidden, Sight, Text, disclosed


class MeasureAnswer(Struct, frozen=True, kw_only=True):
    """How it is known whether the objective is reached.

    A unit or a source in somebody's own words is null, and `hidden` is there, for who does not read the words of the plan.
    """

    name: Text | None
    kind: MeasureKind
    unit: Label | None
    direction: Direction
    scope: Band | None
    band: Band | None
    source: Label | None
    hidden: Hidden | UnsetType = UNSET


class Baseline(Struct, frozen=True, kw_only=True):
    """Where the measured value began: on which day, and who or what says so; `hidden` as of the measure."""

    value: Decimal
    at: date
    source: Label | None
    hidden: Hidden | UnsetType = UNSET


class MeasurementAnswer(Struct, frozen=True, kw_only=True):
    """One measured value; `version` is what a correction of it names."""

    version: int
    value: Decimal
    on: date
    source: Code
    measure_version: int


class LevelAnswer(Struct, frozen=True, kw_only=True):
    level: int
    text: Text | None
    anchor: Decimal | None


class ScaleAnswer(Struct, frozen=True, kw_only=True):
    """The attainment scale in force; importance times difficulty is its weight."""

    version: int
    levels: tuple[LevelAnswer, ...]
    importance: int
    difficulty: int
    baseline_level: int


class SmartAnswer(Struct, frozen=True, kw_only=True):
    """The verdict of the SMART gate: codes that block activation, and codes that only warn.

    Today's, until the plan is in force; then the one that the objective came into force with.

    `score` is the share of the five letters without a blocking code, from 0 to 1.
    """

    ruleset: Code
    score: Decimal
    blocking: tuple[SmartCode, ...]
    warnings: tuple[SmartCode, ...]


class ConclusionAnswer(Struct, frozen=True, kw_only=True):
    """How it was judged. A coach's judgement does not hold before the client has judged, too."""

    version: int | UnsetType = UNSET
    outcome: Outcome
    level: int | None
    rated_by: Literal["client", "coach"]
    client_agrees: bool | None
    holds: bool


class ObjectiveAnswer(Struct, frozen=True, kw_only=True):
    """An objective. `progress` runs from 0 to 1.5, or is null without data; `version` is the one that last set its words.

    A field that is left out is not for the reader: of a sponsor's, those of the classes that the client did not consent to.
    """

    id: UUID
    title: Text | None
    due_on: date | UnsetType | None = UNSET
    why: Text | UnsetType | None = UNSET
    language: Code | UnsetType = UNSET
    outcome_area: Code | UnsetType | None = UNSET
    measure: MeasureAnswer | UnsetType | None = UNSET
    measure_version: int | UnsetType = UNSET
    baseline: Baseline | UnsetType | None = UNSET
    baseline_by: date | UnsetType | None = UNSET
    target: Decimal | UnsetType | None = UNSET
    progress: Decimal | UnsetType | None = UNSET
    measurements: tuple[MeasurementAnswer, ...] | UnsetType = UNSET
    weight: int | UnsetType = UNSET
    confidence: int | UnsetType | None = UNSET
    confidence_comment: Text | UnsetType | None = UNSET
    links: Links | UnsetType = UNSET
    scale: ScaleAnswer | UnsetType | None = UNSET
    smart: SmartAnswer | UnsetType = UNSET
    defined_by: Party | UnsetType = UNSET
    version: int | UnsetType = UNSET
    conclusion: ConclusionAnswer | UnsetType | None = UNSET


def objective_answer(objective: Objective, progress: Decimal | None, seen: Sight, lint: Lint) -> ObjectiveAnswer:
    """All of it for those inside of the engagement; for a sponsor what the classes of the consent hold."""
    terms = objective.terms
    judged = conclusion_answer(objective.conclusions, seen) if seen.drafts or objective.outcome else None
    shown = ObjectiveAnswer(
        id=objective.id,
        title=seen.text(terms.title, "objective_titles"),
        due_on=seen.of("objective_titles", terms.due_on),
        measure=seen.of("progress", measure_answer(terms.measure, seen)),
        baseline=seen.of("progress", baseline_answer(terms.baseline, seen)),
        target=seen.of("progress", terms.target),
        progress=seen.of("progress", progress),
        conclusion=seen.of("attainment", judged),
    )
    if not seen.drafts:
        return shown
    return structs.replace(
        shown,
        why=seen.text(terms.why),
        language=terms.language,
        outcome_area=terms.outcome_area,
        measure_version=objective.measure_version,
        baseline_by=terms.baseline_by,
        measurements=tuple(measurement_answer(one) for one in objective.measurements),
        weight=terms.weight,
        confidence=terms.confidence,
        confidence_comment=seen.text(terms.confidence_comment),
        links=terms.links,
        scale=scale_answer(objective.scale, seen),
        smart=smart_answer(lint),
        defined_by=objective.defined_by,
        version=max(touch.version for touch in (objective.made, *objective.touched.values())),
    )


def smart_answer(lint: Lint) -> SmartAnswer:
    return SmartAnswer(ruleset=lint.ruleset, score=smart_score(lint), blocking=lint.blocking, warnings=lint.warnings)


def measure_answer(measure: Measure | None, seen: Sight) -> MeasureAnswer | None:
    if measure is None:
        return None
    return MeasureAnswer(
        name=seen.text(measure.name, "progress"),
        kind=measure.kind,
        unit=labelled(measure.unit, seen),
        direction=measure.direction,
        scope=measure.scope,
        band=measure.band,
        source=labelled(measure.source, seen),
        hidden=hidden_of(seen, measure.unit, measure.source),
    )


def baseline_answer(baseline: agreed.Baseline | None, seen: Sight) -> Baseline | None:
    if baseline is None:
        return None
    source = baseline.source
    return Baseline(value=baseline.value, at=baseline.at, source=labelled(source, seen), hidden=hidden_of(seen, source))


def labelled(label: LabelOfClient[str] | None, seen: Sight) -> str | None:
    """No class of content that a client consents to shows it: a sponsor is to see how far somebody came, and not who says so."""
    return disclosed(seen.text(label))


def hidden_of(seen: Sight, *labels: LabelOfClient[str] | None) -> Hidden | UnsetType:
    """Why one of them is not told; left out where all are."""
    return next((text for one in labels if isinstance(text := seen.text(one), Hidden)), UNSET)


def measurement_answer(one: Measurement) -> MeasurementAnswer:
    return MeasurementAnswer(version=one.version, value=one.value, on=one.on, source=one.source, measure_version=one.measure_version)


def scale_answer(scale: Scale | None, seen: Sight) -> ScaleAnswer | None:
    if scale is None:
        return None
    levels = tuple(LevelAnswer(level=one.level, text=seen.text(one.text), anchor=one.anchor) for one in scale.terms.levels)
    return ScaleAnswer(
        version=scale.version,
        levels=levels,
        importance=scale.terms.importance,
        difficulty=scale.terms.difficulty,
        baseline_level=scale.terms.baseline_level,
    )


def conclusion_answer(conclusions: tuple[Conclusion, ...], seen: Sight) -> ConclusionAnswer | None:
    """The last judgement, whether it holds or waits; a sponsor cannot count by its version what happened unseen."""
    if not conclusions:
        return None
    last = conclusions[-1]
    return ConclusionAnswer(
        version=last.version if seen.drafts else UNSET,
        outcome=last.outcome,
        level=last.level,
        rated_by=last.rated_by,
        client_agrees=last.client_agrees,
        holds=last.holds,
    )
