"""An objective as it stands, with what was measured and judged."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from msgspec import Struct

from domain.glossary import Party
from domain.plan.smart.verdict import Lint
from domain.plan.terms import AttainmentLevel, ObjectiveTerms, Outcome, ScaleTerms
from domain.values import StoredCode


class Touch(Struct, frozen=True, kw_only=True):
    """Who last set something, and at which stream version."""

    version: int
    by: UUID


class Measurement(Struct, frozen=True, kw_only=True):
    """A measured value as it is held to be now; `version` is where it was recorded first."""

    version: int
    measure_version: int
    value: Decimal
    at: datetime
    on: date
    source: StoredCode
    touch: Touch


class Scale(Struct, frozen=True, kw_only=True):
    """The attainment scale in force."""

    version: int
    terms: ScaleTerms


class Conclusion(Struct, frozen=True, kw_only=True):
    """A judgement that was not withdrawn. It `holds` unless the coach alone has judged an objective of an active plan."""

    version: int
    outcome: Outcome
    level: AttainmentLevel | None
    rated_by: Literal["client", "coach"]
    client_agrees: bool | None
    holds: bool


class Objective(Struct, frozen=True, kw_only=True):
    """What is to be reached, and what is known about it.

    `measure_version` is 0 while there is no measure. `baseline_version` is the stream version that holds the baseline.
    `touched` says per field who set it last, where that is not the definition (`made`).
    """

    id: UUID
    terms: ObjectiveTerms
    lint: Lint
    defined_by: Party
    made: Touch
    made_at: datetime
    measure_version: int
    baseline_version: int | None
    scale: Scale | None = None
    measurements: tuple[Measurement, ...] = ()
    conclusions: tuple[Conclusion, ...] = ()
    touched: dict[str, Touch] = {}

    def touch(self, field: str) -> Touch:
        return self.touched.get(field, self.made)

    @property
    def outcome(self) -> Outcome | None:
        """How it ended; None while it is open, also while a coach's judgement waits for the client's."""
        return self.conclusions[-1].outcome if self.conclusions and self.conclusions[-1].holds else None

    @property
    def pending(self) -> Conclusion | None:
        """The coach's judgement that the client has not answered yet."""
        return self.conclusions[-1] if self.conclusions and not self.conclusions[-1].holds else None

    @property
    def measured(self) -> tuple[Measurement, ...]:
        """The measurements of the measure in force."""
        return tuple(one for one in self.measurements if one.measure_version == self.measure_version)
