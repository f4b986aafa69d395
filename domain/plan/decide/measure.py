"""Measures and baselines of a command as events hold them."""

from __future__ import annotations

from decimal import Decimal

from domain.errors import OccurredAtOutOfRange
from domain.errors.plan import MeasureMissing, ScaleInvalid
from domain.plan.commands.part import BaselineBody, MeasureBody
from domain.plan.context import PlanContext
from domain.plan.decide.lookup import require_in_unit
from domain.plan.terms import Baseline, Measure
from domain.values import OfClient


def measure_from(given: MeasureBody, pointer: str = "/measure") -> Measure:
    for ends in (given.scope, given.band):
        if ends is not None and ends.low > ends.high:
            raise ScaleInvalid("The lower end must not lie above the higher one.", pointer=pointer)
    return Measure(
        name=OfClient(given.name),
        kind=given.kind,
        unit=given.unit,
        direction=given.direction,
        scope=given.scope,
        band=given.band,
        source=given.source,
    )


def baseline_of(given: BaselineBody | None, context: PlanContext) -> Baseline | None:
    if given is None:
        return None
    if given.at > context.today:
        raise OccurredAtOutOfRange("A baseline cannot be taken on a day that lies ahead.", pointer="/baseline/at")
    return Baseline(value=given.value, at=given.at, source=given.source)


def require_measured(measure: Measure | None, baseline: Baseline | None, target: Decimal | None) -> None:
    """Numbers need the measure that says what they are of, and lie on its scale."""
    if measure is None:
        if baseline is not None or target is not None:
            raise MeasureMissing(pointer="/measure")
        return
    require_in_unit(measure, target, "/target")
    require_in_unit(measure, None if baseline is None else baseline.value, "/baseline/value")
