"""What can be refined about an objective, one field at a time.

A number, date or code brings the value that it replaces as `from`; a text brings the stream version that was read, `seen`.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TypeAlias

from msgspec import field

from domain.plan.commands.part import BaselineBody, LinksBody, MeasureBody, Part, Seen
from domain.plan.terms import Confidence
from domain.values import Code, Line, Prose


class RefineTitle(Part, frozen=True, kw_only=True, tag_field="field", tag="title"):
    """Say the objective in other words."""

    to: Line
    seen: Seen


class RefineWhy(Part, frozen=True, kw_only=True, tag_field="field", tag="why"):
    """Give another reason for it, in the client's words."""

    to: Prose | None
    seen: Seen


class RefineOutcomeArea(Part, frozen=True, kw_only=True, tag_field="field", tag="outcome_area"):
    """Name another area in which the outcome is to show."""

    from_: Code | None = field(name="from")
    to: Code | None


class RefineLinks(Part, frozen=True, kw_only=True, tag_field="field", tag="links"):
    """Link it to another need, or to another of the sponsor's outcomes."""

    from_: LinksBody = field(name="from")
    to: LinksBody


class RefineTarget(Part, frozen=True, kw_only=True, tag_field="field", tag="target"):
    """Set another value to reach."""

    from_: Decimal | None = field(name="from")
    to: Decimal | None


class RefineDue(Part, frozen=True, kw_only=True, tag_field="field", tag="due_on"):
    """Set another day until which it is to be reached."""

    from_: date | None = field(name="from")
    to: date | None


class RefineConfidence(Part, frozen=True, kw_only=True, tag_field="field", tag="confidence"):
    """Say how sure the client is by now, from 0 to 10; below 4 a comment says why."""

    from_: Confidence | None = field(name="from")
    to: Confidence | None
    comment: Prose | None = None


class RefineMeasure(Part, frozen=True, kw_only=True, tag_field="field", tag="measure"):
    """Describe the same measure better. What its numbers mean cannot change once there are measurements."""

    to: MeasureBody
    seen: Seen


class ReplaceMeasure(Part, frozen=True, kw_only=True, tag_field="field", tag="new_measure"):
    """Measure by something else, with a baseline and target of its own; also gives a first measure. Older measurements stay."""

    to: MeasureBody
    baseline: BaselineBody | None = None
    baseline_by: date | None = None
    target: Decimal | None = None
    seen: Seen


FieldRefinement: TypeAlias = (
    RefineTitle | RefineWhy | RefineOutcomeArea | RefineLinks | RefineTarget | RefineDue | RefineConfidence | RefineMeasure | ReplaceMeasure
)
