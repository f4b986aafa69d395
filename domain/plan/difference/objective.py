"""What changed about objectives: their terms, what was measured, and how they were judged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from domain.difference import Difference, Value
from domain.plan.difference.trace import Traces
from domain.plan.events import EntryWithdrawn
from domain.plan.state import Measurement, Objective, PlanState
from domain.plan.terms import ObjectiveTerms
from domain.values import LabelOfClient

TOUCHED: Final[Mapping[str, str]] = {
    **dict.fromkeys(("measure_kind", "unit", "direction", "lowest", "highest", "measure_source"), "measure"),
    **{"baseline_on": "baseline", "baseline_source": "baseline", "confidence_comment": "confidence"},
    **{"need": "links", "sponsor_outcome": "links"},
}
"""Part of an objective -> the field whose refinement sets it, where that is called otherwise."""


def of_objective(before: PlanState, now: Objective, seen: Traces) -> Iterator[Difference]:
    then = before.objectives.get(now.id)
    if then is None:
        yield Difference(about="objective", kind="added", id=now.id, to=now.terms.due_on, versions=(now.made.version,))
    else:
        yield from refinements(then, now)
    yield from measurements(then, now)
    judged = {one.version for one in then.conclusions} if then else set()
    for one in now.conclusions:
        if one.version not in judged:
            yield Difference(about="objective", kind="concluded", id=now.id, to=one.outcome, versions=(one.version,))
    kept = {one.version for one in now.conclusions}
    for one in then.conclusions if then else ():
        if one.version not in kept:
            yield Difference(about="objective", kind="reopened", id=now.id, from_=one.outcome, versions=seen.of(EntryWithdrawn, now.id))


def refinements(then: Objective, now: Objective) -> Iterator[Difference]:
    was, becomes = parts(then), parts(now)
    for field, value in becomes.items():
        if value == was[field]:
            continue
        version = now.touch(TOUCHED.get(field, field)).version
        fixed = field == "baseline" and then.baseline_version == now.baseline_version
        days = days_between(was[field], value)
        yield Difference(
            about="objective",
            kind="corrected" if fixed else "moved" if days is not None else "refined",
            id=now.id,
            field=field,
            from_=was[field],
            to=value,
            days=days,
            versions=(version,),
        )


def days_between(was: Value, becomes: Value) -> int | None:
    """How far a date was moved, later if positive; None when it is no date, or was none."""
    return (becomes - was).days if isinstance(was, date) and isinstance(becomes, date) else None


def parts(one: Objective) -> dict[str, Value]:
    """The parts of an objective that a refinement can set, each a simple value."""
    terms: ObjectiveTerms = one.terms
    measure, baseline = terms.measure, terms.baseline
    band = measure.band if measure else None
    return {
        "title": terms.title,
        "why": terms.why,
        "outcome_area": terms.outcome_area,
        "measure": measure.name if measure else None,
        "measure_kind": measure.kind if measure else None,
        "unit": told(measure.unit) if measure else None,
        "direction": measure.direction if measure else None,
        "lowest": band.low if band else None,
        "highest": band.high if band else None,
        "measure_source": told(measure.source) if measure else None,
        "baseline": baseline.value if baseline else None,
        "baseline_on": baseline.at if baseline else None,
        "baseline_source": told(baseline.source) if baseline else None,
        "target": terms.target,
        "due_on": terms.due_on,
        "weight": terms.weight,
        "confidence": terms.confidence,
        "confidence_comment": terms.confidence_comment,
        "need": terms.links.need_id,
        "sponsor_outcome": terms.links.sponsor_outcome_id,
        "scale": one.scale.version if one.scale else None,
    }


def told(label: LabelOfClient[str] | None) -> Value:
    """A machine word as such: it can be told to everybody."""
    return label.plain() if label is not None and label.is_public else label


def measurements(then: Objective | None, now: Objective) -> Iterator[Difference]:
    """What was measured meanwhile, from the latest value before to the latest value now; and values that were corrected."""
    known = {one.version: one for one in then.measurements} if then else {}
    new = tuple(one.version for one in now.measurements if one.version not in known)
    if new:
        was = latest(then.measured) if then and then.measure_version == now.measure_version else None
        becomes = latest(now.measured) or now.measurements[-1]
        yield Difference(about="objective", kind="measured", id=now.id, from_=was.value if was else None, to=becomes.value, versions=new)
    for one in now.measurements:
        was = known.get(one.version)
        if was is not None and was.value != one.value:
            yield Difference(about="objective", kind="corrected", id=now.id, from_=was.value, to=one.value, versions=(one.touch.version,))


def latest(found: tuple[Measurement, ...]) -> Measurement | None:
    return max(found, key=lambda one: (one.on, one.version), default=None)
