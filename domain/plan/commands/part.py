"""The parts that several commands have in common, as a request spells them: words in the clear."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from domain.command import Command
from domain.plan.smart.verdict import SmartCode
from domain.plan.terms import AttainmentLevel, Direction, EvidenceKind, MeasureKind
from domain.values import Code, Label, Line, Prose

Seen = Annotated[int, Meta(ge=0, description="The version of the stream, as its read answers it, when you read what this replaces")]
"""The stream version at which the text that is being replaced was read."""


class Part(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part of a command."""


class Reasoned(Command, frozen=True, kw_only=True):
    """A command that says why: a code of the organization's list, at least ten characters of reason, or both."""

    reason_code: Code | None = None
    reason: Prose | None = None


class BandBody(Part, frozen=True, kw_only=True):
    """From the lowest to the highest value, both included."""

    low: Decimal
    high: Decimal


class LinksBody(Part, frozen=True, kw_only=True):
    """Why an objective matters beside the client's own reason: an identified need, an outcome of the program."""

    need_id: UUID | None = None
    sponsor_outcome_id: UUID | None = None


class EvidenceBody(Part, frozen=True, kw_only=True):
    """What a change or a decision rests on: a value, as it was on a day.

    `ref` names it: an indicator's slug, a measurement's stream version in this plan, or an evaluation's id.
    """

    kind: EvidenceKind
    ref: Code
    value: Decimal | None = None
    as_of: date


Cited = Annotated[tuple[EvidenceBody, ...], Meta(max_length=20)]
"""The evidence of a change or a decision."""


class MeasureBody(Part, frozen=True, kw_only=True):
    """How it will be known whether the objective is reached.

    `kind` numeric needs a unit (count, percent, days, a currency, or any short name); scale names its two ends in `scope`; yes_no counts no as
    0 and yes as 1. `band` is what a maintained value stays inside. `source` is who or what gives the number.
    """

    name: Line
    kind: MeasureKind = "numeric"
    unit: Label | None = None
    direction: Direction
    scope: BandBody | None = None
    band: BandBody | None = None
    source: Label | None = None


class LevelBody(Part, frozen=True, kw_only=True):
    """One level of a scale: what it looks like and, if it can be said, the measured value from which it holds."""

    level: AttainmentLevel
    text: Prose
    anchor: Decimal | None = None


class RealismBody(Part, frozen=True, kw_only=True):
    """Whether the strategy fits into the client's life: its hours a week, and what stands in its way."""

    hours_per_week: Decimal | None = None
    obstacles: Prose | None = None


class OverrideBody(Part, frozen=True, kw_only=True):
    """A blocking code of the SMART gate that the coach lets pass for one objective, with a reason.

    In a change, leave `objective_id` out: it is the objective that the change defines.
    """

    objective_id: UUID | None = None
    code: SmartCode
    reason_code: Code | None = None
    reason: Prose | None = None


class BaselineBody(Part, frozen=True, kw_only=True):
    """Where the measured value begins: on which day, and who or what says so."""

    value: Decimal
    at: date
    source: Label | None = None
