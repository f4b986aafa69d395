"""Measures and baselines of a command as events hold them."""

from __future__ import annotations

from decimal import Decimal

from domain.errors import OccurredAtOutOfRange
from domain.errors.plan import MeasureMissing, ScaleInvalid
from domain.plan.commands.part import BandBody, BaselineBody, MeasureBody
from domain.plan.context import PlanContext
from domain.plan.decide.lookup import require_in_unit
from domain.plan.terms import Band, Baseline, Measure
from domain.values import OfClient, label_of_client


def measure_from(given: MeasureBody, pointer: str = "/measure") -> Measure:
    return Measure(
        name=OfClient(given.name),
        kind=given.kind,
        unit=label_of_client(given.unit),
        direction=given.direction,
        scope=band_from(given.scope, pointer),
        band=band_from(given.band, pointer),
        source=label_of_client(given.source),
    )


def band_from(given: BandBody | None, pointer: str) -> Band | None:
    if given is None:
        return None
    if given.low > given.high:
        raise ScaleInvalid("The lower end must not lie above the higher one.", pointer=pointer)
    return Band(low=given.low, high=given.high)


def baseline_of(given: BaselineBody | None, context: PlanContext) -> Baseline | None:
    if given is None:
        return None
    if given.at > context.today:
        raise OccurredAtOutOfRange("A baseline cannot be taken on a day that lies ahead.", pointer="/baseline/at")
    return Baseline(value=given.value, at=given.at, source=label_of_client(given.source))


def require_measured(measure: Measure | None, baseline: Baseline | None, target: Decimal | None) -> None:
    """Numbers need the measure that says what they are of, and lie on its scale."""
    if measure is None:
        if baseline is not None or target is not None:
            raise MeasureMissing(pointer="/measure")
        return
    require_in_unit(measure, target, "/target")
    require_in_unit(measure, None if baseline is None else baseline.value, "/baseline/value")
