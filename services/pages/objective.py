"""An objective as the plan's page shows it: from where to where, how far, and how it ended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from msgspec import UNSET

from projections.kpi.value import HUNDRED
from services.pages.words import NOTHING, amount, day, number, words
from services.plan.objective import ConclusionAnswer, MeasureAnswer, MeasurementAnswer, ObjectiveAnswer
from services.reading.view import disclosed
from services.wording.spoken import say


class Point(NamedTuple):
    """A value with what is said about it."""

    label: str
    value: str
    note: str


class ObjectiveView(NamedTuple):
    """One objective; `state` is empty for who may not know it, `done` is percent, `bar` the same as far as it fits into the bar."""

    number: int
    shown: ObjectiveAnswer
    state: str
    over: bool
    points: tuple[Point, ...]
    done: str | None
    bar: Decimal
    meaning: str


def objective_view(number_: int, one: ObjectiveAnswer, *, verdicts: bool) -> ObjectiveView:
    """`verdicts`: the reader may know how it ended, and so that it has not."""
    reached, judged = disclosed(one.progress), disclosed(one.conclusion)
    done = reached * HUNDRED if reached is not None else None
    return ObjectiveView(
        number=number_,
        shown=one,
        state=state(judged) if verdicts else "",
        over=judged is not None and judged.holds,
        points=tuple(points(one)) if one.measure else (),
        done=None if done is None else number(done, 0),
        bar=min(HUNDRED, done or Decimal(0)),
        meaning=meaning(disclosed(one.measure)),
    )


def state(judged: ConclusionAnswer | None) -> str:
    if judged is None:
        return say("Open")
    outcome = words(judged.outcome)
    if not judged.holds:
        return say("{outcome}, the coach says; the client has not judged yet", outcome=outcome)
    return outcome if judged.level is None else say("{outcome}, level {level}", outcome=outcome, level=number(judged.level))


def points(one: ObjectiveAnswer) -> Iterator[Point]:
    """Baseline, latest value and target, each with its day; single measurements are not for every reader."""
    known = disclosed(one.baseline)
    yield (
        Point(say("Baseline"), value(known.value, disclosed(one.measure)), day(known.at))
        if known
        else Point(say("Baseline"), NOTHING, expected(one))
    )
    if one.measurements is not UNSET:
        yield latest(one, one.measurements)
    yield Point(say("Target"), target(one), say("by {day}", day=day(one.due_on)) if one.due_on else "")


def latest(one: ObjectiveAnswer, measurements: Sequence[MeasurementAnswer]) -> Point:
    measured = [m for m in measurements if m.measure_version == one.measure_version]
    last = max(measured, key=lambda m: (m.on, m.version), default=None)
    return (
        Point(say("Latest"), value(last.value, disclosed(one.measure)), day(last.on))
        if last
        else Point(say("Latest"), NOTHING, say("not measured yet"))
    )


def expected(one: ObjectiveAnswer) -> str:
    return say("to be taken by {day}", day=day(one.baseline_by)) if one.baseline_by else say("not known")


def target(one: ObjectiveAnswer) -> str:
    measure, wanted = disclosed(one.measure), disclosed(one.target)
    band = measure.band if measure else None
    if wanted is None and band is not None:
        return say("{low} to {high}", low=number(band.low), high=value(band.high, measure))
    return value(wanted, measure) if wanted is not None else NOTHING


def value(given: Decimal, measure: MeasureAnswer | None) -> str:
    if measure is not None and measure.kind == "yes_no":
        return say("Yes") if given else say("No")
    return amount(given, measure.unit if measure else None)


def meaning(measure: MeasureAnswer | None) -> str:
    if measure is not None and measure.direction == "maintain":
        return say("of the measurements inside the band")
    return say("of the way from baseline to target")
